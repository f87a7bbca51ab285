import type { CountRequest } from './catalog-count.js';
import type { Sql } from './sql.js';

/** Planner's cost above which looking at every matching row takes about a second. */
export const COST_BUDGET = 200_000;

interface Plan {
  readonly 'Total Cost': number;
}

/** What the planner thinks reading every matching row costs. */
export async function plannedCost(sql: Sql, { compiled, signal }: CountRequest): Promise<number> {
  const { text, parameters } = compiled.count;
  const [row] = await sql.query<{ 'QUERY PLAN': readonly { Plan: Plan }[] }>(
    `explain (format json) ${text.replace('count(*) as n', '1')}`,
    parameters,
    signal,
  );
  return row?.['QUERY PLAN'][0]?.Plan['Total Cost'] ?? 0;
}
