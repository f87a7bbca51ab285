/** Steps from one pixel to the next that are told apart, and how many tables that makes. */
const STEPS = 512;
export const PLACES = STEPS + 1;
/** Pixels across that are weighed at once. */
export const LANES = 4;
/** Weights of bytes add up to this. */
export const UNIT = 1024;

/** Pixels a tent of a radius weighs along an axis. */
export function tapsOf(radius: number): number {
  return Math.ceil(2 * radius);
}

/** Weights of the pixels along an axis for a tent whose lower end lies `place` 512ths of a pixel before the middle of the first one; they add up to 1. */
export function tentWeights(radius: number, place: number): readonly number[] {
  const weights = Array.from({ length: tapsOf(radius) }, (_, tap) =>
    Math.max(0, radius - Math.abs(tap + place / STEPS - radius)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** The same in whole 1024ths that add up to 1024: what rounding leaves goes to the largest. */
export function wholeWeights(radius: number, place: number): readonly number[] {
  const weights = tentWeights(radius, place).map((weight) => Math.round(weight * UNIT));
  const largest = weights.indexOf(Math.max(...weights));
  weights[largest]! += UNIT - weights.reduce((total, weight) => total + weight, 0);
  return weights;
}
