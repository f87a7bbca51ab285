import type { CatalogQuery, Filter, MatchCount } from '#domain/catalog/catalog-query.js';
import type { TimeInterval } from '#domain/geometry/time-interval.js';
import { isStorableText } from './catalog-literal.js';
import type { CompiledQuery } from './compile-catalog-query.js';
import type { Sql } from './sql.js';

/** Planner's cost above which counting is left to an estimate, about a second of work. */
const COST_BUDGET = 200_000;
const DAY_MS = 86_400_000;

/** What counting needs beside SQL. */
export interface CountRequest {
  readonly query: CatalogQuery;
  readonly compiled: CompiledQuery;
  readonly longestMs: number;
  readonly signal: AbortSignal | undefined;
}

/** How many products match: from the tallies where they tell, by counting where that is cheap or asked for, else the planner's estimate, labelled. */
export async function countMatches(sql: Sql, request: CountRequest): Promise<MatchCount> {
  const tallied = await countByTallies(sql, request);
  if (tallied !== undefined) return { value: tallied, exact: true };
  const { text, parameters } = request.compiled.count;
  if (request.query.count !== 'exact') {
    const estimate = await explain(sql, request);
    if (estimate.cost > COST_BUDGET) return { value: estimate.rows, exact: false };
  }
  const [row] = await sql.query<{ n: number }>(text, parameters, request.signal);
  return { value: row?.n ?? 0, exact: true };
}

interface Plan {
  readonly 'Total Cost': number;
  readonly 'Plan Rows': number;
}

async function explain(sql: Sql, { compiled, signal }: CountRequest): Promise<{ cost: number; rows: number }> {
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

/**
 * Collections and one interval of time are counted by whole days, and the rows of the days at its ends. Days are of acquisition begins,
 * so what began before the interval and lasts into it is counted row by row: seldom more than a handful.
 */
async function countByTallies(sql: Sql, { query, longestMs, signal }: CountRequest): Promise<number | undefined> {
  const interval = onlyInterval(query);
  if (interval === undefined) return undefined;
  const days = wholeDays(interval);
  if (days.from !== null && days.to !== null && days.from >= days.to) return undefined;
  const { start = null, end = null } = interval;
  const lasting = start && new Date(start.getTime() - longestMs);
  const parameters = [storable(query.collections), days.from, days.to, start, end, lasting];
  const [row] = await sql.query<{ n: number }>(TALLIES, parameters, signal);
  return row?.n;
}

function storable(collections: readonly string[] | undefined): readonly string[] | null {
  return collections?.filter(isStorableText) ?? null;
}

function wholeDays({ start, end }: TimeInterval): { readonly from: Date | null; readonly to: Date | null } {
  return { from: roundedToDay(start, 0, Math.ceil), to: roundedToDay(end, 1, Math.floor) };
}

function roundedToDay(at: Date | undefined, addMs: number, round: (days: number) => number): Date | null {
  return at === undefined ? null : new Date(round((at.getTime() + addMs) / DAY_MS) * DAY_MS);
}

const TALLIES = `select coalesce((
    select sum(products) from catalogue.tally
    where ($1::text[] is null or collection = any($1))
      and case when $2::timestamptz is null and $3::timestamptz is null then day = '-infinity' else day > '-infinity' end
      and ($2::timestamptz is null or day >= ($2::timestamptz at time zone 'UTC')::date)
      and ($3::timestamptz is null or day < ($3::timestamptz at time zone 'UTC')::date)
  ), 0)::bigint
  + (select count(*) from catalogue.product p
    where ($1::text[] is null or p.collection = any($1))
      and p.acquired_from >= $6::timestamptz and p.acquired_from < $2::timestamptz and p.acquired_to >= $4::timestamptz)
  + (select count(*) from catalogue.product p
    where ($1::text[] is null or p.collection = any($1))
      and p.acquired_from >= $3::timestamptz and p.acquired_from <= $5::timestamptz) as n`;

/** The interval of a query that asks for nothing else but collections; undefined for any other. */
function onlyInterval({ ids, latestOnly, filter }: CatalogQuery): TimeInterval | undefined {
  return ids !== undefined || latestOnly === true ? undefined : intervalOf(filter);
}

function intervalOf(filter: Filter | undefined): TimeInterval | undefined {
  if (filter === undefined) return {};
  if (filter.op === 'and' && filter.args.length === 1) return intervalOf(filter.args[0]);
  return filter.op === 'temporal' && filter.relation === 'overlaps' ? filter.interval : undefined;
}
