import type { SourceWindow } from './source-window.js';

/** A run of target pixels along a row: the source position of the first pixel's middle within the window, the step to the next, and the strides of the kernel. */
export interface Span {
  count: number;
  u: number;
  v: number;
  du: number;
  dv: number;
  strideU: number;
  strideV: number;
}

/** Samples taken for a run of target pixels, pixel-interleaved, and their opacity; 0 where the source has nothing. */
export interface SampleRow {
  readonly values: Float32Array;
  readonly opacity: Uint8Array;
}

/** Fills a row from a window. What is drawn at all is decided by the nearest pixel, so the drawn area does not depend on the method. */
export type ResampleRow = (window: SourceWindow, span: Span, row: SampleRow) => void;

/** A kernel wider than this many source pixels gains nothing one can see. */
const MAX_STRIDE = 32;
/** As in GDAL: from here on the kernel widens with the step. */
const WIDE_FROM = 1 / 0.95;
/** Positions a rounding error before a pixel edge count as on it, as in GDAL. */
const EDGE = 1e-10;
/** Bound once, as they are called for every sample: where modules run in a sandbox, as in tests, each look-up of `Math` takes longer than its work. */
const { abs, ceil, floor, max, min } = Math;

/** The pixel the position lies in. */
export const nearestRow: ResampleRow = (window, span, { values, opacity }) => {
  const { bands, values: from } = window;
  let { u, v } = span;
  for (let i = 0; i < span.count; i++, u += span.du, v += span.dv) {
    const pixel = pixelAt(window, u, v);
    const seen = opacityAt(window, pixel);
    opacity[i] = seen;
    if (seen === 0) continue;
    for (let band = 0; band < bands; band++) values[i * bands + band] = from[pixel * bands + band]!;
  }
};

/** Weights of the pixels around the position by distance; over more source pixels where a step spans more than one, so that nothing is skipped. Pixels without data have no weight. */
export const bilinearRow: ResampleRow = (window, span, row) => {
  if (isWide(span)) widenedRow(window, span, row);
  else if (window.opacity === undefined) fourPixelRow(window, span, row);
  else maskedFourPixelRow(window, span, row);
};

/** Whether a step spans so much that the kernel widens. */
export function isWide({ strideU, strideV }: Pick<Span, 'strideU' | 'strideV'>): boolean {
  return strideU > WIDE_FROM || strideV > WIDE_FROM;
}

function pixelAt({ width, height }: SourceWindow, u: number, v: number): number {
  const x = floor(u + EDGE);
  const y = floor(v + EDGE);
  return x >= 0 && y >= 0 && x < width && y < height ? y * width + x : -1;
}

function opacityAt({ opacity }: SourceWindow, pixel: number): number {
  if (pixel < 0) return 0;
  return opacity === undefined ? 255 : opacity[pixel]!;
}

function fourPixelRow(window: SourceWindow, span: Span, { values, opacity }: SampleRow): void {
  const { bands, width, height, values: from } = window;
  let { u, v } = span;
  for (let i = 0; i < span.count; i++, u += span.du, v += span.dv) {
    const inside = pixelAt(window, u, v) >= 0;
    opacity[i] = inside ? 255 : 0;
    if (!inside) continue;
    const left = floor(u - 0.5);
    const top = floor(v - 0.5);
    const fx = u - 0.5 - left;
    const fy = v - 0.5 - top;
    const x0 = left < 0 ? 0 : left;
    const x1 = left + 1 < width ? left + 1 : left;
    const upper = (top < 0 ? 0 : top) * width;
    const lower = (top + 1 < height ? top + 1 : top) * width;
    const a = (upper + x0) * bands;
    const b = (upper + x1) * bands;
    const c = (lower + x0) * bands;
    const d = (lower + x1) * bands;
    for (let band = 0; band < bands; band++) {
      const above = from[a + band]! + (from[b + band]! - from[a + band]!) * fx;
      const below = from[c + band]! + (from[d + band]! - from[c + band]!) * fx;
      values[i * bands + band] = above + (below - above) * fy;
    }
  }
}

/** The kernel at one target pixel, reused for the next: an object per pixel would cost more than the sums. */
const kernel = {
  left: 0,
  right: 0,
  top: 0,
  bottom: 0,
  weightsU: new Float64Array(2 * MAX_STRIDE + 3),
  weightsV: new Float64Array(2 * MAX_STRIDE + 3),
};

function maskedFourPixelRow(window: SourceWindow, span: Span, row: SampleRow): void {
  widenedRow(window, { ...span, strideU: 1, strideV: 1 }, row);
}

function widenedRow(window: SourceWindow, span: Span, row: SampleRow): void {
  const weigh = window.bands === 3 ? weighThree : weighEach;
  const radiusU = min(MAX_STRIDE, max(1, span.strideU));
  const radiusV = min(MAX_STRIDE, max(1, span.strideV));
  let { u, v } = span;
  for (let i = 0; i < span.count; i++, u += span.du, v += span.dv) {
    const seen = opacityAt(window, pixelAt(window, u, v));
    row.opacity[i] = seen;
    if (seen === 0) continue;
    kernel.left = max(0, ceil(u - 0.5 - radiusU));
    kernel.right = min(window.width - 1, floor(u - 0.5 + radiusU));
    kernel.top = max(0, ceil(v - 0.5 - radiusV));
    kernel.bottom = min(window.height - 1, floor(v - 0.5 + radiusV));
    weighAlong(kernel.weightsU, kernel.left, kernel.right, { position: u, radius: radiusU });
    weighAlong(kernel.weightsV, kernel.top, kernel.bottom, { position: v, radius: radiusV });
    weigh(window, row.values, i * window.bands);
  }
}

function weighAlong(
  weights: Float64Array,
  from: number,
  to: number,
  { position, radius }: { position: number; radius: number },
): void {
  for (let at = from; at <= to; at++) weights[at - from] = radius - abs(at + 0.5 - position);
}

function weighEach(window: SourceWindow, values: Float32Array, at: number): void {
  for (let band = 0; band < window.bands; band++) values[at + band] = weighBand(window, band);
}

function weighBand({ values: from, opacity, width, bands }: SourceWindow, band: number): number {
  const { left, right, top, bottom, weightsU, weightsV } = kernel;
  let sum = 0;
  let total = 0;
  for (let y = top; y <= bottom; y++) {
    for (let x = left, pixel = y * width + left; x <= right; x++, pixel++) {
      if (opacity !== undefined && opacity[pixel] === 0) continue;
      const weight = weightsU[x - left]! * weightsV[y - top]!;
      sum += from[pixel * bands + band]! * weight;
      total += weight;
    }
  }
  return sum / total;
}

/** The usual picture: one pass for all three bands. */
function weighThree(window: SourceWindow, values: Float32Array, at: number): void {
  const { values: from, opacity, width } = window;
  const { left, right, top, bottom, weightsU, weightsV } = kernel;
  let red = 0;
  let green = 0;
  let blue = 0;
  let total = 0;
  for (let y = top; y <= bottom; y++) {
    const weightV = weightsV[y - top]!;
    let pixel = y * width + left;
    for (let i = 0, sample = pixel * 3; i <= right - left; i++, pixel++, sample += 3) {
      if (opacity !== undefined && opacity[pixel] === 0) continue;
      const weight = weightsU[i]! * weightV;
      red += from[sample]! * weight;
      green += from[sample + 1]! * weight;
      blue += from[sample + 2]! * weight;
      total += weight;
    }
  }
  values[at] = red / total;
  values[at + 1] = green / total;
  values[at + 2] = blue / total;
}
