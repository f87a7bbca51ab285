import { InvalidError } from '../errors.js';

/** A word of a band expression and where it begins, counted from 1. */
export interface BandToken {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const MAX_LENGTH = 2000;
const WORD = /\s*(?:((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)|([A-Za-z_]\w*)|([<>=!]=|&&|\|\||[-+*/^<>!?:(),]))/y;

/** Splits a band expression into words. Throws InvalidError for other characters and for more than 2000 of them. */
export function readBandTokens(text: string): readonly BandToken[] {
  if (text.length > MAX_LENGTH) throw invalid(`The expression is longer than ${MAX_LENGTH} characters.`);
  const tokens: BandToken[] = [];
  const whole = text.trimEnd();
  let position = 0;
  while (position < whole.length) {
    WORD.lastIndex = position;
    const match = WORD.exec(whole);
    if (!match) throw invalid(`The expression has something unknown at character ${position + 1}.`);
    position = WORD.lastIndex;
    const [, number, name, sign] = match;
    const word = number ?? name ?? sign ?? '';
    const kind = number === undefined ? (name === undefined ? 'sign' : 'name') : 'number';
    tokens.push({ kind, text: word, at: position - word.length + 1 });
  }
  return [...tokens, { kind: 'end', text: '', at: whole.length + 1 }];
}

/** The error of a band expression, subject `expression`. */
export function invalid(message: string): InvalidError {
  return new InvalidError(message, { subject: 'expression' });
}
