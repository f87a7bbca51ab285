import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { BrowsePlan, SwathValues, ValueFile } from '#domain/ports/browse-maker.js';
import { makeBrowse } from './browse-make.js';
import { writeNetcdf } from './netcdf-writer.js';
import type { ReadObject } from './object-ranges.js';
import { RasterRenderer } from './raster-renderer.js';

jest.setTimeout(60_000);

const [ROWS, COLUMNS, TIES] = [120, 129, 3];
const GRID = ['rows', 'columns'];
const longitudeOf = (row: number, column: number): number => 8 + column * 0.03 - row * 0.004;
const latitudeOf = (row: number, column: number): number => 52 - row * 0.03 - column * 0.003;
/** What the instrument measured, on what sun and by which detector: none of them the same anywhere. */
const radianceOf = (row: number, column: number): number => 40 + row / 4 + column / 8;
const irradianceOf = (detector: number): number => 1500 + 3 * detector;
const zenithOf = (row: number, column: number): number => 30 + row / 20 + column / 16;

let folder: string;
let file: string;
let plan: Extract<BrowsePlan, { kind: 'swath' }>;
const renderer = new RasterRenderer(
  ((key, { offset, length }) =>
    Promise.resolve(Uint8Array.from(readFileSync(key).subarray(offset, offset + length)))) satisfies ReadObject,
  { headerBytes: 1 << 24, blockBytes: 1 << 26, requestBytes: 1 << 28 },
);

const cells = (value: (row: number, column: number) => number): Float32Array =>
  Float32Array.from({ length: ROWS * COLUMNS }, (_, i) => value(Math.floor(i / COLUMNS), i % COLUMNS));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'swath-values-'));
  file = join(folder, 'swath.nc');
  await writeNetcdf(file, {
    dimensions: { rows: ROWS, columns: COLUMNS, ties: TIES, bands: 2, detectors: 200 },
    variables: {
      longitude: { dimensions: GRID, values: cells(longitudeOf) },
      latitude: { dimensions: GRID, values: cells(latitudeOf) },
      radiance: { dimensions: GRID, values: cells((r, c) => (r > 100 ? -1 : radianceOf(r, c))), attributes: { _FillValue: -1 } },
      detector: { dimensions: GRID, values: Int16Array.from(cells((_, c) => (c < 4 ? -1 : 198 - c))), attributes: { _FillValue: -1 } },
      flux: { dimensions: ['bands', 'detectors'], values: Float32Array.from({ length: 400 }, (_, i) => (i < 200 ? 1 : irradianceOf(i - 200))) },
      sun: { dimensions: ['rows', 'ties'], values: Float64Array.from({ length: ROWS * TIES }, (_, i) => zenithOf(Math.floor(i / TIES), (i % TIES) * 64)) },
      quality: { dimensions: GRID, values: cells((_, c) => (c === 60 ? 0.74 : 0.75)) },
    },
  }); // prettier-ignore
  const variable = (name: string) => ({ file, variable: name });
  plan = { kind: 'swath', ...variable('radiance'), latitude: variable('latitude'), longitude: variable('longitude') };
});
afterAll(() => rmSync(folder, { recursive: true }));

const band = (name: string, more: Partial<SwathValues> = {}): SwathValues => ({
  name,
  title: name,
  unit: '1',
  file,
  variable: 'radiance',
  ...more,
});
const reflectance = () => ({
  band: 1,
  irradiance: { file, variable: 'flux' },
  detector: { file, variable: 'detector' },
  zenith: { file, variable: 'sun' },
});

const make = (values: readonly SwathValues[], more: Partial<typeof plan> = {}) =>
  makeBrowse({ ...plan, ...more, values }, mkdtempSync(join(folder, 'out-')), { resolution: 20, maxSide: 1024 });

