import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { RasterStyle } from '#domain/ports/raster-engine.js';
import type { CogSpec } from './cog-spec.js';
import { writeCog } from './cog-writer.js';
import type { ReadObject } from './object-ranges.js';
import { RasterRenderer } from './raster-renderer.js';

function hasGdal(): boolean {
  try {
    return execFileSync('gdal_translate', ['--version']).length > 0;
  } catch (error) {
    if (process.env['CI'] !== undefined) throw error;
    process.stdout.write('Skipped: formats written by GDAL; gdal_translate is missing.\n');
    return false;
  }
}

const gdal = hasGdal();
const SIZE = { width: 301, height: 203 };
const STYLE: RasterStyle = { bands: [0, 1, 2], stretch: [0, 1, 2].map(() => ({ min: 0, max: 255 })) };
const read: ReadObject = (key, { offset, length }) =>
  Promise.resolve(Uint8Array.from(readFileSync(key).subarray(offset, offset + length)));
const renderer = new RasterRenderer(read, { headerBytes: 1 << 24, blockBytes: 1 << 26, requestBytes: 1 << 28 });

let folder: string;
let original: string;
let expected: Buffer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'formats-'));
  original = join(folder, 'original.tif');
  const samples = Uint8Array.from(
    { length: SIZE.width * SIZE.height * 3 },
    (_, i) => 1 + ((((i % 3) + 1) * (Math.floor(i / 3) % SIZE.width) + Math.floor(i / 903)) % 120),
  );
  const place = { crs: 'EPSG:32633', origin: [400_000, 5_800_000] as const, pixelSize: [10, 10] as const };
  const spec: CogSpec = { ...SIZE, bands: 3, sampleType: 'uint8', ...place };
  async function* strips() {
    yield samples;
  }
  await writeCog(original, spec, strips());
  expected = await draw(original);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function draw(file: string): Promise<Buffer> {
  const { bytes } = await renderer.render({
    sources: [{ source: { key: file, etag: '1' }, style: STYLE }],
    crs: 'EPSG:32633',
    bbox: [400_000, 5_800_000 - SIZE.height * 10, 400_000 + SIZE.width * 10, 5_800_000],
    width: SIZE.width,
    height: SIZE.height,
    format: 'image/png',
    resampling: 'nearest',
    transparent: true,
    background: 0,
  });
  return sharp(bytes).ensureAlpha().raw().toBuffer();
}

const options = (...pairs: string[]): string[] => pairs.flatMap((pair) => ['-co', pair]);
const TILED = options('TILED=YES', 'BLOCKXSIZE=64', 'BLOCKYSIZE=48');

(gdal ? describe : describe.skip)('GeoTIFFs as GDAL writes them draw the same picture', () => {
  it.each([
    ['uncompressed strips', options('BLOCKYSIZE=7')],
    ['tiles', [...TILED]],
    ['big-endian BigTIFF', [...TILED, ...options('ENDIANNESS=BIG', 'BIGTIFF=YES')]],
    [
      'big-endian 16 bit with predictor 2',
      ['-ot', 'UInt16', ...options('ENDIANNESS=BIG', 'COMPRESS=LZW', 'PREDICTOR=2')],
    ],
    ['bands apart', [...TILED, ...options('INTERLEAVE=BAND', 'COMPRESS=DEFLATE', 'PREDICTOR=2')]],
    ['bands apart in strips', options('INTERLEAVE=BAND', 'COMPRESS=PACKBITS', 'BLOCKYSIZE=16')],
    ['LZW', [...TILED, ...options('COMPRESS=LZW')]],
    ['zstd with predictor 2', [...TILED, ...options('COMPRESS=ZSTD', 'PREDICTOR=2')]],
    [
      'lossless WebP',
      [...options('TILED=YES', 'BLOCKXSIZE=64', 'BLOCKYSIZE=64', 'COMPRESS=WEBP', 'WEBP_LOSSLESS=YES')],
    ],
    ['32 bit integers', ['-ot', 'Int32', ...TILED, ...options('COMPRESS=DEFLATE', 'PREDICTOR=2')]],
    ['unsigned 32 bit integers', ['-ot', 'UInt32', ...TILED]],
    ['16 bit signed', ['-ot', 'Int16', ...TILED, ...options('COMPRESS=DEFLATE', 'PREDICTOR=2')]],
    ['floats with predictor 3', ['-ot', 'Float32', ...TILED, ...options('COMPRESS=DEFLATE', 'PREDICTOR=3')]],
    ['big-endian floats', ['-ot', 'Float32', ...options('ENDIANNESS=BIG', 'COMPRESS=LZW')]],
    ['doubles with predictor 3', ['-ot', 'Float64', ...TILED, ...options('COMPRESS=ZSTD', 'PREDICTOR=3')]],
    ['doubles, bands apart', ['-ot', 'Float64', ...options('INTERLEAVE=BAND')]],
    ['7 bit samples', options('NBITS=7', 'COMPRESS=DEFLATE')],
    ['15 bit samples', ['-ot', 'UInt16', ...TILED, ...options('NBITS=15')]],
    ['a COG', ['-of', 'COG', ...options('BLOCKSIZE=128', 'COMPRESS=DEFLATE')]],
    ['a mask', ['-mask', '1', ...TILED, '--config', 'GDAL_TIFF_INTERNAL_MASK', 'YES']],
    ['a rotation by ModelTransformation of no angle', [...TILED, ...options('PROFILE=GeoTIFF')]],
  ])('%s', async (name, arguments_) => {
    const file = join(folder, `${name.replaceAll(/\W/g, '-')}.tif`);
    execFileSync('gdal_translate', ['-q', ...arguments_, original, file]);
    const drawn = await draw(file);
    expect(drawn.equals(expected)).toBe(true);
  });

  it.each(['YCBCR', 'RGB'])('JPEG, photometric %s, within the loss of the coding', async (photometric) => {
    const file = join(folder, `${photometric}.tif`);
    const jpeg = options(
      'COMPRESS=JPEG',
      `PHOTOMETRIC=${photometric}`,
      'JPEG_QUALITY=95',
      'TILED=YES',
      'BLOCKXSIZE=64',
      'BLOCKYSIZE=64',
    );
    execFileSync('gdal_translate', ['-q', ...jpeg, original, file]);
    const [drawn, decoded] = [await draw(file), join(folder, `${photometric}.decoded.tif`)];
    execFileSync('gdal_translate', ['-q', ...TILED, file, decoded]);
    const same = await draw(decoded);
    const apart = drawn.reduce((sum, value, i) => sum + Math.abs(value - same[i]!), 0) / drawn.length;
    expect(apart).toBeLessThan(1);
  });

  it('blocks never written are without data', async () => {
    const file = join(folder, 'sparse.tif');
    const window = ['-srcwin', '-500', '-500', '1100', '1100', '-a_nodata', '0'];
    execFileSync('gdal_translate', ['-q', ...window, ...TILED, ...options('SPARSE_OK=TRUE'), original, file]);
    expect((await draw(file)).equals(expected)).toBe(true);
  });
});
