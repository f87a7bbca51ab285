import type { Facet, FacetDefinition } from '#domain/catalog/facets.js';
import type { CountRequest } from './catalog-count.js';
import { COST_BUDGET, plannedCost } from './catalog-plan.js';
import { talliedDays } from './catalog-tallies.js';
import { facetExpression, facetLabel, facetLimit, prefixOfDay } from './facet-expression.js';
import type { Sql } from './sql.js';

/** Rows looked at where counting all would take too long. */
const SAMPLE_ROWS = 100_000;

/** Counts the products of a query by facets: by the tallies where they tell, by counting where that is cheap, else extrapolated from a sample and labelled. */
export async function readFacets(sql: Sql, asked: readonly FacetDefinition[], request: CountRequest): Promise<Facet[]> {
  const tallied = await facetsByTallies(sql, asked, request);
  const left = asked.filter((facet) => !tallied.has(facet));
  const counted = left.length === 0 ? undefined : await countFacets(sql, left, request);
  return asked.flatMap((facet) => tallied.get(facet) ?? counted?.get(facet) ?? []);
}

type Counted = ReadonlyMap<FacetDefinition, Facet>;

interface FacetRow {
  readonly value: string;
  readonly n: number;
}

async function countFacets(sql: Sql, asked: readonly FacetDefinition[], request: CountRequest): Promise<Counted> {
  const { compiled, signal } = request;
  const columns = asked.map((facet, at) => `${facetExpression(facet)} as f${at}`).join(', ');
  const sample = (await plannedCost(sql, request)) > COST_BUDGET ? await sampleOf(sql) : undefined;
  const from = sample === undefined ? '' : ` tablesample system (${sample.percent}) repeatable (1)`;
  const matching = compiled.count.text
    .replace('count(*) as n', columns)
    .replace('catalogue.product p', `catalogue.product p${from}`);
  const groups = asked.map((facet, at) => groupOf(facet, at));
  const rows = await sql.query<FacetRow & { readonly facet: number; readonly total: number }>(
    `with matching as materialized (${matching}) ${groups.map((group) => `(${group})`).join(' union all ')}`,
    compiled.count.parameters,
    signal,
  );
  const scale = sample === undefined ? 1 : 100 / sample.percent;
  return new Map(
    asked.map((facet, at) => {
      const own = rows.filter((row) => row.facet === at);
      return [facet, facetOf(facet, own, { total: own[0]?.total ?? 0, scale })];
    }),
  );
}

/** A share of the pages of every year. */
async function sampleOf(sql: Sql): Promise<{ readonly percent: number }> {
  const [row] = await sql.query<{ n: number }>(
    `select coalesce(sum(greatest(reltuples, 0)), 0)::bigint as n from pg_inherits join pg_class on oid = inhrelid
     where inhparent = 'catalogue.product'::regclass`,
  );
  const share = (100 * SAMPLE_ROWS) / Math.max(row?.n ?? 0, SAMPLE_ROWS);
  return { percent: Number(share.toPrecision(3)) };
}

function groupOf(facet: FacetDefinition, at: number): string {
  const value = facet.kind === 'list' ? `unnest(f${at})` : `f${at}`;
  const order = facet.kind === 'time' || facet.kind === 'range' ? 'value' : 'n desc, value';
  return `select ${at} as facet, value::text, count(*) as n, (sum(count(*)) over ())::bigint as total
    from (select ${value} as value from matching) each${at}
    where value is not null group by value order by ${order} limit ${facetLimit(facet) + 1}`;
}

interface FacetExtent {
  readonly total: number;
  readonly scale: number;
}

function facetOf(facet: FacetDefinition, rows: readonly FacetRow[], { total, scale }: FacetExtent): Facet {
  const given = facet.kind === 'range' ? everyRange(facet, rows) : rows.slice(0, facetLimit(facet));
  const values = given.map(({ value, n }) => ({ value: facetLabel(facet, value), count: Math.round(n * scale) }));
  const told = given.reduce((sum, { n }) => sum + n, 0);
  const others = Math.round((total - told) * scale);
  return { ...facet, values, others, exact: scale === 1, hasMore: rows.length > given.length };
}

function everyRange({ bounds = [] }: FacetDefinition, rows: readonly FacetRow[]): readonly FacetRow[] {
  const counts = new Map(rows.map(({ value, n }) => [Number(value), n]));
  return Array.from({ length: bounds.length + 1 }, (_, at) => ({ value: String(at), n: counts.get(at) ?? 0 }));
}

/** Times and collections of a query that asks for collections and one interval only: whole days by the tallies, the rest row by row. */
async function facetsByTallies(sql: Sql, asked: readonly FacetDefinition[], request: CountRequest): Promise<Counted> {
  const told = asked.filter((facet) => prefixOfDay(facet) !== undefined || isCollection(facet));
  const days = told.length === 0 ? undefined : talliedDays(request);
  if (days === undefined) return new Map();
  const { collections, interval, lasting } = days;
  const rows = await sql.query<TallyRow>(
    DAYS,
    [collections, days.days.from, days.days.to, interval.start ?? null, interval.end ?? null, lasting],
    request.signal,
  );
  return new Map(told.map((facet) => [facet, tallied(facet, rows)]));
}

interface TallyRow {
  readonly day: string;
  readonly collection: string;
  readonly n: number;
}

function isCollection({ name, kind }: FacetDefinition): boolean {
  return name === 'collection' && kind === 'value';
}

function tallied(facet: FacetDefinition, rows: readonly TallyRow[]): Facet {
  const sums = new Map<string, number>();
  for (const { day, collection, n } of rows) {
    const value = isCollection(facet) ? collection : day.slice(0, prefixOfDay(facet));
    sums.set(value, (sums.get(value) ?? 0) + n);
  }
  const counted = [...sums].filter(([, n]) => n > 0).map(([value, n]) => ({ value, n }));
  const inOrder = counted.toSorted((a, b) =>
    facet.kind === 'time' ? compareText(a.value, b.value) : b.n - a.n || compareText(a.value, b.value),
  );
  return facetOf(facet, inOrder, { total: counted.reduce((sum, { n }) => sum + n, 0), scale: 1 });
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const DAYS = `select to_char(day, 'YYYY-MM-DD') as day, collection, sum(n)::bigint as n from (
    select day, collection, products as n from catalogue.tally
    where ($1::text[] is null or collection = any($1)) and day > '-infinity'
      and ($2::timestamptz is null or day >= ($2::timestamptz at time zone 'UTC')::date)
      and ($3::timestamptz is null or day < ($3::timestamptz at time zone 'UTC')::date)
    union all
    select (p.acquired_from at time zone 'UTC')::date, p.collection, 1 from catalogue.product p
    where ($1::text[] is null or p.collection = any($1))
      and p.acquired_from >= $6::timestamptz and p.acquired_from < $2::timestamptz and p.acquired_to >= $4::timestamptz
    union all
    select (p.acquired_from at time zone 'UTC')::date, p.collection, 1 from catalogue.product p
    where ($1::text[] is null or p.collection = any($1))
      and p.acquired_from >= $3::timestamptz and p.acquired_from <= $5::timestamptz
  ) each group by day, collection`;
