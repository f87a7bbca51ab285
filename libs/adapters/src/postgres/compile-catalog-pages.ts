import type { CatalogQuery, Filter } from '#domain/catalog/catalog-query.js';
import type { CursorPlace } from './catalog-cursor.js';
import type { OrderKey } from './catalog-sort.js';
import { afterPlace, firstKeyMayBeAbsent, orderBy, type OrderPart } from './compile-catalog-order.js';
import { PRODUCT_COLUMNS } from './product-row.js';
import { SNAPSHOT } from './seen-snapshot.js';
import { SqlParameters, type SqlStatement } from './sql-parameters.js';

/** The condition all matching rows fulfil, and its parameters. */
export interface Matching {
  readonly where: string;
  readonly parameters: readonly unknown[];
}

/** Which slice of the order is wanted. */
export interface Slice {
  readonly order: readonly OrderKey[];
  readonly place: CursorPlace | undefined;
  readonly now: Date;
}

/** The select list of a page. */
export const PAGE_COLUMNS = `${PRODUCT_COLUMNS}, ${SNAPSHOT}`;

/** The statements that fill a page, to be run in turn until it is full. */
export function compilePages(query: CatalogQuery, matching: Matching, slice: Slice): readonly SqlStatement[] {
  return compileStretches(query, matching, slice).map(({ where, order, parameters }) => ({
    text: `select ${PAGE_COLUMNS} from catalogue.product p where ${where} order by ${order} limit $${parameters.length + 1}::bigint`,
    parameters,
  }));
}

/** Two statements of a stretch that touch the keys of the order only, so that an index often answers them alone. */
export interface SkipStatements {
  /** The keys of one row; takes how many rows of the stretch come before it. */
  readonly row: SqlStatement;
  /** How many rows the stretch has. */
  readonly count: SqlStatement;
}

/** What passes rows by, stretch by stretch. */
export function compileSkips(query: CatalogQuery, matching: Matching, slice: Slice): readonly SkipStatements[] {
  const keys = slice.order.map(({ column }) => `p.${column.name}`).join(', ');
  return compileStretches(query, matching, slice).map(({ where, order, parameters }) => ({
    row: {
      text: `select ${keys} from catalogue.product p where ${where} order by ${order} offset $${parameters.length + 1}::bigint limit 1`,
      parameters,
    },
    count: { text: `select count(*) as n from catalogue.product p where ${where}`, parameters },
  }));
}

interface CompiledStretch {
  readonly where: string;
  readonly order: string;
  readonly parameters: readonly unknown[];
}

function compileStretches(query: CatalogQuery, matching: Matching, slice: Slice): readonly CompiledStretch[] {
  const { order, place } = slice;
  const forward = place?.forward ?? true;
  return stretches(query, slice).flatMap(({ part, from, to }) => {
    const parameters = new SqlParameters();
    parameters.values.push(...matching.parameters);
    const after = afterPlace(order, part, { place, parameters });
    if (after === undefined) return [];
    const where = [matching.where, ...after, ...within(from, to, parameters)].join(' and ');
    return [{ where, order: orderBy(order, part, forward), parameters: parameters.values }];
  });
}

/** A stretch of the order: a part of it, or a span of acquisition begins. */
interface Stretch {
  readonly part: OrderPart;
  readonly from?: Date;
  readonly to?: Date;
}

const WHOLE: readonly Stretch[] = [{ part: 'any' }];

/** In the direction of travel. */
function stretches(query: CatalogQuery, slice: Slice): readonly Stretch[] {
  const [first] = slice.order;
  if (first === undefined) return WHOLE;
  if (first.column.name === 'acquired_from') return spans(query, slice, first.descending);
  if (!firstKeyMayBeAbsent(slice.order) || implies(query.filter, first.column.queryable.name)) return WHOLE;
  const parts: readonly Stretch[] = [{ part: 'present' }, { part: 'absent' }];
  return slice.place?.forward === false ? parts.toReversed() : parts;
}

function spans(query: CatalogQuery, { place, now }: Slice, descending: boolean): readonly Stretch[] {
  const newestFirst = descending === (place?.forward ?? true);
  const at = typeof place?.values[0] === 'string' ? new Date(place.values[0]) : undefined;
  if (newestFirst && !saysTime(query)) return spansBefore(at ?? now, at !== undefined);
  if (at === undefined) return WHOLE;
  return [newestFirst ? stretch(undefined, newYear(at, 1)) : stretch(newYear(at, 0), undefined)];
}

/** Otherwise the planner cannot know how far it must go, whether by an index or by walking the order. */
function saysTime({ ids, filter }: CatalogQuery): boolean {
  return ids !== undefined || implies(filter, 'acquiredFrom');
}

/**
 * This year, two before, four before those, the rest: most searches are filled by the first and read a small part of the archive. Whole years, so that
 * the other partitions need not even be planned for.
 */
function spansBefore(at: Date, isPlace: boolean): readonly Stretch[] {
  const edges = [0, -2, -6].map((years) => newYear(at, years));
  const newest = isPlace ? newYear(at, 1) : undefined;
  return [...edges, undefined].map((from, n) => stretch(from, n === 0 ? newest : edges[n - 1]));
}

function stretch(from: Date | undefined, to: Date | undefined): Stretch {
  return { part: 'any', ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** PostgreSQL, ISO 8601 and Date.UTC agree on four digits; there is no edge beyond. */
function newYear(at: Date, later: number): Date | undefined {
  const year = at.getUTCFullYear() + later;
  return year >= 1000 && year <= 9999 ? new Date(Date.UTC(year, 0)) : undefined;
}

function within(from: Date | undefined, to: Date | undefined, parameters: SqlParameters): readonly string[] {
  return [
    ...(from === undefined ? [] : [`p.acquired_from >= ${parameters.add(from.toISOString(), 'timestamptz')}`]),
    ...(to === undefined ? [] : [`p.acquired_from < ${parameters.add(to.toISOString(), 'timestamptz')}`]),
  ];
}

/** Whether a filter only lets through products that have the property, or, for the time of acquisition, bounds it. */
function implies(filter: Filter | undefined, property: string): boolean {
  if (filter === undefined || filter.op === 'isNull') return false;
  if (filter.op === 'and') return filter.args.some((arg) => implies(arg, property));
  if (filter.op === 'temporal') return property === 'acquiredFrom';
  return 'property' in filter && filter.property === property;
}
