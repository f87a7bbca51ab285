import { InvalidError } from '#domain/errors.js';
import type { SortKey } from '#domain/catalog/catalog-query.js';
import { catalogColumn, extraName, type CatalogColumn } from './catalog-columns.js';

/** A column results are ordered by; absent values come last, whatever the direction. */
export interface OrderKey {
  readonly column: CatalogColumn;
  readonly descending: boolean;
}

/**
 * The total order of a query: its keys (default: acquisition begin, newest first), then acquisition begin, collection and id in the direction of the first,
 * so that one index serves both directions and no two products tie. Throws InvalidError naming a property that cannot be sorted by.
 */
export function totalOrder(sort: readonly SortKey[] = []): readonly OrderKey[] {
  const [first = { property: 'acquiredFrom', direction: 'desc' as const }, ...rest] = sort;
  const ties = ['acquiredFrom', 'collection', 'id'].map((property) => ({ property, direction: first.direction }));
  const keys = new Map<string, OrderKey>();
  for (const { property, direction } of [first, ...rest, ...ties]) {
    if (!keys.has(property)) keys.set(property, { column: sortable(property), descending: direction === 'desc' });
  }
  return [...keys.values()];
}

function sortable(property: string): CatalogColumn {
  if (extraName(property) !== undefined) {
    throw new InvalidError(`Products cannot be sorted by ${property}, which is outside the vocabulary.`, {
      subject: property,
    });
  }
  return catalogColumn(property);
}