/** The value of the cell a pixel's position lies in. */
async function valueAt({ file: key, grid }: ValueFile, row: number, column: number): Promise<number> {
  const [left, top] = grid.origin;
  const x = Math.floor((longitudeOf(row, column) - left) / grid.pixelSize[0]);
  const y = Math.floor((top - latitudeOf(row, column)) / grid.pixelSize[1]);
  const corner = [left + x * grid.pixelSize[0], top - y * grid.pixelSize[1]] as const;
  const bbox = [corner[0], corner[1] - grid.pixelSize[1], corner[0] + grid.pixelSize[0], corner[1]] as const;
  const { planes } = await renderer.sample({
    bands: [{ source: { key, etag: '' }, band: 0 }],
    crs: grid.crs,
    bbox,
    width: 1,
    height: 1,
    resampling: 'nearest',
  });
  return planes[0]![0]!;
}

/** The pixel's own value or that of a neighbour, which may lie nearer to the middle of the cell. */
async function expectAround(values: ValueFile, expected: (row: number, column: number) => number): Promise<void> {
  for (const [row, column] of [[3, 7], [50, 20], [50, 100], [97, 125], [80, 64]] as const) {
    const told = await valueAt(values, row, column);
    const around = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => expected(row + down, column + right)));
    const off = Math.min(...around.map((value) => Math.abs(told / value - 1)));
    expect({ row, column, told, around, isThere: off < 1e-6 }).toMatchObject({ isThere: true });
  } // prettier-ignore
}

describe('values of a swath', () => {
  it('are those of the file, NaN where it has none', async () => {
    const { values, grid } = await make([band('LST', { unit: 'K', title: 'Temperature' })]);
    expect(values).toMatchObject([{ name: 'LST', unit: 'K', title: 'Temperature', grid }]);
    await expectAround(values[0]!, (row, column) => Math.fround(radianceOf(row, column)));
    expect(await valueAt(values[0]!, 110, 60)).toBeNaN();
  });

  it('are reflectances of radiances by detector, irradiance of the band and the height of the sun', async () => {
    const { values } = await make([band('B08', { reflectance: reflectance() })]);
    await expectAround(
      values[0]!,
      (row, column) =>
        (Math.PI * radianceOf(row, column)) /
        (irradianceOf(198 - column) * Math.cos((zenithOf(row, column) * Math.PI) / 180)),
    );
    expect(await valueAt(values[0]!, 50, 1)).toBeNaN();
  });

  it('are left out where their quality is poor', async () => {
    const { values } = await make([band('NO2', { quality: { file, variable: 'quality', least: 0.75 } })]);
    await expectAround(values[0]!, (row, column) => Math.fround(radianceOf(row, column)));
    const across = await Promise.all([58, 60, 62].map((column) => valueAt(values[0]!, 50, column)));
    expect(across.map(Number.isNaN)).toEqual([false, true, false]);
  });

  it('make a picture of three colours', async () => {
    const three = ['B08', 'B06', 'B04'] as const;
    const bands = three.map((name) => band(name, { reflectance: reflectance() }));
    const { browse } = await make(bands, { colours: three });
    const { data, info } = await sharp(browse).raw().toBuffer({ resolveWithObject: true });
    expect(info.channels).toBe(3);
    const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * 3;
    expect(data[at]).toBeGreaterThan(30);
    expect([data[at + 1], data[at + 2]]).toEqual([data[at], data[at]]);
  });

  it.each<[string, () => SwathValues, string]>([
    ['a variable there is not', () => band('X', { variable: 'none' }), 'no variable'],
    ['quality of another shape', () => band('X', { quality: { file, variable: 'flux', least: 1 } }), 'not 120 x 129'],
    ['a band without irradiance', () => band('X', { reflectance: { ...reflectance(), band: 2 } }), 'no row 2'],
    ['tie points that are none', () => band('X', { reflectance: { ...reflectance(), zenith: { file, variable: 'radiance2' } } }), 'no variable'],
  ])('are refused with %s, and nothing is left', async (_, wanted, message) => {
    const out = mkdtempSync(join(folder, 'out-'));
    const work = makeBrowse({ ...plan, values: [band('GOOD'), wanted()] }, out, { resolution: 20, maxSide: 1024 });
    await expect(work).rejects.toThrow(message);
    expect(readdirSync(out)).toEqual([]);
  }); // prettier-ignore
});
