import type { ColourClass, ColourRamp } from './colour-ramp.js';
import { bandsOf, partsOf } from './band-expression.js';
import { parseBandExpression } from './parse-band-expression.js';

/** What values become: band expressions for colours of 0 to 1, or one value through a ramp or classes. */
export type Colouring =
  | { readonly kind: 'rgb'; readonly red: string; readonly green: string; readonly blue: string }
  | { readonly kind: 'grey'; readonly value: string }
  | { readonly kind: 'ramp'; readonly value: string; readonly ramp: ColourRamp; readonly unit?: string }
  | { readonly kind: 'classes'; readonly value: string; readonly classes: readonly ColourClass[] };

/** How bands become a picture; the expressions are those of `parse-band-expression.ts`. */
export interface Formula {
  /** Values with a name, each able to use the ones before. */
  readonly variables?: readonly { readonly name: string; readonly value: string }[];
  readonly colouring: Colouring;
  /** A pixel is drawn only where this is neither 0 nor absent, e.g. where there is no cloud. */
  readonly visible?: string;
}

/** The expressions of a colouring: three, or one. */
export function channelsOf(colouring: Colouring): readonly string[] {
  return colouring.kind === 'rgb' ? [colouring.red, colouring.green, colouring.blue] : [colouring.value];
}

/** Asked of every product that may be drawn, and always the same of the same definition. */
const BANDS = new WeakMap<Formula, readonly string[]>();

/** The bands a formula needs, each once. Throws InvalidError (subject `expression`) for expressions that cannot be read. */
export function bandsOfFormula(formula: Formula): readonly string[] {
  const bands = BANDS.get(formula) ?? readBands(formula);
  BANDS.set(formula, bands);
  return bands;
}

function readBands(formula: Formula): readonly string[] {
  const names = new Set(textsOf(formula).flatMap((text) => bandsOf(parseBandExpression(text))));
  for (const { name } of formula.variables ?? []) names.delete(name);
  return [...names];
}

/** Operators, functions, numbers and band names of a formula, which is what a pixel of it costs. Throws as `bandsOfFormula` does. */
export function partsOfFormula(formula: Formula): number {
  return textsOf(formula).reduce((sum, text) => sum + partsOf(parseBandExpression(text)), 0);
}

function textsOf({ variables = [], colouring, visible }: Formula): readonly string[] {
  return [...variables.map(({ value }) => value), ...channelsOf(colouring), ...(visible ? [visible] : [])];
}
