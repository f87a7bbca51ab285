import type { CatalogQuery, Filter } from '#domain/catalog/catalog-query.js';
import type { TimeInterval } from '#domain/geometry/time-interval.js';
import type { Bookmark } from './catalog-bookmarks.js';
import { isStorableText } from './catalog-literal.js';
import type { OrderKey } from './catalog-sort.js';
import type { Counted } from './count-memory.js';
import { LONGEST_MS } from './longest-acquisitions.js';
import { SNAPSHOT } from './seen-snapshot.js';
import type { Sql } from './sql.js';

const DAY_MS = 86_400_000;

/** A query and what the tallies need to answer for it. */
export interface TalliedRequest {
  readonly query: CatalogQuery;
  readonly longestMs: number;
  readonly signal: AbortSignal | undefined;
  /** Is told how long acquisitions are indeed, where a statement finds it out. */
  readonly tellLongest?: ((ms: number) => void) | undefined;
}

/**
 * Collections and one interval of time are counted by whole days, and the rows of the days at its ends. Days are of acquisition begins,
 * so what began before the interval and lasts into it is counted row by row: seldom more than a handful. Undefined for any other query.
 */
export async function countByTallies(sql: Sql, request: TalliedRequest): Promise<Counted | undefined> {
  const asked = talliedDays(request);
  if (asked === undefined) return undefined;
  const { days, collections, interval, lasting } = asked;
  if (days.from === null && days.to === null) return countEver(sql, collections, request.signal);
  const parameters = [collections, days.from, days.to, interval.start ?? null, interval.end ?? null, lasting];
  const [row] = await sql.query<Counted>(COUNT, parameters, request.signal);
  if (row?.longestMs !== undefined) request.tellLongest?.(row.longestMs);
  return row;
}

/** The rows for all days together are found by an index, whatever the number of days. */
async function countEver(
  sql: Sql,
  collections: readonly string[] | null,
  signal?: AbortSignal,
): Promise<Counted | undefined> {
  const [row] = await sql.query<Counted>(
    `select coalesce(sum(products), 0)::bigint as value, ${SNAPSHOT} from catalogue.tally
     where day = '-infinity' and ($1::text[] is null or collection = any($1))`,
    [collections],
    signal,
  );
  return row;
}

/**
 * A bookmark at the beginning of the day an offset lies in, for queries of collections and time in the order of acquisition begins, newest or oldest first.
 * Undefined for any other, and for offsets before the first whole day.
 */
export async function bookmarkByTallies(
  sql: Sql,
  request: TalliedRequest & { readonly offset: number; readonly compiled: { readonly order: readonly OrderKey[] } },
): Promise<Bookmark | undefined> {
  const { order } = request.compiled;
  const asked = talliedDays(request);
  const [first] = order;
  if (asked === undefined || first?.column.name !== 'acquired_from' || !isUniform(order)) return undefined;
  const { days, collections, interval, lasting } = asked;
  const ends = first.descending
    ? [days.to, interval.end ?? null, days.to]
    : [lasting, days.from, interval.start ?? null];
  const parameters = [collections, days.from, days.to, request.offset, ...ends];
  const text = first.descending ? NEWEST_FIRST : OLDEST_FIRST;
  const [row] = await sql.query<{ at: Date; skipped: number }>(text, parameters, request.signal);
  if (row === undefined) return undefined;
  return {
    offset: row.skipped,
    place: { forward: true, values: order.map((_, at) => (at === 0 ? row.at.toISOString() : '')) },
  };
}

/** A place of acquisition begin, collection and id, all in one direction. */
function isUniform(order: readonly OrderKey[]): boolean {
  const names = order.map(({ column }) => column.name).join();
  return (
    names === 'acquired_from,collection,id' && order.every(({ descending }) => descending === order[0]?.descending)
  );
}

