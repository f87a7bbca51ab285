import type { CatalogQuery, Filter } from '#domain/catalog/catalog-query.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import type { CursorPlace } from './catalog-cursor.js';
import { checkCatalogLimits } from './catalog-limits.js';
import { totalOrder, type OrderKey } from './catalog-sort.js';
import { afterPlace, firstKeyMayBeAbsent, orderBy } from './compile-catalog-order.js';
import { compileFilter } from './compile-catalog-filter.js';
import { PRODUCT_COLUMNS } from './product-row.js';
import { SqlParameters, type SqlStatement } from './sql-parameters.js';

/** What the compiler is told beside the query. */
export interface CompileOptions {
  /** Longest acquisition of the collections asked, milliseconds. */
  readonly longestMs: number;
  /** Where to go on, for a page by keyset. */
  readonly place?: CursorPlace;
}

/** A query as SQL. */
export interface CompiledQuery {
  /** Run in turn until the page is full: rows that have the first sort value, then those that lack it. Each takes the rows wanted as its last parameter. */
  readonly pages: readonly SqlStatement[];
  readonly count: SqlStatement;
  /** Polygons the database must find valid before the statements run. */
  readonly geometries: readonly Geometry[];
  readonly order: readonly OrderKey[];
}

/** The statements of a query: parameterised, pure. Throws InvalidError naming the property, geometry or limit that is wrong. */
export function compileCatalogQuery(query: CatalogQuery, options: CompileOptions): CompiledQuery {
  checkCatalogLimits(query);
  const order = totalOrder(query.sort);
  const parameters = new SqlParameters();
  const geometries: Geometry[] = [];
  const where = conditions(query, { parameters, geometries, longestMs: options.longestMs });
  const matching = { where, parameters: parameters.values };
  return {
    pages: pageStatements(query, matching, { order, place: options.place }),
    count: { text: `select count(*) as n from catalogue.product p where ${where}`, parameters: parameters.values },
    geometries,
    order,
  };
}

interface Matching {
  readonly where: string;
  readonly parameters: readonly unknown[];
}

function conditions(query: CatalogQuery, context: Parameters<typeof compileFilter>[1]): string {
  const all = [
    ...oneOf('p.collection', query.collections, context.parameters),
    ...oneOf('p.id', query.ids, context.parameters),
    ...(query.latestOnly === true ? ['p.successor is null'] : []),
    ...(query.filter === undefined ? [] : [`(${compileFilter(query.filter, context)})`]),
  ];
  return all.length === 0 ? 'true' : all.join(' and ');
}

/** A single value is an equality, which keeps the order of an index. */
function oneOf(column: string, values: readonly string[] | undefined, parameters: SqlParameters): readonly string[] {
  if (values === undefined) return [];
  const storable = values.filter((value) => value.isWellFormed() && !value.includes('\0'));
  if (storable.length === 1) return [`${column} = ${parameters.add(storable[0], 'text')}`];
  return [storable.length === 0 ? 'false' : `${column} = any(${parameters.add(storable, 'text[]')})`];
}

interface Slice {
  readonly order: readonly OrderKey[];
  readonly place: CursorPlace | undefined;
}

function pageStatements(query: CatalogQuery, matching: Matching, { order, place }: Slice): readonly SqlStatement[] {
  const forward = place?.forward ?? true;
  const offset = query.page.kind === 'number' ? query.page.offset : 0;
  const absent = firstKeyMayBeAbsent(order) && !impliesPresent(query.filter, order[0]?.column.queryable.name ?? '');
  const parts = absent && offset === 0 ? (['present', 'absent'] as const) : (['any'] as const);
  return (forward ? parts : parts.toReversed()).flatMap((part) => {
    const parameters = new SqlParameters();
    parameters.values.push(...matching.parameters);
    const after = afterPlace(order, part, { place, parameters });
    if (after === undefined) return [];
    const where = [matching.where, ...after].join(' and ');
    const skip = offset === 0 ? '' : ` offset ${parameters.add(offset, 'bigint')}`;
    const text = `select ${PRODUCT_COLUMNS} from catalogue.product p where ${where} order by ${orderBy(order, part, forward)}${skip} limit $${parameters.values.length + 1}::bigint`;
    return [{ text, parameters: parameters.values }];
  });
}

/** Whether the filter only lets through products that have the property. */
function impliesPresent(filter: Filter | undefined, property: string): boolean {
  if (filter === undefined || filter.op === 'isNull') return false;
  if (filter.op === 'and') return filter.args.some((arg) => impliesPresent(arg, property));
  return 'property' in filter && filter.property === property;
}
