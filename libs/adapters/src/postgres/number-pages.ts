import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import type { Bookmark, CatalogBookmarks } from './catalog-bookmarks.js';
import { placeAt, type CursorPlace } from './catalog-cursor.js';
import { bookmarkByTallies } from './catalog-tallies.js';
import type { SkipStatements } from './compile-catalog-pages.js';
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
  const isFar = offset - (known?.offset ?? 0) > WORTH_A_JUMP;
  const start = (isFar ? await bookmarkByTallies(sql, request) : undefined) ?? known;
  const place = await goOn(sql, request, start);
  if (isFar && place !== undefined) await bookmarks.keep(query, { offset, place });
  return place;
}

/** Fewer rows are passed by sooner than the tallies are read. */
const WORTH_A_JUMP = 1_000;
/** So many rows are sooner walked over than the stretch, which may have millions, is counted. */
const SOONER_WALKED = 10_000;

async function goOn(sql: Sql, request: NumberRequest, start: Bookmark | undefined): Promise<CursorPlace | undefined> {
  const { compiled, offset } = request;
  let left = offset - (start?.offset ?? 0);
  if (left === 0) return start?.place;
  const skips = compiled.skipsAfter(start?.place);
  const last = skips.at(-1);
  for (const skip of skips.slice(0, -1)) {
    const { place, passed } = await passBy(sql, skip, request, left);
    if (place !== undefined) return place;
    // Never less than one: others may have removed products between the two statements.
    left = Math.max(left - passed, 1);
  }
  return last === undefined ? undefined : placeOf(sql, last, request, left);
}

/** The place of the `left`-th row of a stretch, or how many rows the stretch has. */
async function passBy(sql: Sql, skip: SkipStatements, request: NumberRequest, left: number) {
  const near = left <= SOONER_WALKED ? await placeOf(sql, skip, request, left) : undefined;
  if (near !== undefined) return { place: near, passed: 0 };
  const passed = await countOf(sql, skip, request);
  return { place: passed < left ? undefined : await placeOf(sql, skip, request, left), passed };
}

async function countOf(sql: Sql, { count }: SkipStatements, { signal }: NumberRequest): Promise<number> {
  const [row] = await sql.query<{ n: number }>(count.text, count.parameters, signal);
  return row?.n ?? 0;
}

async function placeOf(
  sql: Sql,
  { row }: SkipStatements,
  { compiled, signal }: NumberRequest,
  nth: number,
): Promise<CursorPlace | undefined> {
  const [found] = await sql.query<Record<string, unknown>>(row.text, [...row.parameters, nth - 1], signal);
  return found === undefined ? undefined : placeAt(found, compiled.order, true);
}
