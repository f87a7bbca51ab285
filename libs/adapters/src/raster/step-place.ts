/** A place among ascending steps: the cell it lies in, and how far. */
export interface StepPlace {
  readonly cell: number;
  readonly share: number;
}

/** Where a position lies among two steps or more; past the ends the last cell goes on. */
export function placeAmong(steps: readonly number[], at: number): StepPlace {
  const after = steps.findIndex((step) => step > at);
  const cell = after < 0 ? steps.length - 2 : Math.max(0, after - 1);
  return { cell, share: (at - steps[cell]!) / (steps[cell + 1]! - steps[cell]!) };
}
