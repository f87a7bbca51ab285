import { open } from 'node:fs/promises';
import type { ValueFile } from '#domain/ports/browse-maker.js';
import { stretchToByte, type BrowseSettings, type Drawing } from './browse-drawing.js';
import type { ReadObject } from './object-ranges.js';
import { RasterRenderer } from './raster-renderer.js';

const STRIP_ROWS = 256;
const MEGABYTE = 1 << 20;
const LIMITS = { headerBytes: 16 * MEGABYTE, blockBytes: 64 * MEGABYTE, requestBytes: 256 * MEGABYTE };
/** Decibels drawn black and white, the same for all scenes, so that a mosaic of them has no steps: as the renderings have them. */
const COPOLARISED = [-20, 0] as const;
const CROSSPOLARISED = [-26, -5] as const;

/** Draws backscatter in dB on its own grid, halved until no side is longer than `maxSide`. */
export function drawBackscatter({ name, file, grid }: ValueFile, { maxSide, signal }: BrowseSettings): Drawing {
  let times = 1;
  while (Math.max(grid.width, grid.height) > times * maxSide) times *= 2;
  const [left, top] = grid.origin;
  const pixelSize = [grid.pixelSize[0] * times, grid.pixelSize[1] * times] as const;
  const [width, height] = [Math.ceil(grid.width / times), Math.ceil(grid.height / times)];
  const bbox = [left, top - height * pixelSize[1], left + width * pixelSize[0], top] as const;
  const { crs, origin } = grid;
  const range = /^(?:VV|HH)$/.test(name) ? COPOLARISED : CROSSPOLARISED;
  return {
    spec: { width, height, bands: 1, sampleType: 'uint8', crs, origin, pixelSize, nodata: 0 },
    strips: strips({ file, target: { crs, bbox, width, height }, range, signal }),
  };
}

interface Work {
  readonly file: string;
  readonly target: Parameters<RasterRenderer['strip']>[0]['target'];
  readonly range: readonly [number, number];
  readonly signal: AbortSignal | undefined;
}

async function* strips({ file, target, range, signal }: Work): AsyncGenerator<Uint8Array> {
  const handle = await open(file, 'r');
  const read: ReadObject = async (_, { offset, length }) => {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await handle.read(bytes, 0, length, offset);
    return bytes.subarray(0, bytesRead);
  };
  const renderer = new RasterRenderer(read, LIMITS);
  const common = { source: { key: file, etag: '' }, bands: [0], target, resampling: 'bilinear' as const };
  try {
    for (let from = 0; from < target.height; from += STRIP_ROWS) {
      const rows = { from, count: Math.min(STRIP_ROWS, target.height - from) };
      const wanted = { ...common, rows, sampleType: 'float32' as const, fill: Number.NaN };
      yield decibels((await renderer.strip(wanted, signal)).samples as Float32Array, range);
    }
  } finally {
    await handle.close();
  }
}

/** 1 to 255; 0 where there is nothing. */
function decibels(powers: Float32Array, range: readonly [number, number]): Uint8Array {
  return Uint8Array.from(powers, (power) => (power > 0 ? stretchToByte(10 * Math.log10(power), range) : 0));
}
