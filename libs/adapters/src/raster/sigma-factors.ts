import type { CalibrationVector, SarCalibration } from '#domain/ports/sar-calibration.js';

/** Pixels of a line whose factors are wanted: the first, the step between them, their number. */
export interface LinePixels {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** Writes the calibration factors of a line: bilinear between vectors and pixels, level beyond the first and the last. */
export function factorsOfLine({ vectors }: SarCalibration, line: number, pixels: LinePixels, out: Float64Array): void {
  const after = vectors.findIndex((vector) => vector.line > line);
  const lower = vectors[after < 0 ? vectors.length - 1 : after]!;
  const upper = vectors[after < 0 ? vectors.length - 1 : Math.max(0, after - 1)]!;
  factorsOfVector(upper, pixels, out);
  const share = lower === upper ? 0 : (line - upper.line) / (lower.line - upper.line);
  if (share === 0) return;
  const below = new Float64Array(pixels.count);
  factorsOfVector(lower, pixels, below);
  for (let i = 0; i < pixels.count; i++) out[i]! += share * (below[i]! - out[i]!);
}

function factorsOfVector({ pixels, factors }: CalibrationVector, wanted: LinePixels, out: Float64Array): void {
  const last = pixels.length - 1;
  let cell = 0;
  for (let i = 0; i < wanted.count; i++) {
    const at = wanted.first + i * wanted.step;
    while (cell < last && pixels[cell + 1]! <= at) cell++;
    if (cell === last || at <= pixels[0]!) out[i] = factors[cell]!;
    else {
      const share = (at - pixels[cell]!) / (pixels[cell + 1]! - pixels[cell]!);
      out[i] = factors[cell]! + share * (factors[cell + 1]! - factors[cell]!);
    }
  }
}
