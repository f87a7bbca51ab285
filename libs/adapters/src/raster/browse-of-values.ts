import { open } from 'node:fs/promises';
import type { ValueFile } from '#domain/ports/browse-maker.js';
import { stretchToByte, type BrowseSettings, type Drawing } from './browse-drawing.js';
import type { CogSpec } from './cog-spec.js';
import type { ReadObject } from './object-ranges.js';
import { RasterRenderer } from './raster-renderer.js';

const STRIP_ROWS = 256;
const MEGABYTE = 1 << 20;
const LIMITS = { headerBytes: 16 * MEGABYTE, blockBytes: 64 * MEGABYTE, requestBytes: 256 * MEGABYTE };
/** Decibels drawn black and white, the same for all scenes, so that a mosaic of them has no steps: as the renderings have them. */
const COPOLARISED = [-20, 0] as const;
const CROSSPOLARISED = [-26, -5] as const;
/** Reflectance that is full brightness, as in the rendering of true colour. */
const BRIGHT = 0.4;

/** What a value is drawn as: 1 to 255, 0 for nothing. */
type ToByte = (value: number) => number;

/** Draws backscatter in dB, on its own grid. */
export function drawBackscatter(values: ValueFile, settings: BrowseSettings): Drawing {
  const range = /^(?:VV|HH)$/.test(values.name) ? COPOLARISED : CROSSPOLARISED;
  return drawValues([values], (power) => (power > 0 ? stretchToByte(10 * Math.log10(power), range) : 0), settings);
}

/** Draws three reflectances as red, green and blue, on their own grid. */
export function drawReflectances(values: readonly ValueFile[], settings: BrowseSettings): Drawing {
  return drawValues(values, (value) => (Number.isNaN(value) ? 0 : stretchToByte(value, [0, BRIGHT])), settings);
}

/** On a grid halved until no side is longer than `maxSide`. */
function drawValues(values: readonly ValueFile[], toByte: ToByte, { maxSide, signal }: BrowseSettings): Drawing {
  const { grid } = values[0]!;
  let times = 1;
  while (Math.max(grid.width, grid.height) > times * maxSide) times *= 2;
  const [width, height] = [Math.ceil(grid.width / times), Math.ceil(grid.height / times)];
  const pixelSize = [grid.pixelSize[0] * times, grid.pixelSize[1] * times] as const;
  const { crs, origin } = grid;
  const bands = values.length;
  const spec: CogSpec = { width, height, bands, sampleType: 'uint8', crs, origin, pixelSize, nodata: 0 };
  return { spec, strips: strips(values, spec, { toByte, signal }) };
}

async function* strips(
  values: readonly ValueFile[],
  { crs, origin: [left, top], pixelSize, width, height }: CogSpec,
  { toByte, signal }: { readonly toByte: ToByte; readonly signal: AbortSignal | undefined },
): AsyncGenerator<Uint8Array> {
  const bbox = [left, top - height * pixelSize[1], left + width * pixelSize[0], top] as const;
  const common = { bands: [0], target: { crs, bbox, width, height }, resampling: 'bilinear' as const };
  const renderer = new RasterRenderer(readLocal, LIMITS);
  for (let from = 0; from < height; from += STRIP_ROWS) {
    const rows = { from, count: Math.min(STRIP_ROWS, height - from) };
    const strip = new Uint8Array(width * rows.count * values.length);
    for (const [band, { file }] of values.entries()) {
      const source = { key: file, etag: '' };
      const wanted = { ...common, source, rows, sampleType: 'float32' as const, fill: Number.NaN };
      const { samples } = await renderer.strip(wanted, signal);
      for (let i = 0; i < samples.length; i++) strip[i * values.length + band] = toByte(samples[i]!);
    }
    yield strip;
  }
}

const readLocal: ReadObject = async (path, { offset, length }) => {
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await file.read(bytes, 0, length, offset);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};
