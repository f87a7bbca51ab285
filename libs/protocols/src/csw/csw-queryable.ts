import type { MetadataRecord } from '../records/metadata-record.js';

/** Which standard names a queryable; each is a constraint of its own in the capabilities. */
export type CswQueryableGroup = 'core' | 'iso' | 'eo' | 'inspire';

/**
 * Something records can be searched by. A Sentinel product is asked by `properties` (of the vocabulary; any of them matching is enough), else by what its
 * collection says of all of its products; a published record by `stored`, the name of an extra property; a series by `values`.
 */
export interface CswQueryable {
  /** As the capabilities name it, e.g. `dc:title`, `apiso:Type`. */
  readonly name: string;
  readonly group: CswQueryableGroup;
  readonly type: 'text' | 'date' | 'number';
  readonly values: (record: MetadataRecord) => string | number | readonly string[] | undefined;
  readonly properties?: readonly string[];
  readonly stored?: string;
  /** Other local names, lower case. */
  readonly aliases?: readonly string[];
  /** Values of the vocabulary differ in case from those of the standards. */
  readonly caseInsensitive?: boolean;
}

/** Makes one queryable. */
export function queryable(
  name: string,
  values: CswQueryable['values'],
  more: Partial<Omit<CswQueryable, 'name' | 'values'>> = {},
): CswQueryable {
  return { group: 'core', type: 'text', ...more, name, values };
}

/** A property of the vocabulary as records have it: text, or a number. */
export function valueOf(name: string): CswQueryable['values'] {
  return ({ properties }) => {
    const value = properties[name];
    if (value === undefined || typeof value === 'string' || typeof value === 'number') return value;
    if (value instanceof Date) return value.toISOString();
    return Array.isArray(value) ? value.map(String) : String(value);
  };
}
