import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import type { CursorPlace } from './catalog-cursor.js';
import { checkCatalogLimits } from './catalog-limits.js';
import { totalOrder, type OrderKey } from './catalog-sort.js';
import { compileFilter } from './compile-catalog-filter.js';
import { compilePages, compileSkips, type SkipStatements } from './compile-catalog-pages.js';
import { isStorableText } from './catalog-literal.js';
import type { FilterContext } from './filter-context.js';
import { SqlParameters, type SqlStatement } from './sql-parameters.js';

/** What the compiler is told beside the query. */
export interface CompileOptions {
  /** Longest acquisition of the collections asked, milliseconds. */
  readonly longestMs: number;
  /** Newest first starts here. */
  readonly now: Date;
  /** Whether areas are tested product by product, and the index of places is kept out of it. */
  readonly placesByProduct?: boolean;
  /** The only acquisition begins the products asked for have, ISO text: leaves out the years without any. */
  readonly acquisitions?: readonly string[] | undefined;
}

/** A query as SQL. */
export interface CompiledQuery {
  /** Run in turn until the page is full; each takes the rows wanted as its last parameter. Without a place: from the first row on. */
  pagesAfter(place?: CursorPlace): readonly SqlStatement[];
  /** How to pass rows by without reading them. */
  skipsAfter(place?: CursorPlace): readonly SkipStatements[];
  readonly count: SqlStatement;
  /** Polygons the database must find valid before the statements run. */
  readonly geometries: readonly Geometry[];
  readonly order: readonly OrderKey[];
}

/** The statements of a query: parameterised, pure. Throws InvalidError naming the property, geometry or limit that is wrong. */
export function compileCatalogQuery(query: CatalogQuery, options: CompileOptions): CompiledQuery {
  checkCatalogLimits(query);
  const order = totalOrder(query.sort);
  const { longestMs, placesByProduct } = options;
  const parameters = new SqlParameters();
  const geometries: Geometry[] = [];
  const all = [
    ...conditions(query, { parameters, geometries, longestMs, placesByProduct }),
    ...oneOf('p.acquired_from', options.acquisitions, { parameters, type: 'timestamptz' }),
  ];
  const where = all.length === 0 ? 'true' : all.join(' and ');
  const matching = { where, parameters: parameters.values };
  return {
    pagesAfter: (place) => compilePages(query, matching, { order, place, now: options.now }),
    skipsAfter: (place) => compileSkips(query, matching, { order, place, now: options.now }),
    count: { text: `select count(*) as n from catalogue.product p where ${where}`, parameters: parameters.values },
    geometries,
    order,
  };
}

function conditions(query: CatalogQuery, context: FilterContext): readonly string[] {
  const text = { parameters: context.parameters, type: 'text' };
  return [
    ...oneOf('p.collection', query.collections, text),
    ...oneOf('p.id', query.ids, text),
    ...(query.latestOnly === true ? ['p.successor is null'] : []),
    ...(query.filter === undefined ? [] : [`(${compileFilter(query.filter, context)})`]),
  ];
}

interface ListOptions {
  readonly parameters: SqlParameters;
  readonly type: string;
}

/** A single value is an equality, which keeps the order of an index. */
function oneOf(column: string, values: readonly string[] | undefined, options: ListOptions): readonly string[] {
  if (values === undefined) return [];
  const { parameters, type } = options;
  const storable = values.filter(isStorableText);
  if (storable.length === 1) return [`${column} = ${parameters.add(storable[0], type)}`];
  return [storable.length === 0 ? 'false' : `${column} = any(${parameters.add(storable, `${type}[]`)})`];
}
