import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import type { Bookmark, CatalogBookmarks } from './catalog-bookmarks.js';
import { placeAt, type CursorPlace } from './catalog-cursor.js';
import { bookmarkByTallies } from './catalog-tallies.js';
import type { CompiledQuery } from './compile-catalog-query.js';
import type { Sql } from './sql.js';

/** What finding a numbered page needs. */
export interface NumberRequest {
  readonly query: CatalogQuery;
  readonly compiled: CompiledQuery;
  readonly offset: number;
  readonly longestMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * The place of the `offset`-th row: from the nearest bookmark, or the day the tallies say it lies in, on over the keys of the order. Undefined where the
 * result ends before. Only the first jump deep into a result has a way to go: it leaves a bookmark.
 */
export async function findNumberedPlace(
  sql: Sql,
  bookmarks: CatalogBookmarks,
  request: NumberRequest,
): Promise<CursorPlace | undefined> {
  const { query, offset } = request;
  const known = await bookmarks.lastBefore(query, offset);
  if (known?.offset === offset) return known.place;
  const start = (offset - (known?.offset ?? 0) > WORTH_A_JUMP && (await bookmarkByTallies(sql, request))) || known;
  return goOn(sql, request, start);
}

/** Fewer rows are passed by sooner than the tallies are read. */
const WORTH_A_JUMP = 1_000;

async function goOn(sql: Sql, request: NumberRequest, start: Bookmark | undefined): Promise<CursorPlace | undefined> {
  const { compiled, offset, signal } = request;
  let left = offset - (start?.offset ?? 0);
  if (left === 0) return start?.place;
  const skips = compiled.skipsAfter(start?.place);
  for (const [at, { row, count }] of skips.entries()) {
    const isLast = at === skips.length - 1;
    const [passed] = isLast ? [] : await sql.query<{ n: number }>(count.text, count.parameters, signal);
    if (isLast || (passed?.n ?? 0) >= left) {
      const [found] = await sql.query<Record<string, unknown>>(row.text, [...row.parameters, left - 1], signal);
      if (found !== undefined) return placeAt(found, compiled.order, true);
    }
    // Never less than one: others may have removed products between the two statements.
    left = Math.max(left - (passed?.n ?? 0), 1);
  }
  return undefined;
}
