import type { BandExpression, BandOperator } from './band-expression.js';
import { bandsOf } from './band-expression.js';
import { BAND_FUNCTIONS } from './band-functions.js';
import { invalid, readBandTokens, type BandToken } from './band-tokens.js';

const MAX_NODES = 300;
const MAX_DEPTH = 64;
const MAX_BANDS = 16;
/** Binary operators from the loosest to the tightest; power stands apart, since it binds to the right. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
];

/**
 * Reads a formula such as `(B08 - B04) / (B08 + B04)` or `SCL == 6 ? 0 : index(B08, B04)`: numbers, band names, `+ - * / ^`, comparisons, `&& || !`,
 * `test ? a : b` and the functions of `band-functions.ts`. Throws InvalidError (subject `expression`) for anything else and for more than 300 parts,
 * 64 levels (a pair of brackets is two) or 16 bands.
 */
export function parseBandExpression(text: string): BandExpression {
  const reader = new Reader(readBandTokens(text));
  const expression = reader.conditional();
  reader.take('end');
  if (bandsOf(expression).length > MAX_BANDS) throw invalid(`The expression reads more than ${MAX_BANDS} bands.`);
  return expression;
}

class Reader {
  #next = 0;
  #nodes = 0;
  #depth = 0;

  constructor(private readonly tokens: readonly BandToken[]) {}

  conditional(): BandExpression {
    if (++this.#depth > MAX_DEPTH) throw invalid(`The expression is nested deeper than ${MAX_DEPTH} levels.`);
    const test = this.#binary(0);
    const result = this.#skip('?') ? this.#node('if', [test, this.conditional(), this.#otherwise()]) : test;
    this.#depth--;
    return result;
  }

  take(what: string): void {
    const token = this.#peek();
    if (what === 'end' ? token.kind === 'end' : this.#skip(what)) return;
    throw unexpected(token);
  }

  #otherwise(): BandExpression {
    this.take(':');
    return this.conditional();
  }

  #binary(level: number): BandExpression {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#signed();
    let left = this.#binary(level + 1);
    for (let token = this.#peek(); operators.includes(token.text); token = this.#peek()) {
      this.#next++;
      left = this.#pair(token.text as BandOperator, left, this.#binary(level + 1));
    }
    return left;
  }

  #signed(): BandExpression {
    if (++this.#depth > MAX_DEPTH) throw invalid(`The expression is nested deeper than ${MAX_DEPTH} levels.`);
    let result: BandExpression;
    if (this.#skip('-')) result = this.#node('neg', [this.#signed()]);
    else if (this.#skip('!')) result = this.#node('not', [this.#signed()]);
    else if (this.#skip('+')) result = this.#signed();
    else result = this.#power();
    this.#depth--;
    return result;
  }

  #power(): BandExpression {
    const base = this.#primary();
    return this.#skip('^') ? this.#pair('^', base, this.#signed()) : base;
  }

  #primary(): BandExpression {
    const token = this.#peek();
    this.#next++;
    if (token.kind === 'number') return this.#count({ kind: 'number', value: Number(token.text) });
    if (token.kind === 'name') {
      return this.#skip('(') ? this.#call(token) : this.#count({ kind: 'band', name: token.text });
    }
    if (token.text !== '(') throw unexpected(token);
    const inner = this.conditional();
    this.take(')');
    return inner;
  }

  #call({ text: name }: BandToken): BandExpression {
    const known = BAND_FUNCTIONS.get(name);
    if (!known) {
      throw invalid(`There is no function ${name.slice(0, 40)}(); there are ${[...BAND_FUNCTIONS.keys()].join(', ')}.`);
    }
    const args = [this.conditional()];
    while (this.#skip(',')) args.push(this.conditional());
    this.take(')');
    if (args.length !== known.arity) throw invalid(`${name}() takes ${known.arity} values, not ${args.length}.`);
    return this.#node(name, args);
  }

  #pair(operator: BandOperator, left: BandExpression, right: BandExpression): BandExpression {
    return this.#count({ kind: 'binary', operator, left, right });
  }

  #node(name: string, args: readonly BandExpression[]): BandExpression {
    return this.#count({ kind: 'call', name, args });
  }

  /** Chains such as a+a+a nest to the left, so that the number of nodes bounds their depth too. */
  #count(expression: BandExpression): BandExpression {
    if (++this.#nodes > MAX_NODES) throw invalid(`The expression has more than ${MAX_NODES} parts.`);
    return expression;
  }

  #peek(): BandToken {
    return this.tokens[this.#next] ?? this.tokens.at(-1)!;
  }

  #skip(text: string): boolean {
    const token = this.#peek();
    const matches = token.kind === 'sign' && token.text === text;
    if (matches) this.#next++;
    return matches;
  }
}

function unexpected({ kind, text, at }: BandToken): Error {
  return invalid(
    kind === 'end'
      ? 'The expression ends too early.'
      : `The expression has "${text.slice(0, 40)}" at character ${at}, where it cannot be.`,
  );
}
