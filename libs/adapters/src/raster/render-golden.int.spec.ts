import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import type { PictureSource, RasterStyle, RenderRequest, Resampling } from '#domain/ports/raster-engine.js';
import type { RasterInfo } from '#domain/ports/raster-source.js';
import { coordinateTransform } from './coordinate-transform.js';
import { crsDefinition, crsNames } from './crs-definitions.js';
import { chooseLevel, measureStride } from './level-choice.js';
import type { ReadObject } from './object-ranges.js';
import { reachOf, targetToSource } from './pixel-map.js';
import { readRasterHeader } from './raster-header.js';
import { RasterRenderer } from './raster-renderer.js';

const FIXTURES = '../shared/fixtures/rasters';
const SIZE = 200;

function hasGdal(): boolean {
  try {
    return execFileSync('gdalwarp', ['--version']).length > 0;
  } catch (error) {
    if (process.env['CI'] !== undefined) throw error;
    return false;
  }
}

const gdal = hasGdal();
const fixtures = gdal && existsSync(FIXTURES) ? globSync(`${FIXTURES}/*/*.{tif,TIF}`).toSorted() : [];
if (fixtures.length === 0)
  process.stdout.write('Skipped: comparison with gdalwarp; GDAL or the fixture rasters are missing.\n');

const read: ReadObject = (key, { offset, length }) =>
  Promise.resolve(Uint8Array.from(readFileSync(key).subarray(offset, offset + length)));
