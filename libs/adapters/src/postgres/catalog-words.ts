import { InvalidError } from '#domain/errors.js';

const WORD = /[\p{L}\p{N}]+/gu;
/** The same of ASCII, which nearly all is, in a third of the time. */
const ASCII_WORD = /[a-z0-9]+/g;
const ASCII = /^[\0-\x7f]*$/;
const PREFIXED_WORD = /([\p{L}\p{N}]+)(\*?)/gu;
const MAX_WORDS = 64;

/** The distinct lower-case words of texts, split at everything that is neither letter nor digit; both the index and the search use it, so they always agree. */
export function wordsOf(texts: readonly string[]): readonly string[] {
  const text = texts.join(' ');
  const words = ASCII.test(text)
    ? text.toLowerCase().match(ASCII_WORD)
    : text.normalize('NFKC').toLowerCase().match(WORD);
  // A lexeme of PostgreSQL has at most 2 kB.
  return [...new Set(words ?? [])].map((word) => (word.length > 255 ? word.slice(0, 255) : word)).toSorted();
}

/** Free text as a tsquery: all words, one with a trailing `*` as a prefix. Undefined where it has no word; throws InvalidError for more than 64. */
export function wordsQuery(text: string): string | undefined {
  const found = [...text.normalize('NFKC').toLowerCase().matchAll(PREFIXED_WORD)];
  if (found.length > MAX_WORDS) {
    throw new InvalidError(`The free text has more than ${MAX_WORDS} words.`, { subject: 'text' });
  }
  const terms = found.map(([, word = '', star]) => `'${word.slice(0, 255)}'${star === '*' ? ':*' : ''}`);
  return terms.length === 0 ? undefined : terms.join(' & ');
}
