import type { SortKey } from '#domain/catalog/catalog-query.js';
import { queryablesOf } from '#domain/catalog/queryables.js';
import { InvalidError } from '#domain/errors.js';

const QUERYABLES = queryablesOf('stac');

/** The vocabulary's name of a STAC property, with or without `properties.` before it. Throws InvalidError for unknown ones. */
export function queryableName(field: string): string {
  const property = field.replace(/^properties\./, '');
  const name = property === 'datetime' ? 'acquiredFrom' : QUERYABLES.get(property)?.name;
  if (name === undefined) throw new InvalidError(`"${field}" is not a property to sort by`, { subject: 'sortby' });
  return name;
}

/** `sortby` of a GET: `+a,-b`; a `+` sent unencoded arrives as a blank (STAC API Sort extension). Throws InvalidError. */
export function parseSortby(text: string): readonly SortKey[] {
  return text.split(',').map((part) => {
    const [, sign, field = ''] = /^([ +-]?)(.*)$/.exec(part) ?? [];
    return { property: queryableName(field), direction: sign === '-' ? 'desc' : 'asc' };
  });
}
