import type { Filter } from '#domain/catalog/catalog-query.js';
import { compileLatest } from '#domain/catalog/latest.js';
import type { QueryableType } from '#domain/catalog/queryable.js';
import { InvalidError } from '#domain/errors.js';
import { FALSE, noneOf, TRUE } from './combine-filters.js';
import type { ODataComparison, ODataLiteral } from './odata-expression.js';
import { parseODataInstant } from './odata-time.js';

/** A literal other than null. */
export type ODataValue = Exclude<ODataLiteral, { readonly type: 'null' }>;

/** How a text function looks for its text. */
export type TextMatch = 'contains' | 'startswith' | 'endswith';

/** Something an expression can speak of, and the conditions that makes. `folds`: `tolower` or `toupper` was around it. */
export interface SearchableField {
  compare(op: ODataComparison, value: ODataValue, folds: boolean): Filter;
  matches(how: TextMatch, text: string, folds: boolean): Filter;
  readonly isNull: Filter;
  /** Property to order by; absent where there is none. */
  readonly sortBy?: string;
}

/** A property of the catalogue, compared as its type. */
export function propertyField(property: string, type: QueryableType): SearchableField {
  return {
    isNull: { op: 'isNull', property },
    sortBy: property,
    compare: (op, value, folds) =>
      type === 'date'
        ? compareInstant(property, op, value)
        : { op, property, value: plainValue(value), ...(folds ? { caseInsensitive: true } : {}) },
    matches: (how, text, folds) => like(property, { how, text, folds }),
  };
}

/** A property whose texts the catalogue spells another way: `stored` turns what a client says into that. */
export function spelledField(property: string, stored: (text: string) => string): SearchableField {
  return {
    isNull: { op: 'isNull', property },
    sortBy: property,
    compare: (op, value) => ({ op, property, value: stored(String(value.value)) }),
    matches: (how, text) => like(property, { how, text, folds: true }),
  };
}

/** `Latest`: true for the latest processing of each scene. Compared with anything but true and false it throws InvalidError. */
export function latestField(): SearchableField {
  const property = 'Latest';
  return {
    isNull: FALSE,
    compare: (op, value) => compileLatest({ op, property, value: value.value }),
    matches: () => FALSE,
  };
}

/** What every product has the same of, e.g. a content type. */
export function constantField(constant: string): SearchableField {
  const decided = (value: boolean): Filter => (value ? TRUE : FALSE);
  const fold = (text: string, folds: boolean): string => (folds ? text.toLowerCase() : text);
  return {
    isNull: FALSE,
    compare: (op, value, folds) => decided(holds(op, fold(constant, folds), fold(String(value.value), folds))),
    matches: (how, text, folds) => decided(TEXT_TESTS[how](fold(constant, folds), fold(text, folds))),
  };
}

/** A property outside the vocabulary: a number may be kept as text, and text be asked for as a number. */
export function extraField(name: string): SearchableField {
  const property = `extra:${name}`;
  const compare = (op: ODataComparison, value: ODataValue): Filter => {
    if (value.type === 'date') return compareInstant(property, op, value);
    if (op === 'ne') return noneOf(compare('eq', value));
    const given = plainValue(value);
    const other = typeof given === 'number' ? String(given) : asNumber(given);
    if (other === undefined) return { op, property, value: given };
    return { op: 'or', args: [given, other].map((each) => ({ op, property, value: each })) };
  };
  return {
    isNull: { op: 'isNull', property },
    compare,
    matches: (how, text, folds) => like(property, { how, text, folds }),
  };
}

/** The text tests on plain text. */
export const TEXT_TESTS: Readonly<Record<TextMatch, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};

/** Whether `left op right` holds, as text by code unit. */
export function holds(op: ODataComparison, left: string, right: string): boolean {
  switch (op) {
    case 'eq':
      return left === right;
    case 'ne':
      return left !== right;
    case 'gt':
      return left > right;
    case 'ge':
      return left >= right;
    case 'lt':
      return left < right;
    case 'le':
      return left <= right;
  }
}

/** A pattern that finds the text itself, whatever signs are in it. */
export function like(
  property: string,
  { how, text, folds }: { readonly how: TextMatch; readonly text: string; readonly folds: boolean },
): Filter {
  const literal = text.replaceAll(/[\\%_]/g, '\\$&');
  const pattern = `${how === 'startswith' ? '' : '%'}${literal}${how === 'endswith' ? '' : '%'}`;
  return { op: 'like', property, pattern, ...(folds ? { caseInsensitive: true } : {}) };
}

/** Products have milliseconds: a finer bound lies between two of them. */
function compareInstant(property: string, op: ODataComparison, value: ODataValue): Filter {
  if (value.type !== 'date' && value.type !== 'string') {
    throw new InvalidError(`${property} is compared with ${String(value.value).slice(0, 60)}, which is no date.`, {
      subject: property,
    });
  }
  const { date, isBetween } = parseODataInstant(value.value);
  if (!isBetween) return { op, property, value: date };
  switch (op) {
    case 'eq':
      return FALSE;
    case 'ne':
      return TRUE;
    case 'gt':
    case 'ge':
      return { op: 'gt', property, value: date };
    case 'lt':
    case 'le':
      return { op: 'le', property, value: date };
  }
}

function plainValue(value: ODataValue): string | number | boolean {
  return value.value;
}

function asNumber(value: string | boolean): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}
