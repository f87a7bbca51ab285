import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import type { CursorPlace } from './catalog-cursor.js';
import { queryHash } from './query-hash.js';
import type { Sql } from './sql.js';

/** A known place in the order of a query. */
export interface Bookmark {
  /** How many products came before it when it was made. */
  readonly offset: number;
  readonly place: CursorPlace;
}

/** How long a bookmark is good for: as long as one may rest between two pages of a walk. */
const LIFETIME = `interval '15 minutes'`;
/** Writes between two clearings of what has grown old. */
const CLEARED_EVERY = 1_000;

/**
 * Where pages asked for by number begin. Serving a page leaves a bookmark at its end, so that the next one costs what the first did, whichever process
 * serves it. A bookmark is a place, not a number: who walks page after page loses and doubles nothing while products come and go, as with a cursor.
 * Losing bookmarks costs time only; a database that cannot be written to has none.
 */
export class CatalogBookmarks {
  private readonly sql: Sql;
  private writes = 0;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  /** The last one at or before the offset; undefined where there is none. */
  async lastBefore(query: CatalogQuery, offset: number): Promise<Bookmark | undefined> {
    const rows = this.sql.query<{ skipped: number; place: readonly unknown[] }>(
      `select skipped, place from catalogue.bookmark
       where query = $1 and skipped <= $2 and made > now() - ${LIFETIME} order by skipped desc limit 1`,
      [queryHash(query), offset],
    );
    const [row] = await rows.catch(() => []);
    return row === undefined ? undefined : { offset: row.skipped, place: { forward: true, values: row.place } };
  }

  /** Of two at the same offset the newer one counts: who walks now follows his own. */
  async keep(query: CatalogQuery, { offset, place }: Bookmark): Promise<void> {
    const written = this.sql.execute(
      `insert into catalogue.bookmark (query, skipped, place) values ($1, $2, $3::jsonb)
       on conflict (query, skipped) do update set place = excluded.place, made = excluded.made`,
      [queryHash(query), offset, JSON.stringify(place.values)],
    );
    await written.catch(() => undefined);
    this.writes += 1;
    if (this.writes % CLEARED_EVERY === 0) await this.clear().catch(() => undefined);
  }

  /** Removes bookmarks grown too old. */
  async clear(): Promise<void> {
    await this.sql.execute(`delete from catalogue.bookmark where made < now() - ${LIFETIME}`);
  }
}
