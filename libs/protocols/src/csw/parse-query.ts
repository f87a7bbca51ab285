import type { Filter } from '#domain/catalog/catalog-query.js';
import { parseCql } from '../cql/parse-cql.js';
import { propertyOf } from '../fes/filter-operands.js';
import { parseFilter } from '../fes/parse-filter.js';
import type { XmlElement } from '../xml/xml-element.js';
import { child, childrenOf, textOf } from '../xml/xml-path.js';
import { invalidValue } from './csw-error.js';
import { CSW_NAMES, findCswQueryable } from './csw-queryables.js';
import type { CswSortKey } from './csw-request.js';

/** The constraint of a Query or Delete, in Filter Encoding or CQL_TEXT; undefined where there is none. Throws InvalidError. */
export function parseConstraint(query: XmlElement): Filter | undefined {
  const constraint = child(query, 'Constraint');
  if (constraint === undefined) return undefined;
  const filter = child(constraint, 'Filter');
  if (filter !== undefined) return parseFilter(filter, CSW_NAMES);
  const cql = textOf(child(constraint, 'CqlText'));
  if (cql !== undefined) return parseCql(cql, CSW_NAMES);
  throw invalidValue('Constraint', 'A Constraint holds a Filter or a CqlText.');
}

/** The sort keys of a Query (`ogc:SortBy`, `fes:SortBy`). Throws InvalidParameterValue for unknown names. */
export function parseSort(query: XmlElement): readonly CswSortKey[] {
  const sortBy = child(query, 'SortBy');
  if (sortBy === undefined) return [];
  return childrenOf(sortBy, 'SortProperty').map((key) => ({
    property: findCswQueryable(propertyOf(key)).name,
    descending: (textOf(child(key, 'SortOrder')) ?? 'ASC').toUpperCase().startsWith('D'),
  }));
}
