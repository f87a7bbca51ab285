import type { SortKey } from '#domain/catalog/catalog-query.js';
import { findQueryable } from '#domain/catalog/queryables.js';
import { valuesOf } from '#protocols/csw/compile-constraint.js';
import type { CswSortKey } from '#protocols/csw/csw-request.js';
import { cswQueryable } from '#protocols/csw/csw-queryables.js';
import type { MetadataRecord } from '#protocols/records/metadata-record.js';

/** Records held in memory in the order asked for, absent values last; else by identifier. */
export function sortRecords(
  records: readonly MetadataRecord[],
  keys: readonly CswSortKey[],
): readonly MetadataRecord[] {
  const orders = [...keys, { property: 'dc:identifier', descending: false }];
  return records.toSorted((one, other) => {
    for (const { property, descending } of orders) {
      const order = compare(firstValue(one, property), firstValue(other, property), descending);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** The same keys for products: those the vocabulary has; what all products of a collection say does not order them. */
export function productSort(keys: readonly CswSortKey[]): readonly SortKey[] {
  return keys.flatMap(({ property, descending }) => {
    const [name] = cswQueryable(property)?.properties ?? [];
    const sortable = name !== undefined && findQueryable(name)?.type !== 'strings';
    return sortable ? [{ property: name, direction: descending ? 'desc' : 'asc' } as const] : [];
  });
}

function firstValue(record: MetadataRecord, property: string): string | number | undefined {
  const queryable = cswQueryable(property);
  const [value] = queryable === undefined ? [] : valuesOf(record, queryable);
  return typeof value === 'number' ? value : value === undefined ? undefined : String(value);
}

function compare(one: string | number | undefined, other: string | number | undefined, descending: boolean): number {
  if (one === other) return 0;
  if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
  return one < other === descending ? 1 : -1;
}