interface Tallied {
  readonly collections: readonly string[] | null;
  readonly interval: TimeInterval;
  readonly days: { readonly from: Date | null; readonly to: Date | null };
  /** Nothing that began before lasts into the interval. */
  readonly lasting: Date | null;
}

/** What the tallies are asked for a query; undefined where they do not tell. */
export function talliedDays({ query, longestMs }: TalliedRequest): Tallied | undefined {
  const interval = onlyInterval(query);
  if (interval === undefined) return undefined;
  const days = { from: roundedToDay(interval.start, 0, Math.ceil), to: roundedToDay(interval.end, 1, Math.floor) };
  if (days.from !== null && days.to !== null && days.from >= days.to) return undefined;
  const lasting = interval.start === undefined ? null : new Date(interval.start.getTime() - longestMs);
  return { collections: query.collections?.filter(isStorableText) ?? null, interval, days, lasting };
}

function roundedToDay(at: Date | undefined, addMs: number, round: (days: number) => number): Date | null {
  return at === undefined ? null : new Date(round((at.getTime() + addMs) / DAY_MS) * DAY_MS);
}

const COUNT = `select coalesce((
    select sum(products) from catalogue.tally
    where ($1::text[] is null or collection = any($1))
      and day > '-infinity'
      and ($2::timestamptz is null or day >= ($2::timestamptz at time zone 'UTC')::date)
      and ($3::timestamptz is null or day < ($3::timestamptz at time zone 'UTC')::date)
  ), 0)::bigint
  + (select count(*) from catalogue.product p
    where ($1::text[] is null or p.collection = any($1))
      and p.acquired_from >= $6::timestamptz and p.acquired_from < $2::timestamptz and p.acquired_to >= $4::timestamptz)
  + (select count(*) from catalogue.product p
    where ($1::text[] is null or p.collection = any($1))
      and p.acquired_from >= $3::timestamptz and p.acquired_from <= $5::timestamptz) as value, ${LONGEST_MS} as "longestMs", ${SNAPSHOT}`;

/** The days of the interval with how many rows come before each; the rows of a day cut by the interval's end come first. */
const daysInOrder = (direction: 'asc' | 'desc', head: string, at: string): string => `
  with head as (select count(*) as n from catalogue.product p where ($1::text[] is null or p.collection = any($1)) and ${head}),
  days as (
    select day, sum(sum(products)) over (order by day ${direction}) - sum(products) as before from catalogue.tally
    where ($1::text[] is null or collection = any($1)) and day > '-infinity'
      and ($2::timestamptz is null or day >= ($2::timestamptz at time zone 'UTC')::date)
      and ($3::timestamptz is null or day < ($3::timestamptz at time zone 'UTC')::date)
    group by day
  )
  select ${at}::timestamp at time zone 'UTC' as at, (head.n + before)::bigint as skipped from days, head
  where head.n + before <= $4 order by day ${direction === 'asc' ? 'desc' : 'asc'} limit 1`;

const NEWEST_FIRST = daysInOrder(
  'desc',
  'p.acquired_from >= $5::timestamptz and p.acquired_from <= $6::timestamptz and $7::timestamptz is not null',
  '(day + 1)',
);
const OLDEST_FIRST = daysInOrder(
  'asc',
  'p.acquired_from >= $5::timestamptz and p.acquired_from < $6::timestamptz and p.acquired_to >= $7::timestamptz',
  'day',
);

/** The interval of a query that asks for nothing else but collections; undefined for any other. */
function onlyInterval({ ids, latestOnly, filter }: CatalogQuery): TimeInterval | undefined {
  return ids !== undefined || latestOnly === true ? undefined : intervalOf(filter);
}

function intervalOf(filter: Filter | undefined): TimeInterval | undefined {
  if (filter === undefined) return {};
  if (filter.op === 'and' && filter.args.length === 1) return intervalOf(filter.args[0]);
  return filter.op === 'temporal' && filter.relation === 'overlaps' ? filter.interval : undefined;
}
