import { InvalidError } from '#domain/errors.js';
import { colourAt, type ColourRamp } from '#domain/view/colour-ramp.js';
import { compileBandExpression, type RowKernel } from '#domain/view/compile-band-expression.js';
import { channelsOf, type Colouring, type Formula } from '#domain/view/formula.js';
import { parseBandExpression } from '#domain/view/parse-band-expression.js';

/** Colours of one row, three bytes a pixel, and which pixels are drawn at all. */
export interface PaintedRow {
  readonly colours: Uint8ClampedArray;
  readonly visible: Uint8Array;
}

/** Computes the colours of the first `count` pixels of the rows it was made over. */
export type FormulaPainter = (count: number) => PaintedRow;

type Colour = (channels: readonly Float64Array[], count: number, row: PaintedRow) => void;

const RAMP_STEPS = 2048;

/** Compiles a formula over rows of its bands' values. Throws InvalidError (subject `expression`) for what cannot be computed from them. */
export function compileFormula(
  formula: Formula,
  bands: ReadonlyMap<string, Float64Array>,
  width: number,
): FormulaPainter {
  const rows = new Map(bands);
  const compile = (text: string): RowKernel => compileBandExpression(parseBandExpression(text), rows, width);
  const variables = (formula.variables ?? []).map(({ name, value }) => {
    const kernel = compile(value);
    const row = new Float64Array(width);
    rows.set(name, row);
    return { kernel, row };
  });
  const channels = channelsOf(formula.colouring).map(compile);
  const visible = formula.visible === undefined ? undefined : compile(formula.visible);
  const paint = colourOf(formula.colouring);
  const row = { colours: new Uint8ClampedArray(width * 3), visible: new Uint8Array(width) };
  return (count) => {
    for (const one of variables) one.row.set(one.kernel(count).subarray(0, count));
    row.visible.fill(1, 0, count);
    if (visible) hide(visible(count), count, row.visible);
    paint(
      channels.map((channel) => channel(count)),
      count,
      row,
    );
    return row;
  };
}

function hide(values: Float64Array, count: number, visible: Uint8Array): void {
  for (let i = 0; i < count; i++) if (values[i] === 0 || Number.isNaN(values[i])) visible[i] = 0;
}

function colourOf(colouring: Colouring): Colour {
  switch (colouring.kind) {
    case 'rgb':
    case 'grey':
      return mixChannels;
    case 'ramp':
      return rampColour(colouring.ramp);
    case 'classes':
      return classColour(new Map(colouring.classes.map(({ value, colour }) => [value, colour])));
  }
}

const mixChannels: Colour = (channels, count, { colours, visible }) => {
  const [red, green = red, blue = red] = channels as [Float64Array, Float64Array?, Float64Array?];
  for (let i = 0, to = 0; i < count; i++, to += 3) {
    const sum = red[i]! + green![i]! + blue![i]!;
    if (sum !== sum) visible[i] = 0;
    colours[to] = red[i]! * 255;
    colours[to + 1] = green![i]! * 255;
    colours[to + 2] = blue![i]! * 255;
  }
};

/** A table of the ramp, so that a pixel costs one look-up. */
function rampColour(ramp: ColourRamp): Colour {
  const [first, last] = [ramp[0]?.value, ramp.at(-1)?.value];
  if (first === undefined || last === undefined || !(last > first)) {
    throw new InvalidError('A colour ramp needs two stops or more, in ascending order', { subject: 'ramp' });
  }
  const scale = RAMP_STEPS / (last - first);
  const table = Uint32Array.from({ length: RAMP_STEPS + 1 }, (_, step) => colourAt(ramp, first + step / scale));
  return ([values], count, row) => {
    for (let i = 0; i < count; i++) {
      const value = values![i]!;
      if (value !== value) row.visible[i] = 0;
      else put(row.colours, i, table[Math.round(Math.min(RAMP_STEPS, Math.max(0, (value - first) * scale)))]!);
    }
  };
}

function classColour(colours: ReadonlyMap<number, number>): Colour {
  return ([values], count, row) => {
    for (let i = 0; i < count; i++) {
      const found = colours.get(values![i]!);
      if (found === undefined) row.visible[i] = 0;
      else put(row.colours, i, found);
    }
  };
}

function put(colours: Uint8ClampedArray, pixel: number, colour: number): void {
  colours[pixel * 3] = colour >> 16;
  colours[pixel * 3 + 1] = (colour >> 8) & 255;
  colours[pixel * 3 + 2] = colour & 255;
}
