import { setImmediate } from 'node:timers/promises';
import { InvalidError } from '#domain/errors.js';
import { stretchToByte, type Drawing } from './browse-drawing.js';
import type { SwathGrid } from './swath.js';

/** 8-bit samples of a picture in acquisition geometry, pixel-interleaved; 0 is nodata. */
export interface SwathPixels {
  readonly bands: 1 | 3;
  readonly samples: Uint8Array;
}

const STRIP_ROWS = 256;
const MEASURED = 200_000;

/** Draws a picture through its grid. */
export function drawGrid(grid: SwathGrid, pixels: SwathPixels): Drawing {
  const { width, height, origin, pixelSize } = grid;
  const spec = {
    width,
    height,
    bands: pixels.bands,
    sampleType: 'uint8' as const,
    crs: 'CRS:84',
    origin,
    pixelSize,
    nodata: 0,
  };
  return { spec, strips: gridStrips(grid, pixels) };
}

async function* gridStrips(
  { width, height, source }: SwathGrid,
  { bands, samples }: SwathPixels,
): AsyncGenerator<Uint8Array> {
  for (let top = 0; top < height; top += STRIP_ROWS) {
    await setImmediate();
    const cells = source.subarray(top * width, Math.min(height, top + STRIP_ROWS) * width);
    const strip = new Uint8Array(cells.length * bands);
    for (let to = 0; to < strip.length; to++) {
      const cell = cells[Math.trunc(to / bands)]!;
      if (cell > 0) strip[to] = samples[(cell - 1) * bands + (to % bands)]!;
    }
    yield strip;
  }
}

/** The 2nd and 98th percentile of the finite values. Throws InvalidError where there are none. */
export function percentileRange(values: Float32Array): [number, number] {
  const stride = Math.max(1, Math.floor(values.length / MEASURED));
  const found: number[] = [];
  for (let at = 0; at < values.length; at += stride) if (Number.isFinite(values[at]!)) found.push(values[at]!);
  if (found.length === 0) throw new InvalidError('The picture holds no valid sample');
  const sorted = Float64Array.from(found).toSorted();
  return [sorted[Math.floor(0.02 * (sorted.length - 1))]!, sorted[Math.ceil(0.98 * (sorted.length - 1))]!];
}

/** Finite values stretched to 1..255, others 0. */
export function stretchValues(values: Float32Array, range: readonly [number, number]): Uint8Array {
  const samples = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) samples[i] = stretchToByte(value, range);
  }
  return samples;
}
