import { bilinearRow, type ResampleRow } from './resample-row.js';
import type { SourceWindow } from './source-window.js';

/** As in GDAL: from here on a kernel that does not widen would skip samples. */
const WIDE_FROM = 1 / 0.95;
const A = -0.5;

/** Cubic convolution over 4 x 4 pixels (Keys, a = -0.5), as GDAL's cubic; where pixels lack data, or a step spans more than one pixel, the bilinear kernel. */
export const cubicRow: ResampleRow = (window, span, row) => {
  bilinearRow(window, span, row);
  if (span.strideU > WIDE_FROM || span.strideV > WIDE_FROM) return;
  const { bands } = window;
  let { u, v } = span;
  for (let i = 0; i < span.count; i++, u += span.du, v += span.dv) {
    if (row.opacity[i] === 0 || !isWhole(window, u, v)) continue;
    for (let band = 0; band < bands; band++) row.values[i * bands + band] = convolve(window, band, [u, v]);
  }
};

const weightsU = new Float64Array(4);
const weightsV = new Float64Array(4);

function convolve({ values, width, bands }: SourceWindow, band: number, [u, v]: readonly [number, number]): number {
  const left = Math.floor(u - 0.5) - 1;
  const top = Math.floor(v - 0.5) - 1;
  for (let i = 0; i < 4; i++) {
    weightsU[i] = weight(Math.abs(u - 0.5 - (left + i)));
    weightsV[i] = weight(Math.abs(v - 0.5 - (top + i)));
  }
  let sum = 0;
  for (let y = 0; y < 4; y++) {
    const from = ((top + y) * width + left) * bands + band;
    for (let x = 0; x < 4; x++) sum += values[from + x * bands]! * weightsU[x]! * weightsV[y]!;
  }
  return sum;
}

function weight(distance: number): number {
  if (distance < 1) return ((A + 2) * distance - (A + 3)) * distance * distance + 1;
  return distance < 2 ? ((A * distance - 5 * A) * distance + 8 * A) * distance - 4 * A : 0;
}

/** Whether all sixteen pixels are there and have data. */
function isWhole({ width, height, opacity }: SourceWindow, u: number, v: number): boolean {
  const left = Math.floor(u - 0.5) - 1;
  const top = Math.floor(v - 0.5) - 1;
  if (left < 0 || top < 0 || left + 4 > width || top + 4 > height) return false;
  if (opacity === undefined) return true;
  for (let y = top; y < top + 4; y++) {
    for (let x = left; x < left + 4; x++) if (opacity[y * width + x] === 0) return false;
  }
  return true;
}