const renderer = new RasterRenderer(read, { headerBytes: 16 << 20, blockBytes: 64 << 20, requestBytes: 512 << 20 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'golden-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Picture {
  readonly values: Uint8Array;
  readonly opaque: boolean[];
}

function styleOf(request: RenderRequest): RasterStyle {
  return (request.sources[0] as PictureSource).style;
}

/** What our renderer draws, as samples and where there are any. */
async function ours(request: RenderRequest): Promise<Picture> {
  const { bytes } = await renderer.render(request);
  const { data } = await sharp(bytes).ensureAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return picture(data, styleOf(request).bands.length);
}

function picture(rgba: Buffer, bands: number): Picture {
  const values = new Uint8Array((rgba.length / 4) * bands);
  for (let i = 0; i < values.length; i++) values[i] = rgba[Math.floor(i / bands) * 4 + (i % bands)]!;
  return { values, opaque: Array.from({ length: rgba.length / 4 }, (_, i) => rgba[i * 4 + 3] !== 0) };
}

/** What gdalwarp makes of it with exact positions, at the same overview, stretched alike. */
function theirs(file: string, request: RenderRequest, level: number): Picture {
  const { bands, stretch } = styleOf(request);
  const [warped, scaled] = [join(folder, 'warped.tif'), join(folder, 'scaled.bin')];
  const method = request.resampling === 'nearest' ? 'near' : 'bilinear';
  const overview = level === 0 ? 'NONE' : String(level - 1);
  const where = ['-t_srs', request.crs, '-te', ...request.bbox.map(String), '-ts', String(SIZE), String(SIZE)];
  execFileSync('gdalwarp', [
    '-q',
    '-overwrite',
    '-et',
    '0',
    '-r',
    method,
    '-ovr',
    overview,
    ...where,
    '-dstalpha',
    file,
    warped,
  ]);
  const alpha = String(JSON.parse(execFileSync('gdalinfo', ['-json', warped]).toString()).bands.length);
  const { min, max } = stretch![0]!;
  const scale = ['-scale', String(min), String(max), '0', '255', '-ot', 'Byte', '-of', 'ENVI'];
  const picked = bands.flatMap((band) => ['-b', String(band + 1)]);
  execFileSync('gdal_translate', [
    '-q',
    ...picked,
    ...scale,
    '-co',
    'INTERLEAVE=BIP',
    '-a_nodata',
    'none',
    warped,
    scaled,
  ]);
  const values = readFileSync(scaled);
  // Any opacity but 0 counts, also of 16 bit opacity.
  const opacity = ['-scale', '0', '1', '0', '255', '-ot', 'Byte', '-of', 'ENVI', '-b', alpha];
  execFileSync('gdal_translate', ['-q', ...opacity, '-a_nodata', 'none', warped, scaled]);
  return { values, opaque: Array.from(readFileSync(scaled), (value) => value !== 0) };
}

interface Difference {
  readonly outline: number;
  readonly differing: number;
  readonly compared: number;
}

function differences(a: Picture, b: Picture, tolerance: number): Difference {
  const bands = a.values.length / a.opaque.length;
  let [outline, differing, compared] = [0, 0, 0];
  a.opaque.forEach((seen, pixel) => {
    if (seen !== b.opaque[pixel]) outline++;
    else if (seen) {
      compared++;
      const apart = (band: number) => Math.abs(a.values[pixel * bands + band]! - b.values[pixel * bands + band]!);
      if (Array.from({ length: bands }, (_, band) => apart(band)).some((far) => far > tolerance)) differing++;
    }
  });
  return { outline, differing, compared };
}

/** An image around the middle of a raster, at `zoom` times its resolution. */
async function requestOf(file: string, info: RasterInfo, to: { crs: string; zoom: number; resampling: Resampling }) {
  const middle = [(info.bbox[0] + info.bbox[2]) / 2, (info.bbox[1] + info.bbox[3]) / 2] as const;
  const forward = coordinateTransform(info.crs, to.crs).forward;
  const [x, y] = forward(...middle)!;
  const step = (info.bbox[2] - info.bbox[0]) / info.width;
  const [x1, y1] = forward(middle[0] + step, middle[1])!;
  // Off the pixel edges, where both would be right.
  const pixel = Math.hypot(x1 - x, y1 - y) / to.zoom;
  const [left, top] = [x - pixel * (SIZE / 2 + 0.123), y + pixel * (SIZE / 2 + 0.0789)];
  const bands = info.bands >= 3 ? [0, 1, 2] : [0];
  const limits = { uint8: [0, 255], uint16: [0, 5100], int16: [-255, 3825], float32: [-102, 408] }[
    info.sampleType as 'uint8'
  ];
  const stretch = bands.map(() => ({ min: limits[0]!, max: limits[1]! }));
  const request: RenderRequest = {
    sources: [{ source: { key: file, etag: '1' }, style: { bands, stretch } }],
    crs: to.crs,
    bbox: [left, top - pixel * SIZE, left + pixel * SIZE, top],
    width: SIZE,
    height: SIZE,
    format: 'image/png',
    resampling: to.resampling,
    transparent: true,
    background: 0,
  };
  const header = await readRasterHeader((offset, length) => read(file, { offset, length }));
  const stride = measureStride(targetToSource(request, header), reachOf(request, header)!, header)!;
  return { request, level: chooseLevel(header.levels, stride) };
}

/** Not drawn: no EPSG code or no affine grid; cut short; on the antimeridian, where gdalwarp draws one side only. */
const NOT_COMPARED = /float|goes|rotated|gcps|nonearth|cog_scale|corrupt|dateline/;

describe('RasterRenderer against gdalwarp -et 0', () => {
  const files = fixtures.filter((file) => !NOT_COMPARED.test(basename(file)) && !file.includes('landsat/'));
  const cases = files.flatMap((file) =>
    ['EPSG:3857', 'EPSG:4326', 'EPSG:3035'].flatMap((crs) =>
      [1, 0.4].map((zoom) => [basename(file), crs, zoom, file] as const),
    ),
  );

  (cases.length === 0 ? it.skip : it).each(cases.length === 0 ? [['no fixture', '', 1, ''] as const] : cases)(
    'draws the nearest pixels of %s in %s at %d times its resolution',
    async (_, crs, zoom, file) => {
      const info = await renderer.describe({ key: file, etag: '1' });
      const { request, level } = await requestOf(file, info, { crs, zoom, resampling: 'nearest' });
      const found = differences(await ours(request), theirs(file, request, level), 1);
      const pixels = SIZE * SIZE;
      // What differs lies within the position error of a pixel edge.
      expect(found.outline / pixels).toBeLessThan(0.002);
      expect(found.differing / pixels).toBeLessThan(0.02);
    },
    60_000,
  );

  const smooth = cases.filter(([, crs, zoom]) => crs === 'EPSG:3857' && zoom === 1);
  (smooth.length === 0 ? it.skip : it).each(smooth.length === 0 ? [['no fixture', '', 1, ''] as const] : smooth)(
    'interpolates %s in %s at its resolution',
    async (_, crs, zoom, file) => {
      const info = await renderer.describe({ key: file, etag: '1' });
      const { request, level } = await requestOf(file, info, { crs, zoom: zoom * 1.1, resampling: 'bilinear' });
      const found = differences(await ours(request), theirs(file, request, level), 2);
      expect(found.outline / (SIZE * SIZE)).toBeLessThan(0.002);
      expect(found.differing / (SIZE * SIZE)).toBeLessThan(0.03);
    },
    60_000,
  );
});

describe('crs-definitions against PROJ', () => {
  const codes = crsNames().filter((name) => name.startsWith('EPSG:') && name !== 'EPSG:900913');
  (gdal ? it : it.skip).each(codes)('%s is where PROJ has it', (crs) => {
    const [lon, lat] = placeIn(crs);
    const mine = coordinateTransform('CRS:84', crs).forward(lon, lat)!;
    const said = execFileSync('gdaltransform', ['-output_xy', '-s_srs', 'OGC:CRS84', '-t_srs', crs], {
      input: `${lon} ${lat}\n`,
    });
    const [x, y] = said.toString().trim().split(' ').map(Number);
    const metres = crsDefinition(crs)!.proj.includes('longlat') ? 111_320 : 1;
    // Datum shifts of the old national grids differ between PROJ's choices by metres.
    const bound = /towgs84/.test(crsDefinition(crs)!.proj) ? 10 : 0.01;
    expect(Math.hypot(mine[0] - x!, mine[1] - y!) * metres).toBeLessThan(bound);
  });
});

/** A place inside each definition's area. */
function placeIn(crs: string): [number, number] {
  const { proj } = crsDefinition(crs)!;
  const parameter = (name: string, absent: number): number =>
    Number(new RegExp(`${name}=(-?[\\d.]+)`).exec(proj)?.[1] ?? absent);
  const zone = parameter('zone', 0);
  if (zone > 0) return [zone * 6 - 183 + 1.7, proj.includes('+south') ? -33.3 : 47.1];
  const [lon, lat] = [parameter('lon_0', 10), parameter('lat_0', 50)];
  if (Math.abs(lat) === 90) return [lon + 33, (lat * 77) / 90];
  // The origin of the British grid lies in the sea south of it.
  if (crs === 'EPSG:27700') return [lon, 52];
  return [lon + 0.4, (lat === 0 ? 51 : lat) + 0.3];
}
