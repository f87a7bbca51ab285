import { colourAt, type ColourRamp } from '#domain/view/colour-ramp.js';
import type { Rendering } from '#domain/view/rendering.js';
import { ADVANCE, pixelsOf } from './pixel-font.js';
import { PaintedPicture } from './painted-picture.js';

const SCALE = 2;
const MARGIN = 6;
const SWATCH = 24;
const ROW = 18;
const INK = 0x202020;
const PAPER = 0xffffff;
const MOST_LABELS = 12;

/** A line of a legend; without a colour it is text alone. */
interface Line {
  readonly label: string;
  readonly colour?: number;
}

/** Draws the legend of a rendering from its own definition: a ramp from the highest value down, classes, or the bands that are red, green and blue. `scale` makes it larger than {@link legendSize}. */
export function drawLegend(rendering: Rendering, scale = 1): PaintedPicture {
  const lines = linesOf(rendering);
  const picture = new PaintedPicture(legendSize(rendering), PAPER, scale);
  lines.forEach(({ label, colour }, index) => {
    const top = MARGIN + index * ROW;
    if (colour !== undefined) picture.fill([MARGIN, top + 1, SWATCH, ROW - 2], colour);
    write(picture, label, [2 * MARGIN + SWATCH, top + 4]);
  });
  const colouring = rendering.formula?.colouring;
  if (colouring?.kind === 'ramp') drawRamp(picture, colouring.ramp, lines.length);
  return picture;
}

/** Pixels of a legend, for capabilities. */
export function legendSize(rendering: Rendering): { readonly width: number; readonly height: number } {
  const lines = linesOf(rendering);
  const longest = Math.max(...lines.map(({ label }) => label.length));
  return { width: 3 * MARGIN + SWATCH + longest * ADVANCE.x * SCALE, height: 2 * MARGIN + lines.length * ROW };
}

function linesOf({ title, formula }: Rendering): readonly Line[] {
  const colouring = formula?.colouring;
  switch (colouring?.kind) {
    case undefined:
      return [{ label: title }];
    case 'grey':
      return [{ label: title, colour: 0x808080 }];
    case 'rgb':
      return [
        { label: colouring.red, colour: 0xff0000 },
        { label: colouring.green, colour: 0x00ff00 },
        { label: colouring.blue, colour: 0x0000ff },
      ];
    case 'classes':
      return colouring.classes.map(({ title: label, colour }) => ({ label, colour }));
    case 'ramp':
      return rampLabels(colouring.ramp, colouring.unit);
  }
}

function rampLabels(ramp: ColourRamp, unit = ''): readonly Line[] {
  const [low, high] = [ramp[0]!.value, ramp.at(-1)!.value];
  const count = Math.min(MOST_LABELS, Math.max(3, ramp.length));
  const format = (value: number): string => String(Number(value.toPrecision(3)));
  return Array.from({ length: count }, (_, index) => {
    const value = high - ((high - low) * index) / (count - 1);
    return { label: `${format(value)} ${unit}`.trim() };
  });
}

function drawRamp(picture: PaintedPicture, ramp: ColourRamp, rows: number): void {
  const [low, high] = [ramp[0]!.value, ramp.at(-1)!.value];
  const height = (rows - 1) * ROW;
  for (let y = 0; y <= height; y++) {
    const colour = colourAt(ramp, high - ((high - low) * y) / height);
    picture.fill([MARGIN, MARGIN + ROW / 2 + y, SWATCH, 1], colour);
  }
}

function write(picture: PaintedPicture, text: string, [left, top]: readonly [number, number]): void {
  Array.from(text).forEach((character, column) => {
    for (const [x, y] of pixelsOf(character)) {
      picture.fill([left + (column * ADVANCE.x + x) * SCALE, top + y * SCALE, SCALE, SCALE], INK);
    }
  });
}
