import type { ChangePage, Tombstone } from '../catalog/catalog-change.js';
import type { Filter, MatchCount, SortKey } from '../catalog/catalog-query.js';

/** Which part of the feed: after a position (from the beginning where absent), of some collections or all. */
export interface ChangeQuery {
  readonly after?: string;
  readonly limit: number;
  readonly collections?: readonly string[];
}

/** Which tombstones. `filter` and `sort` know the properties `uuid id collection deleted cause`; default order: latest deletion first. */
export interface DeletedQuery {
  readonly filter?: Filter;
  readonly sort?: readonly SortKey[];
  readonly limit: number;
  readonly offset: number;
  readonly count?: boolean;
}

/** A page of tombstones. */
export interface DeletedPage {
  readonly deleted: readonly Tombstone[];
  readonly hasNext: boolean;
  readonly matched?: MatchCount;
}

/** Every change of the catalogue in an order that can be followed: replaying it from the beginning rebuilds the catalogue exactly, whoever writes meanwhile. */
export abstract class ChangeFeed {
  /**
   * Throws InvalidError (subject `after`) for a position this mirror did not give, or gave before its catalogue was restored from a backup or moved:
   * whoever held it has to start again from the beginning.
   */
  abstract read(query: ChangeQuery, signal?: AbortSignal): Promise<ChangePage>;
  /** The position after everything there is now. */
  abstract head(): Promise<string>;
  /**
   * The instant before which nothing can appear any more: what is searched by `updated` and `deleted` after this call misses no change dated before it.
   * For those who replicate by date: the next time they ask from here on.
   */
  abstract completeUntil(): Promise<Date>;
  /** Products that are not there: one removed and published again has no tombstone. Throws InvalidError naming an unknown property. */
  abstract deleted(query: DeletedQuery, signal?: AbortSignal): Promise<DeletedPage>;
}
