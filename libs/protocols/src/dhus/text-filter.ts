import type { Filter } from '#domain/catalog/catalog-query.js';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { storedSpellings } from './dhus-spelling.js';
import type { QueryValue } from './query-expression.js';
import type { QueryField } from './query-fields.js';
import { escapeLike, regexToLike, wildcardToLike } from './text-pattern.js';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Queryables whose values the catalogue keeps in lower case. */
const LOWER_CASE = new Set(['constellation', 'platform', 'instrument', 'orbitDirection', 'collection']);

type TextValue = Exclude<QueryValue, { kind: 'range' }>;

/** A text field equal to a value as DHuS spells it, or like a pattern. Throws InvalidError for a regular expression that is not supported. */
export function textFilter({ property }: QueryField, value: TextValue): Filter {
  switch (value.kind) {
    case 'text':
      return equals(property, value.text);
    case 'wildcard':
      return likeAny(property, [wildcardToLike(value.pattern)]);
    case 'regex':
      return likeAny(property, regexToLike(value.source));
  }
}

/** A text field between two values, by the order of characters. */
export function textRange({ property }: QueryField, range: Extract<QueryValue, { kind: 'range' }>): Filter {
  const { lower, upper } = range;
  const stored = (text: string): string => storedSpellings(property, text)[0] ?? text;
  const args: Filter[] = [];
  if (lower.text !== undefined) args.push({ op: lower.inclusive ? 'ge' : 'gt', property, value: stored(lower.text) });
  if (upper.text !== undefined) args.push({ op: upper.inclusive ? 'le' : 'lt', property, value: stored(upper.text) });
  return { op: 'and', args };
}

function equals(property: string, text: string): Filter {
  switch (property) {
    case 'uuid':
      return UUID.test(text) ? { op: 'eq', property, value: text } : { op: 'constant', value: false };
    case 'polarisations':
      return { op: 'and', args: wordsOf(text).map((value): Filter => ({ op: 'eq', property, value })) };
    case 'swath':
      return holdsWord(property, text);
    case 'productType':
      return productType(text);
    case 'platform':
      return /^[a-d]$/i.test(text)
        ? { op: 'like', property, pattern: `sentinel-_${text.toLowerCase()}` }
        : oneOf(property, storedSpellings(property, text));
    case 'collection':
      return oneOf(property, [collectionId(text)]);
    default:
      return oneOf(property, storedSpellings(property, text));
  }
}

function oneOf(property: string, values: readonly string[]): Filter {
  const [first] = values;
  return values.length === 1 && first !== undefined
    ? { op: 'eq', property, value: first }
    : { op: 'in', property, values };
}

/** `GRD` is a type of DHuS and a collection here, whose products have types such as `IW_GRDH_1S`. */
function productType(text: string): Filter {
  const exact: Filter = { op: 'eq', property: 'productType', value: text };
  const [, type] = /^(RAW|SLC|GRD|OCN)$/i.exec(text) ?? [];
  if (type === undefined) return exact;
  return { op: 'or', args: [{ op: 'eq', property: 'collection', value: `sentinel-1-${type.toLowerCase()}` }, exact] };
}

/** Several swaths are kept as one text, `IW1 IW2 IW3`. */
function holdsWord(property: string, text: string): Filter {
  const word = escapeLike(text);
  const patterns = [`${word} %`, `% ${word}`, `% ${word} %`];
  const args: readonly Filter[] = patterns.map((pattern) => ({ op: 'like', property, pattern }));
  return { op: 'or', args: [{ op: 'eq', property, value: text }, ...args] };
}

function wordsOf(text: string): readonly string[] {
  return text
    .toUpperCase()
    .split(/[\s,/+]+/)
    .filter((word) => word !== '');
}

function collectionId(text: string): string {
  const known = SENTINEL_COLLECTIONS.find(({ shortName }) => shortName.toLowerCase() === text.toLowerCase());
  return known?.id ?? text.toLowerCase();
}

function likeAny(property: string, patterns: readonly string[]): Filter {
  const args = patterns.map((pattern): Filter => ({ op: 'like', property, pattern: storedPattern(property, pattern) }));
  const [first] = args;
  return args.length === 1 && first !== undefined ? first : { op: 'or', args };
}

function storedPattern(property: string, pattern: string): string {
  if (property === 'id') return pattern.replace(/\.(?:SAFE|SEN3|zip|nc)$/i, '');
  if (property === 'processingLevel') return pattern.replace(/^Level-?/i, 'L');
  if (property === 'uuid') return pattern.toLowerCase();
  return LOWER_CASE.has(property) ? pattern.toLowerCase() : pattern;
}
