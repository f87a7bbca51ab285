import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exactPositions, type ExactPositions } from '#test/support/exact-positions.js';
import { hasGdal } from '#test/support/gdal-program.js';
import { SIZE, SOURCES, VIEWS, WORLD, type Source, type View } from '#test/support/warp-views.js';
import { writeCog } from './cog-writer.js';
import type { ReadObject } from './object-ranges.js';
import { RasterRenderer } from './raster-renderer.js';

jest.setTimeout(300_000);

/** The error in pixels of the source that the engine states. */
const STATED = 0.125;

/** Pixels of the source from one of the map to the next, in its middle; where these are about one, interpolated samples are positions and not means. */
function stride(u: Float64Array, v: Float64Array): number {
  const middle = (SIZE / 2) * SIZE + SIZE / 2;
  const to = (next: number): number => Math.hypot(u[next]! - u[middle]!, v[next]! - v[middle]!);
  return Math.max(to(middle + 1), to(middle + SIZE));
}

const read: ReadObject = (key, { offset, length }) =>
  Promise.resolve(Uint8Array.from(readFileSync(key).subarray(offset, offset + length)));
const renderer = new RasterRenderer(read, { headerBytes: 1 << 24, blockBytes: 1 << 26, requestBytes: 1 << 28 });

/** A raster whose two bands are column and row. */
async function writePositions(file: string, source: Source): Promise<void> {
  const { width, height, crs, origin, pixel } = source;
  const samples = new Int16Array(width * height * 2);
  for (let i = 0; i < width * height; i++) samples.set([i % width, Math.floor(i / width)], 2 * i);
  async function* strips() {
    yield samples;
  }
  const spec = { width, height, bands: 2, sampleType: 'int16', crs, origin, pixelSize: [pixel, pixel] } as const;
  await writeCog(file, { ...spec, nodata: -1 }, strips(), { overviews: false });
}

interface Ours {
  readonly nearest: readonly Float32Array[];
  readonly smooth: readonly Float32Array[];
}

interface Found {
  pixels: number;
  /** Of these, the ones gdalwarp has a sample for. */
  warped: number;
  error: number;
  missing: number;
  wrong: number;
  ties: number;
}

function compare(source: Source, exact: ExactPositions, ours: Ours): Found {
  const found: Found = { pixels: 0, warped: 0, error: 0, missing: 0, wrong: 0, ties: 0 };
  const isNative = source !== WORLD && stride(exact.u, exact.v) < 1.6;
  const turn = source.width;
  for (let i = 0; i < exact.u.length; i++) {
    // Any turn around the world is the same place.
    const place = [source === WORLD ? ((exact.u[i]! % turn) + turn) % turn : exact.u[i]!, exact.v[i]!] as const;
    const [right, bottom] = [source.width - 1, source.height - 1];
    if (!(place[0] > 1 && place[0] < right && place[1] > 1 && place[1] < bottom)) continue;
    found.pixels++;
    const taken = ours.nearest.map((plane) => plane[i]!);
    if (taken.some(Number.isNaN)) found.missing++;
    else found.error = Math.max(found.error, outside(place, taken));
    const apart = ours.smooth.map((plane, axis) => Math.abs(plane[i]! + 0.5 - place[axis]!));
    if (isNative) found.error = Math.max(found.error, ...apart);
    addNearest(found, { place, taken, theirs: [exact.column[i]!, exact.row[i]!] });
  }
  return found;
}

interface Nearest {
  readonly place: readonly number[];
  readonly taken: readonly number[];
  readonly theirs: readonly [number, number];
}

function addNearest(found: Found, { place, taken, theirs }: Nearest): void {
  if (theirs[0] === -1) return;
  found.warped++;
  if (theirs[0] === taken[0] && theirs[1] === taken[1]) return;
  if (toEdge(place) <= STATED) found.ties++;
  else found.wrong++;
}

/** How far outside the sampled pixel a position lies. */
function outside(place: readonly number[], taken: readonly number[]): number {
  return Math.max(...place.map((at, axis) => Math.max(taken[axis]! - at, at - taken[axis]! - 1)));
}

function toEdge(place: readonly number[]): number {
  return Math.min(...place.map((at) => Math.abs(at - Math.round(at))));
}

(hasGdal("positions against GDAL's exact transformer") ? describe : describe.skip)(
  'maps against exact positions',
  () => {
    let folder: string;
    let exact: readonly ExactPositions[];
    const files = new Map<Source, string>();

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'truth-'));
      for (const source of [...SOURCES, WORLD]) {
        const file = join(folder, `${files.size}.tif`);
        await writePositions(file, source);
        files.set(source, file);
      }
      exact = exactPositions(VIEWS);
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    const sampled = async ({ source, crs, bbox }: View, resampling: 'nearest' | 'bilinear') => {
      const raster = { key: files.get(source)!, etag: '1' };
      const bands = [0, 1].map((band) => ({ source: raster, band }));
      return (await renderer.sample({ bands, crs, bbox, width: SIZE, height: SIZE, resampling })).planes;
    };

    const far = { error: 0, name: '' };
    const compared = { pixels: 0, warped: 0, ties: 0 };
    it.each(VIEWS.map((view, index) => [view.name, view, index] as const))('%s', async (name, view, index) => {
      const ours = { nearest: await sampled(view, 'nearest'), smooth: await sampled(view, 'bilinear') };
      const found = compare(view.source, exact[index]!, ours);
      if (found.error > far.error) Object.assign(far, { error: found.error, name });
      compared.pixels += found.pixels;
      compared.warped += found.warped;
      compared.ties += found.ties;
      expect({ ...found, isWithin: found.error <= STATED }).toMatchObject({ missing: 0, wrong: 0, isWithin: true });
      expect(found.pixels).toBeGreaterThan((SIZE * SIZE) / 10);
    });

    afterAll(() => {
      process.stdout.write(
        `${VIEWS.length} maps, ${compared.pixels} pixels: largest position error ${far.error.toFixed(4)} px (${far.name}); ` +
          `${compared.ties} of ${compared.warped} nearest samples differ from gdalwarp -et 0, all within ${STATED} px of an edge\n`,
      );
    });
  },
);
