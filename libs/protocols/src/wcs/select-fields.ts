import type { CoverageField } from './coverage.js';
import { WcsError } from './wcs-error.js';

/** Indexes of the fields asked for, in their order; `from:to` is an interval (OGC 12-040 §6). Numbers from 1 count too, as WCS 1.0 clients ask. Throws NoSuchField, IllegalFieldSequence. */
export function selectFields(
  fields: readonly CoverageField[],
  asked: readonly string[] | undefined,
): readonly number[] {
  if (asked === undefined || asked.length === 0) return fields.map((_, index) => index);
  if (asked.length > MOST_ITEMS) throw new WcsError('So many fields are not there.', 'NoSuchField', 'rangeSubset');
  return asked.flatMap((item) => {
    const [from = '', to] = item.split(':');
    const first = indexOf(fields, from);
    if (to === undefined) return [first];
    const last = indexOf(fields, to);
    if (last < first) {
      throw new WcsError(`${to} comes before ${from} in the coverage.`, 'IllegalFieldSequence', item.slice(0, 100));
    }
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

const MOST_ITEMS = 64;

function indexOf(fields: readonly CoverageField[], name: string): number {
  const wanted = name.trim();
  const index = fields.findIndex((field) => field.name === wanted);
  if (index >= 0) return index;
  if (/^\d{1,3}$/.test(wanted) && Number(wanted) >= 1 && Number(wanted) <= fields.length) return Number(wanted) - 1;
  throw new WcsError(
    `The coverage has no field ${wanted.slice(0, 100)}; it has ${fields.map((field) => field.name).join(', ')}.`,
    'NoSuchField',
    wanted.slice(0, 100),
  );
}
