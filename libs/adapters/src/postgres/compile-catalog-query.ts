import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import type { CursorPlace } from './catalog-cursor.js';
import { checkCatalogLimits } from './catalog-limits.js';
import { totalOrder, type OrderKey } from './catalog-sort.js';
import { compileFilter } from './compile-catalog-filter.js';
import { compilePages } from './compile-catalog-pages.js';
import { SqlParameters, type SqlStatement } from './sql-parameters.js';

/** What the compiler is told beside the query. */
export interface CompileOptions {
  /** Longest acquisition of the collections asked, milliseconds. */
  readonly longestMs: number;
  /** Where to go on, for a page by keyset. */
  readonly place?: CursorPlace;
  /** Newest first starts here. */
  readonly now: Date;
}

/** A query as SQL. */
export interface CompiledQuery {
  /** Run in turn until the page is full; each takes the rows wanted as its last parameter. */
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
    pages: compilePages(query, matching, { order, place: options.place, now: options.now }),
    count: { text: `select count(*) as n from catalogue.product p where ${where}`, parameters: parameters.values },
    geometries,
    order,
  };
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
