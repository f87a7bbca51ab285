import type { Filter, Literal } from '#domain/catalog/catalog-query.js';
import { compileLatest } from '#domain/catalog/latest.js';
import { findQueryable } from '#domain/catalog/queryables.js';
import { InvalidError } from '#domain/errors.js';
import { FALSE, TRUE } from '../odata/combine-filters.js';
import { parseByteSize, sizesOfUnit, sizesWrittenAs, type ByteInterval } from './byte-size.js';
import { parseDateMath } from './date-math.js';
import { parseFootprintFunction } from './footprint-function.js';
import type { QueryBound, QueryValue } from './query-expression.js';
import type { FieldKind, QueryField } from './query-fields.js';
import { textFilter, textRange } from './text-filter.js';
import { wordsFilter } from './words-filter.js';

/** Core queryables that may be absent. */
const OPTIONAL_CORE = new Set(['size']);

/** The condition `field:value`. Throws InvalidError where the value does not fit the field. */
export function fieldFilter(field: QueryField, value: QueryValue, now: Date): Filter {
  if (isPresence(value)) return presence(field);
  return READERS[field.kind](field, value, now);
}

type Reader = (field: QueryField, value: QueryValue, now: Date) => Filter;

const READERS: Readonly<Record<FieldKind, Reader>> = {
  text: (field, value) => (value.kind === 'range' ? textRange(field, value) : textFilter(field, value)),
  words: (field, value) => (value.kind === 'range' ? unfit(field, value) : wordsFilter(value)),
  footprint: (field, value) => (value.kind === 'text' ? parseFootprintFunction(value.text) : unfit(field, value)),
  /** Nothing is made on demand here. */
  onDemand: (_field, value) => (value.kind === 'text' && value.text.toLowerCase() === 'false' ? TRUE : FALSE),
  latest: (field, value) =>
    value.kind === 'text' ? compileLatest({ op: 'eq', property: field.name, value: value.text }) : unfit(field, value),
  date: dateFilter,
  number: numberFilter,
  size: sizeFilter,
};

/** `field:*` and `field:[* TO *]`. */
function isPresence(value: QueryValue): boolean {
  if (value.kind === 'range') return value.lower.text === undefined && value.upper.text === undefined;
  return value.kind === 'wildcard' && value.pattern === '*';
}

function presence({ property }: QueryField): Filter {
  const queryable = findQueryable(property);
  if (queryable === undefined || (queryable.core && !OPTIONAL_CORE.has(property))) return TRUE;
  return { op: 'not', arg: { op: 'isNull', property } };
}

function dateFilter(field: QueryField, value: QueryValue, now: Date): Filter {
  const { property } = field;
  if (value.kind === 'text') {
    const { start, end } = parseDateMath(value.text.trim(), now);
    if (start.getTime() === end.getTime()) return { op: 'eq', property, value: start };
    return { op: 'between', property, lower: start, upper: end };
  }
  if (value.kind !== 'range') return unfit(field, value);
  // A bare date as a bound is its whole day: from its begin, to its end, after its end, before its begin.
  const at = (bound: QueryBound, isLower: boolean): Date | undefined => {
    if (bound.text === undefined) return undefined;
    const { start, end } = parseDateMath(bound.text.trim(), now);
    return isLower === bound.inclusive ? start : end;
  };
  return between(property, value, { lower: at(value.lower, true), upper: at(value.upper, false) });
}

function numberFilter(field: QueryField, value: QueryValue): Filter {
  const { property } = field;
  if (value.kind === 'text') return { op: 'eq', property, value: numberOf(value.text) };
  if (value.kind !== 'range') return unfit(field, value);
  const at = ({ text }: QueryBound): number | undefined => (text === undefined ? undefined : numberOf(text));
  return between(property, value, { lower: at(value.lower), upper: at(value.upper) });
}

function numberOf(text: string): number {
  const number = /^\s*[+-]?(?:\d{1,18}\.?\d{0,18}|\.\d{1,18})(?:e[+-]?\d{1,2})?\s*$/i.test(text) ? Number(text) : NaN;
  if (Number.isFinite(number)) return number;
  throw new InvalidError(`Invalid Number: ${text.slice(0, 100)}`, { subject: 'q' });
}

/** DHuS keeps the size as text; here it is compared by bytes, so that ranges and orders mean what they say. */
function sizeFilter(field: QueryField, value: QueryValue): Filter {
  const { property } = field;
  switch (value.kind) {
    case 'text':
      return within(property, sizesWrittenAs(value.text) ?? unfit(field, value));
    case 'wildcard':
      return within(property, sizesOfUnit(value.pattern.replaceAll('\\', '')) ?? unfit(field, value));
    case 'regex':
      return within(property, sizesOfUnit(value.source) ?? unfit(field, value));
    case 'range': {
      const at = ({ text }: QueryBound): number | undefined =>
        text === undefined ? undefined : (parseByteSize(text) ?? unfit(field, value));
      return between(property, value, { lower: at(value.lower), upper: at(value.upper) });
    }
  }
}

function within(property: string, { from, before }: ByteInterval): Filter {
  return {
    op: 'and',
    args: [
      { op: 'ge', property, value: from },
      { op: 'lt', property, value: before },
    ],
  };
}

function between(
  property: string,
  range: Extract<QueryValue, { kind: 'range' }>,
  { lower, upper }: { readonly lower: Literal | undefined; readonly upper: Literal | undefined },
): Filter {
  const args: Filter[] = [];
  if (lower !== undefined) args.push({ op: range.lower.inclusive ? 'ge' : 'gt', property, value: lower });
  if (upper !== undefined) args.push({ op: range.upper.inclusive ? 'le' : 'lt', property, value: upper });
  const [first] = args;
  return args.length === 1 && first !== undefined ? first : { op: 'and', args };
}

function unfit({ name, kind }: QueryField, value: QueryValue): never {
  throw new InvalidError(`The field ${name} (${kind}) cannot be searched by a ${value.kind} such as this.`, {
    subject: name,
  });
}
