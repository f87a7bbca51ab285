import { z } from 'zod';
import type { SortKey } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { checked } from '../checked.js';
import { declaredName } from './stac-names.js';

/** The vocabulary's name of a STAC property, with or without `properties.` before it. Throws InvalidError for unknown ones. */
export function queryableName(field: string): string {
  const name = declaredName(field.replace(/^properties\./, ''));
  if (name === undefined || name.type === 'geometry') {
    throw new InvalidError(`"${field}" is not a property to sort by`, { subject: 'sortby' });
  }
  return name.property;
}

/** A field to sort by, whatever it is of. */
export interface SortField {
  readonly field: string;
  readonly descending: boolean;
}

/** `sortby` of a GET: `+a,-b`; a `+` sent unencoded arrives as a blank (STAC API Sort extension). */
export function parseSortText(text: string): readonly SortField[] {
  return text.split(',').map((part) => {
    const [, sign, field = ''] = /^([ +-]?)(.*)$/s.exec(part) ?? [];
    return { field, descending: sign === '-' };
  });
}

/** The same of items. Throws InvalidError. */
export function parseSortby(text: string): readonly SortKey[] {
  return parseSortText(text).map(({ field, descending }) => ({
    property: queryableName(field),
    direction: descending ? 'desc' : 'asc',
  }));
}

const key = z.object({
  field: z.string(),
  direction: z
    .enum(['asc', 'desc', 'dsc', 'ASC', 'DESC'])
    .default('asc')
    .describe('`dsc` is what clients of GEODES send.'),
});

/** `sortby` of a POST: objects, and, as some clients send it, the text of a GET or a list of such. */
export const sortbyBody = z
  .union([z.string(), z.array(z.union([key, z.string()]))])
  .transform(checked(readKeys))
  .optional();

function readKeys(given: string | readonly (string | z.output<typeof key>)[]): readonly SortKey[] {
  if (typeof given === 'string') return parseSortby(given);
  return given.flatMap((each): readonly SortKey[] => {
    if (typeof each === 'string') return parseSortby(each);
    return [{ property: queryableName(each.field), direction: /^a/i.test(each.direction) ? 'asc' : 'desc' }];
  });
}
