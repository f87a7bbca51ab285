/** A function of band expressions; all arguments are numbers. */
export interface BandFunction {
  readonly arity: number;
  readonly evaluate: (a: number, b: number, c: number, d: number) => number;
}

const clip = (value: number): number => Math.min(1, Math.max(0, value));

/** Compresses bright reflectance: of `x` up to `max`, `mid` becomes a little over half bright; then a gamma with the offset 0.01, so that dark places are not crushed. */
function tone(x: number, max: number, mid: number, gamma: number): number {
  const a = clip(x / max);
  const m = mid / max;
  const adjusted = (a * (a * m - 1)) / (a * (2 * m - 1) - m);
  const base = 0.01 ** gamma;
  return ((adjusted + 0.01) ** gamma - base) / (1.01 ** gamma - base);
}

function one(evaluate: (a: number) => number): BandFunction {
  return { arity: 1, evaluate };
}

function two(evaluate: (a: number, b: number) => number): BandFunction {
  return { arity: 2, evaluate };
}

/** Every function a band expression may call. */
export const BAND_FUNCTIONS: ReadonlyMap<string, BandFunction> = new Map([
  ['abs', one(Math.abs)],
  ['sqrt', one(Math.sqrt)],
  ['cbrt', one(Math.cbrt)],
  ['exp', one(Math.exp)],
  ['ln', one(Math.log)],
  ['log10', one(Math.log10)],
  ['floor', one(Math.floor)],
  ['round', one(Math.round)],
  ['not', one((a) => (Number.isNaN(a) ? NaN : Number(a === 0)))],
  ['neg', one((a) => -a)],
  /** 10 log10 of a power. */
  ['db', one((a) => 10 * Math.log10(a))],
  /** sRGB transfer of linear light (IEC 61966-2-1). */
  ['srgb', one((a) => (a <= 0.003_130_8 ? 12.92 * a : 1.055 * a ** 0.416_67 - 0.055))],
  ['min', two(Math.min)],
  ['max', two(Math.max)],
  /** Normalised difference; 0 where the sum is 0. */
  ['index', two((a, b) => (a + b === 0 ? 0 : (a - b) / (a + b)))],
  ['clamp', { arity: 3, evaluate: (x, low, high) => Math.min(high, Math.max(low, x)) }],
  ['stretch', { arity: 3, evaluate: (x, low, high) => (x - low) / (high - low) }],
  ['if', { arity: 3, evaluate: (test, yes, no) => (Number.isNaN(test) ? NaN : test === 0 ? no : yes) }],
  ['tone', { arity: 4, evaluate: tone }],
]);
