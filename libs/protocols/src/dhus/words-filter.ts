import type { Filter } from '#domain/catalog/catalog-query.js';
import { storedSpellings } from './dhus-spelling.js';
import type { QueryValue } from './query-expression.js';
import { regexToLike, wildcardToLike } from './text-pattern.js';

/** A name such as `S1A_IW_GRDH_1SDV_20240301T061500_…`. */
const PRODUCT_NAME = /^S[1-6][A-Z_]_[\w.-]{20,200}$/;

/** A word, phrase or pattern without a field: a product by its name, else free text. A regular expression is tried on the name. Throws InvalidError. */
export function wordsFilter(value: Exclude<QueryValue, { kind: 'range' }>): Filter {
  switch (value.kind) {
    case 'text': {
      const [name = ''] = storedSpellings('id', value.text);
      return PRODUCT_NAME.test(name) ? { op: 'eq', property: 'id', value: name } : freeText(value.text);
    }
    case 'wildcard':
      return /^[^*?\\]+\*$/.test(value.pattern)
        ? freeText(value.pattern)
        : { op: 'like', property: 'id', pattern: wildcardToLike(value.pattern) };
    case 'regex':
      return { op: 'or', args: regexToLike(value.source).map((pattern) => ({ op: 'like', property: 'id', pattern })) };
  }
}

/** Each word once: repeated ones change nothing. */
function freeText(text: string): Filter {
  const words = [...new Set(text.match(/[\p{L}\p{N}]+\*?/gu))];
  return words.length === 0 ? { op: 'constant', value: true } : { op: 'text', text: words.join(' ') };
}
