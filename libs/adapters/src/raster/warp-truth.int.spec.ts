import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCog } from './cog-writer.js';
import { coordinateTransform } from './coordinate-transform.js';
import { crsDefinition } from './crs-definitions.js';
import type { ReadObject } from './object-ranges.js';
import { RasterRenderer } from './raster-renderer.js';

jest.setTimeout(300_000);

const PYTHON = '/usr/bin/python3';
const SIZE = 96;
/** The error in pixels of the source that the engine states. */
const STATED = 0.125;

function hasGdal(): boolean {
  try {
    return execFileSync(PYTHON, ['-c', 'from osgeo import gdal']).length === 0;
  } catch (error) {
    if (process.env['CI'] !== undefined) throw error;
    process.stdout.write("Skipped: positions against GDAL's exact transformer; its Python bindings are missing.\n");
    return false;
  }
}

interface Source {
  readonly crs: string;
  readonly origin: readonly [number, number];
  readonly pixel: number;
  readonly width: number;
  readonly height: number;
}

const at = (crs: string, longitude: number, latitude: number, pixel = 10): Source => {
  const [x, y] = coordinateTransform('CRS:84', crs).forward(longitude, latitude)!;
  return { crs, origin: [x - 200 * pixel, y + 200 * pixel], pixel, width: 400, height: 400 };
};

const SOURCES: readonly Source[] = [
  at('EPSG:32632', 11.9, 48.2), at('EPSG:32633', 12.1, 54.3), at('EPSG:32601', -179.9, 66), at('EPSG:32660', 179.9, -17),
  at('EPSG:32733', 17.5, -33.1), at('EPSG:25832', 7.1, 51.4), at('EPSG:3857', 10.3, 50.1), at('EPSG:4326', 9.2, 50.7, 1e-4),
  at('EPSG:4258', 9.2, 47.7, 1e-4), at('EPSG:3034', 8.4, 49.9), at('EPSG:3035', 13.4, 52.5), at('EPSG:31467', 9.4, 51.2),
  at('EPSG:31468', 11.6, 49.6), at('EPSG:3413', -40, 81, 40), at('EPSG:3031', 70, -76, 40),
]; // prettier-ignore
const WORLD: Source = { crs: 'EPSG:4326', origin: [-180, 90], pixel: 0.5, width: 720, height: 360 };
const TARGETS = ['CRS:84', 'EPSG:4326', 'EPSG:3857', 'EPSG:4258', 'EPSG:3034', 'EPSG:3035', 'EPSG:31467', 'EPSG:31468', 'EPSG:3413', 'EPSG:3031', 'EPSG:32631', 'EPSG:32632', 'EPSG:32633', 'EPSG:32601', 'EPSG:32660', 'EPSG:32733', 'EPSG:25831', 'EPSG:25832', 'EPSG:25833']; // prettier-ignore

interface View {
  readonly source: Source;
  readonly crs: string;
  readonly bbox: readonly [number, number, number, number];
  readonly name: string;
}

/** Where a projection is not meant for a place there is nothing to compare: the other hemisphere's pole, zones far away. */
function isFor(crs: string, longitude: number, latitude: number): boolean {
  if (crs === 'EPSG:3413') return latitude > 30;
  if (crs === 'EPSG:3031') return latitude < -30;
  if (crs === 'EPSG:3857') return Math.abs(latitude) < 84;
  if (/EPSG:(?:303[45]|3146[78])/.test(crs)) return Math.abs(latitude - 53) < 18 && Math.abs(longitude - 12) < 23;
  const zone = Number(/zone=(\d+)/.exec(crsDefinition(crs)!.proj)?.[1] ?? 0);
  const away = Math.abs(((longitude - (zone * 6 - 183) + 540) % 360) - 180);
  return zone === 0 || away < 10;
}

/** Around a source's middle, one pixel of the map as large as `scale` of its own. */
function around(source: Source, crs: string, scale: number): View | undefined {
  const [x, y] = [source.origin[0] + 200 * source.pixel, source.origin[1] - 200 * source.pixel];
  const place = coordinateTransform(source.crs, 'CRS:84').forward(x, y)!;
  const { forward } = coordinateTransform(source.crs, crs);
  const [middle, beside] = [forward(x, y), forward(x + source.pixel, y)];
  if (!isFor(crs, ...place) || middle === undefined || beside === undefined) return undefined;
  const pixel = Math.hypot(beside[0] - middle[0], beside[1] - middle[1]) * scale;
  // Off the pixel edges, where both would be right.
  const [left, top] = [middle[0] - pixel * (SIZE / 2 + 0.123), middle[1] + pixel * (SIZE / 2 + 0.0789)];
  const bbox = [left, top - SIZE * pixel, left + SIZE * pixel, top] as const;
  return { source, crs, bbox, name: `${source.crs} in ${crs} at ${scale}` };
}

