import { InvalidError } from '../errors.js';
import type { BandExpression, BandOperator } from './band-expression.js';
import { BAND_FUNCTIONS } from './band-functions.js';

/** Computes `count` values of a row; what it gives back is valid until it runs again. */
export type RowKernel = (count: number) => Float64Array;

type Loop = (left: Float64Array, right: Float64Array, to: Float64Array, count: number) => void;

const LOOPS: Readonly<Record<BandOperator, Loop>> = {
  '+': loop((a, b) => a + b),
  '-': loop((a, b) => a - b),
  '*': loop((a, b) => a * b),
  '/': loop((a, b) => a / b),
  '^': loop((a, b) => a ** b),
  '<': compare((a, b) => a < b),
  '<=': compare((a, b) => a <= b),
  '>': compare((a, b) => a > b),
  '>=': compare((a, b) => a >= b),
  '==': compare((a, b) => a === b),
  '!=': compare((a, b) => a !== b),
  '&&': compare((a, b) => a !== 0 && b !== 0),
  '||': compare((a, b) => a !== 0 || b !== 0),
};

/**
 * Makes a row kernel of an expression: one typed-array pass per node, nothing interpreted per pixel. `rows` are the buffers the bands' values are put into
 * before it runs. Throws InvalidError (subject `expression`) for names without a row.
 */
export function compileBandExpression(
  expression: BandExpression,
  rows: ReadonlyMap<string, Float64Array>,
  width: number,
): RowKernel {
  switch (expression.kind) {
    case 'number': {
      const constant = new Float64Array(width).fill(expression.value);
      return () => constant;
    }
    case 'band': {
      const row = rows.get(expression.name);
      if (row) return () => row;
      throw new InvalidError(
        `There is no band ${expression.name.slice(0, 40)}; there are ${[...rows.keys()].join(', ')}.`,
        {
          subject: 'expression',
        },
      );
    }
    case 'binary': {
      const left = compileBandExpression(expression.left, rows, width);
      const right = compileBandExpression(expression.right, rows, width);
      const run = LOOPS[expression.operator];
      const to = new Float64Array(width);
      return (count) => (run(left(count), right(count), to, count), to);
    }
    case 'call':
      return compileCall(
        expression.name,
        expression.args.map((arg) => compileBandExpression(arg, rows, width)),
        width,
      );
  }
}

function compileCall(name: string, args: readonly RowKernel[], width: number): RowKernel {
  const { evaluate } = BAND_FUNCTIONS.get(name)!;
  const to = new Float64Array(width);
  const nothing = new Float64Array(width);
  return (count) => {
    const [a, b = nothing, c = nothing, d = nothing] = args.map((arg) => arg(count));
    for (let i = 0; i < count; i++) to[i] = evaluate(a![i]!, b[i]!, c[i]!, d[i]!);
    return to;
  };
}

function loop(evaluate: (a: number, b: number) => number): Loop {
  return (left, right, to, count) => {
    for (let i = 0; i < count; i++) to[i] = evaluate(left[i]!, right[i]!);
  };
}

function compare(holds: (a: number, b: number) => boolean): Loop {
  return loop((a, b) => (a !== a || b !== b ? NaN : holds(a, b) ? 1 : 0));
}
