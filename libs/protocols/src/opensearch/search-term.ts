import { InvalidError } from '#domain/errors.js';

/** A bound of a range; `inclusive` where the bracket takes the value in. */
export interface TermBound {
  readonly value: string;
  readonly inclusive: boolean;
}

/** The value of an EO parameter: any of some values, or a range open at one end at most. */
export type SearchTerm =
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'range'; readonly lower?: TermBound; readonly upper?: TermBound };

/**
 * The value syntax of OGC 13-026r9 §7.3 (table 5): `a`, `{a,b}`, `[a,b]`, `]a,b[`, `[a`, `]a`, `b]`, `b[`; blanks around values are
 * taken off. Throws InvalidError where nothing is given or more than two bounds.
 */
export function parseSearchTerm(text: string): SearchTerm {
  const trimmed = text.trim();
  const set = /^\{(.*)\}$/s.exec(trimmed)?.[1];
  if (set !== undefined) return { kind: 'values', values: parts(set) };
  const [, before = '', body = '', after = ''] = /^([[\]]?)([^[\]]*)([[\]]?)$/.exec(trimmed) ?? [];
  if (body.trim() === '') throw new InvalidError(`"${text}" is neither a value nor a range such as [0,20]`);
  if (before === '' && after === '') return { kind: 'values', values: [trimmed] };
  return {
    kind: 'range',
    ...bounds(
      before,
      after,
      body.split(',').map((part) => part.trim()),
    ),
  };
}

function bounds(
  before: string,
  after: string,
  values: readonly string[],
): { readonly lower?: TermBound; readonly upper?: TermBound } {
  const [lower, upper] = values.length > 2 ? NEITHER : ends(before, after, values);
  if (lower === '' && upper === '') {
    throw new InvalidError(`"${values.join(',')}" is not a range: give [a,b], ]a,b[, [a or b]`);
  }
  return {
    ...(lower === '' ? {} : { lower: { value: lower, inclusive: before === '[' } }),
    ...(upper === '' ? {} : { upper: { value: upper, inclusive: after !== '[' } }),
  };
}

const NEITHER = ['', ''] as const;

/** Of one value, `[a` and `]a` have the lower end only, `b]` and `b[` the upper one, `[a]` both. */
function ends(before: string, after: string, [first = '', second]: readonly string[]): readonly [string, string] {
  if (second === undefined) return [before === '' ? '' : first, after === '' ? '' : first];
  return before === '' && first !== '' ? NEITHER : [first, second];
}

function parts(text: string): readonly string[] {
  const values = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (values.length === 0) throw new InvalidError('{} holds no value');
  return values;
}
