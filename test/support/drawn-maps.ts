import { closeSync, openSync, readSync } from 'node:fs';
import sharp from 'sharp';
import { coordinateTransform } from '#adapters/raster/coordinate-transform.js';
import { chooseLevel, measureStride } from '#adapters/raster/level-choice.js';
import type { ReadObject } from '#adapters/raster/object-ranges.js';
import { reachOf, targetToSource } from '#adapters/raster/pixel-map.js';
import { readRasterHeader } from '#adapters/raster/raster-header.js';
import { RasterRenderer } from '#adapters/raster/raster-renderer.js';
import type { RasterStyle, RenderRequest, Resampling } from '#domain/ports/raster-engine.js';
import type { RasterInfo } from '#domain/ports/raster-source.js';
import type { DrawnMap, ReferenceRequest } from './reference-maps.js';

const SIZE = 200;
const MEGABYTE = 1 << 20;

const readFile: ReadObject = (key, { offset, length }) => {
  const file = openSync(key, 'r');
  try {
    const bytes = new Uint8Array(length);
    return Promise.resolve(bytes.slice(0, readSync(file, bytes, 0, length, offset)));
  } finally {
    closeSync(file);
  }
};

/** Draws from files, named by their paths. */
export function fileRenderer(): RasterRenderer {
  return new RasterRenderer(readFile, {
    headerBytes: 16 * MEGABYTE,
    blockBytes: 64 * MEGABYTE,
    requestBytes: 512 * MEGABYTE,
  });
}

/** A map of one raster: as it is asked of us and of GDAL. */
export interface MapPair {
  readonly ours: RenderRequest;
  readonly theirs: ReferenceRequest;
}

/** Where a map lies and how it is drawn. */
export interface MapPlace {
  readonly crs: string;
  readonly bbox: RenderRequest['bbox'];
  readonly resampling: Resampling;
  readonly width?: number;
  readonly height?: number;
}

/** A map of a place; the level is the one our renderer takes. `style` without a stretch draws the colours of a palette. */
export async function mapOf(file: string, place: MapPlace, style: RasterStyle): Promise<MapPair> {
  const { crs, bbox, resampling, width = SIZE, height = SIZE } = place;
  const sources = [{ source: { key: file, etag: '1' }, style }];
  const ours = { sources, crs, bbox, width, height, format: 'image/png', resampling, transparent: true, background: 0 } as const; // prettier-ignore
  const header = await readRasterHeader((offset, length) => readFile(file, { offset, length }));
  const stride = measureStride(targetToSource(ours, header), reachOf(ours, header)!, header)!;
  const level = chooseLevel(header.levels, stride);
  const [stretch] = style.stretch ?? [];
  const how = { resampling, level, bands: style.bands, ...(stretch && { stretch }) };
  return { ours, theirs: { file, crs, bbox, width, height, ...how } };
}

/** A map around the middle of a raster, at `zoom` times its resolution. */
export function placeAround(info: RasterInfo, to: { crs: string; zoom: number; resampling: Resampling }): MapPlace {
  const middle = [(info.bbox[0] + info.bbox[2]) / 2, (info.bbox[1] + info.bbox[3]) / 2] as const;
  const { forward } = coordinateTransform(info.crs, to.crs);
  const [x, y] = forward(...middle)!;
  const [x1, y1] = forward(middle[0] + (info.bbox[2] - info.bbox[0]) / info.width, middle[1])!;
  // Off the pixel edges, where both would be right.
  const pixel = Math.hypot(x1 - x, y1 - y) / to.zoom;
  const [left, top] = [x - pixel * (SIZE / 2 + 0.123), y + pixel * (SIZE / 2 + 0.0789)];
  return { ...to, bbox: [left, top - pixel * SIZE, left + pixel * SIZE, top] };
}

/** The first three bands of a raster, or its first; bytes as they are, else from the smallest sample to the largest. */
export async function styleOf(renderer: RasterRenderer, file: string, info: RasterInfo): Promise<RasterStyle> {
  const bands = info.bands >= 3 ? [0, 1, 2] : [0];
  const range = info.sampleType === 'uint8' ? { min: 0, max: 255 } : await rangeOf(renderer, file, info);
  return { bands, stretch: bands.map(() => range) };
}

async function rangeOf(renderer: RasterRenderer, key: string, { crs, bbox }: RasterInfo) {
  const bands = [{ source: { key, etag: '1' }, band: 0, scale: 1 }];
  const { planes } = await renderer.sample({ bands, crs, bbox, width: 64, height: 64 });
  const found = planes[0]!.filter((value) => !Number.isNaN(value)).toSorted();
  // Without the extremes, which leave no contrast to the rest.
  const at = (share: number): number => found[Math.floor(share * (found.length - 1))] ?? 0;
  const [min, max] = [at(0.02), at(0.98)];
  return { min, max: max > min ? max : min + 1 };
}

/** What our renderer draws, as samples and where there are any. */
export async function drawMap(renderer: RasterRenderer, { ours, theirs }: MapPair): Promise<DrawnMap> {
  const { bytes } = await renderer.render(ours);
  const rgba = await sharp(bytes).ensureAlpha().toColourspace('srgb').raw().toBuffer();
  const samples = theirs.stretch === undefined ? 3 : theirs.bands.length;
  const pixels = rgba.length / 4;
  const values = new Uint8Array(pixels * samples);
  const opaque: boolean[] = [];
  for (let pixel = 0; pixel < pixels; pixel++) {
    values.set(rgba.subarray(pixel * 4, pixel * 4 + samples), pixel * samples);
    opaque.push(rgba[pixel * 4 + 3] !== 0);
  }
  return { values, opaque };
}

/** Shares of the pixels: seen in one map only; of those seen in both, the ones apart by more than the tolerance; and how many are seen in both. */
export interface Difference {
  readonly outline: number;
  readonly differing: number;
  readonly seen: number;
}

/** How two maps differ. */
export function differenceOf(a: DrawnMap, b: DrawnMap, tolerance: number): Difference {
  const pixels = a.opaque.length;
  const bands = a.values.length / pixels;
  let [outline, differing, seen] = [0, 0, 0];
  for (let pixel = 0; pixel < pixels; pixel++) {
    if (a.opaque[pixel] !== b.opaque[pixel]) outline++;
    else if (a.opaque[pixel] === true) {
      seen++;
      if (isApart(a, b, { from: pixel * bands, to: (pixel + 1) * bands, tolerance })) differing++;
    }
  }
  return { outline: outline / pixels, differing: differing / pixels, seen: seen / pixels };
}

function isApart(a: DrawnMap, b: DrawnMap, { from, to, tolerance }: { from: number; to: number; tolerance: number }) {
  for (let at = from; at < to; at++) {
    const apart = a.values[at]! - b.values[at]!;
    if (apart > tolerance || apart < -tolerance) return true;
  }
  return false;
}
