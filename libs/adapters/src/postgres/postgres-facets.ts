import { MAX_FACET_TIMES, MAX_FACET_VALUES, type Facet, type FacetDefinition } from '#domain/catalog/facets.js';
import { catalogColumn } from './catalog-columns.js';
import type { CountRequest } from './catalog-count.js';
import { COST_BUDGET, plannedCost } from './catalog-plan.js';
import { talliedDays } from './catalog-tallies.js';
import type { Sql } from './sql.js';

/** Rows looked at where counting all would take too long. */
const SAMPLE_ROWS = 100_000;

/** Counts the products of a query by facets: by the tallies where they tell, by counting where that is cheap, else extrapolated from a sample and labelled. */
export async function readFacets(sql: Sql, asked: readonly FacetDefinition[], request: CountRequest): Promise<Facet[]> {
  const tallied = new Map((await facetsByTallies(sql, asked, request)).map((facet) => [facet.name, facet]));
  const left = asked.filter(({ name }) => !tallied.has(name));
  const counted = left.length === 0 ? [] : await countFacets(sql, left, request);
  const found = new Map([...tallied, ...counted.map((facet) => [facet.name, facet] as const)]);
  return asked.flatMap(({ name }) => found.get(name) ?? []);
}

interface FacetRow {
  readonly facet: number;
  readonly value: string;
  readonly n: number;
}

async function countFacets(sql: Sql, asked: readonly FacetDefinition[], request: CountRequest): Promise<Facet[]> {
  const { compiled, signal } = request;
  const sample = (await plannedCost(sql, request)) > COST_BUDGET ? await sampleOf(sql) : undefined;
  const from = sample === undefined ? '' : ` tablesample system (${sample.percent}) repeatable (1)`;
  const matching = compiled.count.text
    .replace('count(*) as n', asked.map((facet, at) => `${expressionOf(facet)} as f${at}`).join(', '))
    .replace('catalogue.product p', `catalogue.product p${from}`);
  const groups = asked.map((facet, at) => groupOf(facet, at));
  const rows = await sql.query<FacetRow>(
    `with matching as materialized (${matching}) ${groups.map((group) => `(${group})`).join(' union all ')}`,
    compiled.count.parameters,
    signal,
  );
  const scale = sample === undefined ? 1 : 100 / sample.percent;
  return asked.map((facet, at) =>
    facetOf(
      facet,
      rows.filter((row) => row.facet === at),
      scale,
    ),
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

const PATTERNS: Readonly<Record<string, string>> = { year: 'YYYY', month: 'YYYY-MM', day: 'YYYY-MM-DD' };

function expressionOf({ name, kind }: FacetDefinition): string {
  switch (kind) {
    case 'time':
      return `to_char(p.acquired_from at time zone 'UTC', '${PATTERNS[name]}')`;
    case 'decile':
      return `least(greatest(floor(p.${catalogColumn(name).name} / 10), 0), 9)::integer`;
    case 'value':
    case 'list':
      return `p.${catalogColumn(name).name}`;
  }
}

function groupOf({ kind }: FacetDefinition, at: number): string {
  const value = kind === 'list' ? `unnest(f${at})` : `f${at}`;
  const order = kind === 'time' ? 'value' : 'n desc, value';
  return `select ${at} as facet, value::text, count(*) as n from (select ${value} as value from matching) each${at}
    where value is not null group by value order by ${order} limit ${limitOf(kind) + 1}`;
}

function limitOf(kind: FacetDefinition['kind']): number {
  return kind === 'time' ? MAX_FACET_TIMES : MAX_FACET_VALUES;
}

function facetOf(facet: FacetDefinition, rows: readonly FacetRow[], scale: number): Facet {
  const limit = limitOf(facet.kind);
  const values = rows.slice(0, limit).map(({ value, n }) => ({
    value: facet.kind === 'decile' ? `${Number(value) * 10}-${Number(value) * 10 + 10}` : value,
    count: Math.round(n * scale),
  }));
  return { ...facet, values, exact: scale === 1, hasMore: rows.length > limit };
}

/** Times and collections of a query that asks for collections and one interval only: whole days by the tallies, the rest row by row. */
async function facetsByTallies(sql: Sql, asked: readonly FacetDefinition[], request: CountRequest): Promise<Facet[]> {
  const told = asked.filter(({ name, kind }) => kind === 'time' || name === 'collection');
  const days = told.length === 0 ? undefined : talliedDays(request);
  if (days === undefined) return [];
  const { collections, interval, lasting } = days;
  const rows = await sql.query<{ day: string; collection: string; n: number }>(
    DAYS,
    [collections, days.days.from, days.days.to, interval.start ?? null, interval.end ?? null, lasting],
    request.signal,
  );
  return told.map((facet) => {
    const length = facet.name === 'collection' ? undefined : PATTERNS[facet.name]?.length;
    const sums = new Map<string, number>();
    for (const { day, collection, n } of rows) {
      const value = length === undefined ? collection : day.slice(0, length);
      sums.set(value, (sums.get(value) ?? 0) + n);
    }
    const counted = [...sums].filter(([, n]) => n > 0).map(([value, n]) => ({ facet: 0, value, n }));
    const inOrder = counted.toSorted((a, b) =>
      facet.kind === 'time' ? compareText(a.value, b.value) : b.n - a.n || compareText(a.value, b.value),
    );
    return facetOf(facet, inOrder, 1);
  });
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
