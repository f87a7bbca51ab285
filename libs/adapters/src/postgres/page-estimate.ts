import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import type { TimeInterval } from '#domain/geometry/time-interval.js';
import { intervalOf, type CatalogMonths } from './catalog-months.js';
import type { CountEstimate, CountProgress } from './count-progress.js';
import type { ResultSlice } from './result-slice.js';

/** Rows of a page that tell how close matches follow each other. */
const ENOUGH = 20;

/** Whether the pages of a query go through a bounded time in its order, so that one tells how close the matches follow each other. */
export function isWalkOfTime({ filter, sort, page }: CatalogQuery): boolean {
  const { start, end } = intervalOf(filter);
  const byTime = sort === undefined || sort[0]?.property === 'acquiredFrom';
  return byTime && start !== undefined && end !== undefined && page.limit >= ENOUGH;
}

/**
 * How many match, by the page alone: as many in all the time asked as there are in the time it goes through, measured in products of the collections.
 * Undefined where the page goes through no bounded time, or tells too little.
 */
export async function estimateByPage(
  months: CatalogMonths,
  query: CatalogQuery,
  { page }: CountProgress,
): Promise<CountEstimate | undefined> {
  if (!isWalkOfTime(query)) return undefined;
  const slice = await page;
  const asked = intervalOf(query.filter);
  const passed = slice === undefined ? undefined : timeOf(query, slice, asked);
  if (slice === undefined || passed === undefined) return undefined;
  const [of, all] = await Promise.all(
    [passed, asked].map((interval) => months.productsWithin({ collections: query.collections, ...interval })),
  );
  if (of === undefined || all === undefined || of <= 0) return undefined;
  const hits = slice.rows.length;
  return { value: Math.round((hits * Math.max(all, of)) / of), hits };
}

/** What a page that is not the last goes through: from where the asked time begins in its order, or from its first row. */
function timeOf(query: CatalogQuery, { rows }: ResultSlice, asked: TimeInterval): TimeInterval | undefined {
  const [first, last] = [rows[0]?.acquired_from, rows.at(-1)?.acquired_from];
  if (first === undefined || last === undefined || rows.length < ENOUGH) return undefined;
  const newestFirst = first >= last;
  const begin = isFirstPage(query) ? ((newestFirst ? asked.end : asked.start) ?? first) : first;
  return newestFirst ? { start: last, end: begin } : { start: begin, end: last };
}

/** Whether a page is the first of its result. */
export function isFirstPage({ page }: CatalogQuery): boolean {
  return page.kind === 'number' ? page.offset === 0 : page.cursor === undefined;
}