const VIEWS: readonly View[] = [
  ...SOURCES.flatMap((source) => TARGETS.flatMap((crs) => [1, 4].flatMap((scale) => around(source, crs, scale) ?? []))),
  ...(
    [
      ['EPSG:3857', [-20037508, -20037508, 20037508, 20037508]],
      ['CRS:84', [-180, -90, 180, 90]],
      ['CRS:84', [170.1, -30.2, 190.3, 10.4]],
      ['EPSG:3413', [-4000000, -4000000, 4000000, 4000000]],
      ['EPSG:3031', [-4000000, -4000000, 4000000, 4000000]],
      ['EPSG:3035', [900000, 900000, 7400000, 5500000]],
      ['EPSG:32601', [100000, 6900000, 900000, 7700000]],
      ['EPSG:32660', [100000, 7300000, 900000, 8100000]],
    ] as const
  ).map(([crs, bbox]) => ({ source: WORLD, crs, bbox, name: `the world in ${crs}, ${bbox.join(' ')}` })),
];

/** For every view, doubles pixel by pixel: exact column and row of the source by PROJ, and what gdalwarp -et 0 -r near takes. */
const EXACT = `
import sys, json, numpy as np
from osgeo import gdal, osr
gdal.UseExceptions()
views, out, n = json.load(open(sys.argv[1])), open(sys.argv[2], 'wb'), int(sys.argv[3])
def srs(text):
    s = osr.SpatialReference(); s.ImportFromProj4(text); s.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER); return s
for v in views:
    s, t = srs(v['sourceProj']), srs(v['targetProj'])
    m = gdal.GetDriverByName('MEM').Create('', v['width'], v['height'], 2, gdal.GDT_Int16)
    m.SetProjection(s.ExportToWkt())
    m.SetGeoTransform([v['origin'][0], v['pixel'], 0, v['origin'][1], 0, -v['pixel']])
    m.GetRasterBand(1).WriteArray(np.tile(np.arange(v['width']), (v['height'], 1)))
    m.GetRasterBand(2).WriteArray(np.tile(np.arange(v['height'])[:, None], (1, v['width'])))
    x0, y0, x1, y1 = v['bbox']
    xs, ys = np.meshgrid(x0 + (np.arange(n) + .5) * (x1 - x0) / n, y1 - (np.arange(n) + .5) * (y1 - y0) / n)
    p = np.column_stack([xs.ravel(), ys.ravel()])
    q = np.array(osr.CoordinateTransformation(t, s).TransformPoints(p)) if v['sourceProj'] != v['targetProj'] else p
    u, w = (q[:, 0] - v['origin'][0]) / v['pixel'], (v['origin'][1] - q[:, 1]) / v['pixel']
    try:
        d = gdal.Warp('', m, format='MEM', dstSRS=t, outputBounds=v['bbox'], width=n, height=n, errorThreshold=0, resampleAlg='near', dstNodata=-1).ReadAsArray().astype('f8')
    except RuntimeError:
        d = np.full((2, n, n), -1.0)
    np.concatenate([u, w, d[0].ravel(), d[1].ravel()]).astype('<f8').tofile(out)
`;

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

/** Exact positions in the source, and the column and row gdalwarp takes (-1: none). */
interface Exact {
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly column: Float64Array;
  readonly row: Float64Array;
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

function compare(source: Source, exact: Exact, ours: Ours): Found {
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

(hasGdal() ? describe : describe.skip)('maps against exact positions', () => {
  let folder: string;
  let exact: Float64Array;
  const files = new Map<Source, string>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'truth-'));
    for (const source of [...SOURCES, WORLD]) {
      const file = join(folder, `${files.size}.tif`);
      await writePositions(file, source);
      files.set(source, file);
    }
    const [list, out] = [join(folder, 'views.json'), join(folder, 'exact.bin')];
    // Ours that name no datum are WGS 84 within a metre; PROJ shifts nothing between these and what has a shift.
    const projOf = (crs: string): string => {
      const { proj } = crsDefinition(crs)!;
      return /datum|towgs84|nadgrids/.test(proj) ? proj : `${proj} +towgs84=0,0,0`;
    };
    const views = VIEWS.map(({ source, crs, bbox }) => ({ ...source, bbox, sourceProj: projOf(source.crs), targetProj: projOf(crs) })); // prettier-ignore
    writeFileSync(list, JSON.stringify(views));
    execFileSync(PYTHON, ['-c', EXACT, list, out, String(SIZE)]);
    const bytes = readFileSync(out);
    exact = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
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
    const count = SIZE * SIZE;
    const part = (which: number): Float64Array =>
      exact.subarray((4 * index + which) * count, (4 * index + which + 1) * count);
    const ours = { nearest: await sampled(view, 'nearest'), smooth: await sampled(view, 'bilinear') };
    const found = compare(view.source, { u: part(0), v: part(1), column: part(2), row: part(3) }, ours);
    if (found.error > far.error) Object.assign(far, { error: found.error, name });
    compared.pixels += found.pixels;
    compared.warped += found.warped;
    compared.ties += found.ties;
    expect({ ...found, isWithin: found.error <= STATED }).toMatchObject({ missing: 0, wrong: 0, isWithin: true });
    expect(found.pixels).toBeGreaterThan(count / 10);
  });

  afterAll(() => {
    process.stdout.write(
      `${VIEWS.length} maps, ${compared.pixels} pixels: largest position error ${far.error.toFixed(4)} px (${far.name}); ` +
        `${compared.ties} of ${compared.warped} nearest samples differ from gdalwarp -et 0, all within ${STATED} px of an edge\n`,
    );
  });
});
