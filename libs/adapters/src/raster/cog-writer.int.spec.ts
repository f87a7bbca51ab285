import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allocateSamples, type CogSampleType, type CogSpec, type Samples } from './cog-spec.js';
import { writeCog } from './cog-writer.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cog-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const spec = (changes: Partial<CogSpec> = {}): CogSpec => ({
  width: 700,
  height: 531,
  bands: 3,
  sampleType: 'uint8',
  crs: 'EPSG:32632',
  origin: [399960, 5700000],
  pixelSize: [20, 20],
  ...changes,
});

const SCALES = { uint8: 1, uint16: 200, int16: 100, uint32: 1e7, int32: 8e6, float32: 0.37, float64: 0.37 } as const;

/** A picture with a hole of nodata, smooth enough to compress and rough enough to see mistakes. */
function picture({ width, height, bands, sampleType, nodata }: CogSpec): Samples {
  const samples = allocateSamples(sampleType, width * height * bands);
  const scale = SCALES[sampleType];
  for (let i = 0; i < samples.length; i++) {
    const x = Math.floor(i / bands) % width;
    const y = Math.floor(i / bands / width);
    const hole = nodata !== undefined && Math.hypot(x - 300, y - 200) < 90;
    samples[i] = hole ? nodata : (1 + ((x * 3 + y * 7 + (i % bands) * 31) % 250)) * scale;
  }
  return samples;
}

async function* inStrips(samples: Samples, row: number, rows: number): AsyncGenerator<Samples> {
  for (let at = 0; at < samples.length; at += row * rows) yield samples.subarray(at, at + row * rows);
}

function validate(file: string): string {
  return execFileSync(
    '/usr/bin/python3',
    ['-m', 'osgeo_utils.samples.validate_cloud_optimized_geotiff', '--full-check=yes', file],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
}

function readLevel(file: string, type: CogSampleType, overview?: number): Samples {
  const out = join(folder, 'level.raw');
  const level = overview === undefined ? [] : ['-oo', `OVERVIEW_LEVEL=${overview}`];
  execFileSync('gdal_translate', ['-q', ...level, '-of', 'ENVI', '-co', 'INTERLEAVE=BIP', file, out]);
  const bytes = readFileSync(out);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return {
    uint8: () => new Uint8Array(buffer),
    uint16: () => new Uint16Array(buffer),
    int16: () => new Int16Array(buffer),
    uint32: () => new Uint32Array(buffer),
    int32: () => new Int32Array(buffer),
    float32: () => new Float32Array(buffer),
    float64: () => new Float64Array(buffer),
  }[type]();
}

const info = (file: string) =>
  JSON.parse(execFileSync('gdalinfo', ['-json', file], { encoding: 'utf8' })) as {
    coordinateSystem: { wkt: string };
    geoTransform: number[];
    bands: { noDataValue?: number; overviews: { size: number[] }[]; block: number[] }[];
  };

const cases: [string, Partial<CogSpec>][] = [
  ['RGB uint8 in UTM', {}],
  [
    'grey uint8 with nodata 0, WGS 84',
    { bands: 1, nodata: 0, crs: 'CRS:84', origin: [8, 52], pixelSize: [0.001, 0.0007] },
  ],
  ['four bands uint16 with nodata', { bands: 4, sampleType: 'uint16', nodata: 0 }],
  [
    'int16 with nodata -32768, ETRS89',
    { bands: 1, sampleType: 'int16', nodata: -32768, crs: 'EPSG:4258', origin: [8, 52], pixelSize: [0.001, 0.001] },
  ],
  ['float32 with NaN as nodata', { bands: 2, sampleType: 'float32', nodata: Number.NaN }],
  ['one block', { width: 40, height: 17 }],
  ['one pixel', { width: 1, height: 1 }],
  ['a thin strip', { width: 3, height: 1500 }],
];

describe('writeCog, as GDAL sees it', () => {
  it.each(cases)('%s is a valid COG and gives back its samples', async (_, changes) => {
    const raster = spec(changes);
    const samples = picture(raster);
    const file = join(folder, 'a.tif');
    await writeCog(file, raster, inStrips(samples, raster.width * raster.bands, 100));
    expect(validate(file)).toMatch(/is a valid cloud optimized GeoTIFF/);
    expect(validate(file)).not.toMatch(/warning/i);
    const read = readLevel(file, raster.sampleType);
    expect(Buffer.compare(Buffer.from(read.buffer), Buffer.from(samples.buffer as ArrayBuffer))).toBe(0);
    const { geoTransform, coordinateSystem, bands } = info(file);
    expect(geoTransform).toEqual([raster.origin[0], raster.pixelSize[0], 0, raster.origin[1], 0, -raster.pixelSize[1]]);
    expect(coordinateSystem.wkt).toContain(`ID["EPSG",${raster.crs === 'CRS:84' ? 4326 : raster.crs.slice(5)}]`);
    expect(bands[0]!.block).toEqual([256, 256]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('averages overviews as GDAL does, nodata left out', async () => {
    const raster = spec({ bands: 1, sampleType: 'int16', nodata: -1, width: 640, height: 512 });
    const file = join(folder, 'a.tif');
    await writeCog(file, raster, inStrips(picture(raster), 640, 64));
    const ours = readLevel(file, 'int16', 0);
    execFileSync('gdal_translate', ['-q', file, join(folder, 'plain.tif')]);
    execFileSync('gdaladdo', ['-q', '-r', 'average', join(folder, 'plain.tif'), '2']);
    const theirs = readLevel(join(folder, 'plain.tif'), 'int16', 0);
    expect(ours.length).toBe(theirs.length);
    expect(ours.every((value, i) => Math.abs(value - theirs[i]!) <= 1)).toBe(true);
  });

  it('writes BigTIFF that GDAL accepts', async () => {
    const raster = spec();
    const samples = picture(raster);
    const file = join(folder, 'big.tif');
    await writeCog(file, raster, inStrips(samples, 2100, 256), { bigTiff: true });
    expect(readFileSync(file).readUInt16LE(2)).toBe(43);
    expect(validate(file)).toMatch(/is a valid/);
    expect(readLevel(file, 'uint8')).toEqual(samples);
  });
});
