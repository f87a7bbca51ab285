import type { CatalogQuery, MatchCount } from '#domain/catalog/catalog-query.js';
import { countByTallies } from './catalog-tallies.js';
import type { CompiledQuery } from './compile-catalog-query.js';
import type { ProductRow } from './product-row.js';
import type { Sql } from './sql.js';

/** Planner's cost above which counting is left to an estimate, about a second of work. */
export const COST_BUDGET = 200_000;

/** What counting needs beside SQL. */
export interface CountRequest {
  readonly query: CatalogQuery;
  readonly compiled: CompiledQuery;
  readonly longestMs: number;
  readonly signal: AbortSignal | undefined;
}

/** The rows of a page, in order. */
export interface ResultSlice {
  readonly rows: readonly ProductRow[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

/**
 * How many products match, counted while the page is read; undefined where nobody asks. Where the whole result is on the page, its length is the count.
 */
export async function countMatches(
  sql: Sql,
  request: CountRequest,
  reading: Promise<ResultSlice>,
): Promise<MatchCount | undefined> {
  const { count = 'none', page } = request.query;
  if (count === 'none') return undefined;
  const counting = countAll(sql, request);
  // Its failure matters only where the count is wanted.
  counting.catch(() => undefined);
  const { rows, hasNext } = await reading;
  const offset = page.kind === 'number' ? page.offset : 0;
  const isLast = !hasNext && !(page.kind === 'keyset' && page.cursor !== undefined);
  if (isLast && offset === 0) return { value: rows.length, exact: true };
  return counting;
}

/** How many products match: from the tallies where they tell, by counting where that is cheap or asked for, else the planner's estimate, labelled. */
async function countAll(sql: Sql, request: CountRequest): Promise<MatchCount> {
  const tallied = await countByTallies(sql, request);
  if (tallied !== undefined) return { value: tallied, exact: true };
  const { text, parameters } = request.compiled.count;
  if (request.query.count !== 'exact') {
    const estimate = await explainCount(sql, request);
    if (estimate.cost > COST_BUDGET) return { value: estimate.rows, exact: false };
  }
  const [row] = await sql.query<{ n: number }>(text, parameters, request.signal);
  return { value: row?.n ?? 0, exact: true };
}

interface Plan {
  readonly 'Total Cost': number;
  readonly 'Plan Rows': number;
}

/** What the planner expects of counting. */
export async function explainCount(
  sql: Sql,
  { compiled, signal }: CountRequest,
): Promise<{ cost: number; rows: number }> {
  const { text, parameters } = compiled.count;
  const rowsText = text.replace('count(*) as n', '1');
  const [row] = await sql.query<{ 'QUERY PLAN': readonly { Plan: Plan }[] }>(
    `explain (format json) ${rowsText}`,
    parameters,
    signal,
  );
  const plan = row?.['QUERY PLAN'][0]?.Plan;
  return { cost: plan?.['Total Cost'] ?? 0, rows: Math.round(plan?.['Plan Rows'] ?? 0) };
}
