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
  /** Throws InvalidError (subject `after`) for a position this mirror did not give. */
  abstract read(query: ChangeQuery, signal?: AbortSignal): Promise<ChangePage>;
  /** The position after everything there is now. */
  abstract head(): Promise<string>;
  /** Throws InvalidError naming an unknown property. */
  abstract deleted(query: DeletedQuery, signal?: AbortSignal): Promise<DeletedPage>;
}
