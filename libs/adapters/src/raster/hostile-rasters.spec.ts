import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deflateSync, zstdCompressSync } from 'node:zlib';
import sharp from 'sharp';
import { InvalidError, NotFoundError, TooLargeError } from '#domain/errors.js';
import type { RasterStyle, RenderRequest, RenderSource } from '#domain/ports/raster-engine.js';
import { writeTiff, type TiffField, type TiffLayout, type TiffPart } from '#test/support/tiff-file.js';
import { CogRasterEngine } from './cog-raster-engine.js';
import type { ReadObject } from './object-ranges.js';
import { RenderThreads } from './render-threads.js';

const SIDE = 256;
const [X, Y] = [600_000, 5_700_000];
const GREY: RasterStyle = { bands: [0], stretch: [{ min: 0, max: 255 }] };

/** One block of 256 x 256 bytes, uncompressed, 10 m pixels in UTM 32N, with what a test changes. */
const part = (changes: Record<number, TiffField> = {}, block: Uint8Array = new Uint8Array(SIDE * SIDE).fill(9)): TiffPart => ({
  blocks: [block],
  fields: {
    256: [4, [SIDE]],
    257: [4, [SIDE]],
    258: [3, [8]],
    259: [3, [1]],
    262: [3, [1]],
    277: [3, [1]],
    322: [4, [SIDE]],
    323: [4, [SIDE]],
    33550: [12, [10, 10, 0]],
    33922: [12, [0, 0, 0, X, Y, 0]],
    34735: [3, [1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, 32632]],
    ...changes,
  },
}); // prettier-ignore
const tiff = (changes: Record<number, TiffField> = {}, block?: Uint8Array, layout?: TiffLayout): Uint8Array =>
  writeTiff([part(changes, block)], layout);
const coded = (compression: number, block: Uint8Array): Uint8Array => tiff({ 259: [3, [compression]] }, block);

/** Nothing but zeros, as far as each coding can announce them. */
const ZEROS = new Uint8Array(64 << 20);

async function bombs(): Promise<readonly (readonly [string, Uint8Array])[]> {
  const wide = { create: { width: 4000, height: 4000, channels: 3, background: '#000' } } as const;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}"><image href="file:///etc/passwd"/></svg>`;
  return [
    ['a deflate bomb', coded(8, deflateSync(ZEROS))],
    ['a zstd bomb', coded(50_000, zstdCompressSync(ZEROS))],
    // 9 bit codes: clear, then one short run after another.
    ['LZW that only clears', coded(5, new Uint8Array(100_000).fill(0x80))],
    ['PackBits of no bytes', coded(32_773, new Uint8Array(120_000).fill(0x80))],
    ['a JPEG far larger than its block', coded(7, await sharp(wide).jpeg({ quality: 1 }).toBuffer())],
    ['a WebP far larger than its block', coded(50_001, await sharp(wide).webp({ quality: 1 }).toBuffer())],
    ['SVG for WebP', coded(50_001, Buffer.from(svg))],
    ['PNG for WebP', coded(50_001, await sharp(ZEROS.subarray(0, SIDE * SIDE), { raw: { width: SIDE, height: SIDE, channels: 1 } }).png().toBuffer())],
    ['PNG for JPEG', coded(7, await sharp(ZEROS.subarray(0, SIDE * SIDE), { raw: { width: SIDE, height: SIDE, channels: 1 } }).png().toBuffer())],
    ['text for deflate', coded(8, Buffer.from('x'.repeat(1000)))],
  ]; // prettier-ignore
}

const LYING: readonly (readonly [string, Uint8Array])[] = [
  ['a directory past the end', tiff({}, undefined, { next: 900_000 })],
  ['a directory that is its own next one', tiff({}, undefined, { next: 8 })],
  ['a directory within itself', tiff({}, undefined, { next: 20 })],
  ['blocks past the end', tiff({ 324: [4, [4_000_000_000]], 325: [4, [SIDE * SIDE]] })],
  ['a block longer than the file', tiff({ 324: [4, [8]], 325: [4, [250_000_000]] })],
  ['a block of 16 EB', tiff({ 324: [16, [8]], 325: [16, [Number.MAX_SAFE_INTEGER]] }, undefined, { big: true })],
  ['thousands of millions of tiles', tiff({ 256: [4, [0x7fffffff]], 257: [4, [0x7fffffff]], 322: [4, [16]], 323: [4, [16]] })],
  ['one tile of the size of the world', tiff({ 256: [4, [0x7fffffff]], 257: [4, [0x7fffffff]], 322: [4, [0x7fffffff]], 323: [4, [0x7fffffff]] })],
  ['65 535 bands', tiff({ 277: [3, [65_535]] })],
  ['pixels of no size', tiff({ 33550: [12, [0, 0, 0]] })],
  ['a predictor for floats over bytes', tiff({ 317: [3, [3]], 258: [3, [64]], 339: [3, [3]] })],
]; // prettier-ignore

const POSING: readonly (readonly [string, string])[] = [
  ['a VRT', '<VRTDataset rasterXSize="9" rasterYSize="9"><SRS>EPSG:4326</SRS><VRTRasterBand><SourceFilename>/etc/passwd</SourceFilename></VRTRasterBand></VRTDataset>'],
  ['a web map', '<GDAL_WMS><Service name="TMS"><ServerUrl>http://127.0.0.1:9/${z}</ServerUrl></Service></GDAL_WMS>'],
  ['a path', '/vsicurl/http://127.0.0.1:9/secret.tif'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/"/></svg>'],
  ['JSON', '{"type":"FeatureCollection"}'],
  ['a VRT behind the mark of a TIFF', 'II*\0<VRTDataset><SourceFilename>/etc/passwd</SourceFilename></VRTDataset>'],
  ['nothing', ''],
]; // prettier-ignore

describe('hostile rasters', () => {
  const objects = new Map<string, Uint8Array>();
  const asked = new Set<string>();
  const read: ReadObject = (key, { offset, length }) => {
    asked.add(key);
    const bytes = objects.get(key);
    if (!bytes) return Promise.reject(new NotFoundError(`There is no object ${key}`));
    return Promise.resolve(Uint8Array.from(bytes.subarray(offset, offset + length)));
  };
  const limits = { headerBytes: 8 << 20, blockBytes: 32 << 20, requestBytes: 256 << 20 };
  const engine = new CogRasterEngine(new RenderThreads({ threads: 1, read, limits }), {
    maxPixels: 1 << 24,
    maxCoverageSamples: 1 << 24,
    maxJobs: 100,
  });
  const image = (key: string, changes: Partial<RenderRequest> = {}): RenderRequest => ({
    sources: [picture(key)],
    crs: 'EPSG:3857',
    bbox: [1_160_000, 6_695_000, 1_164_000, 6_699_000],
    width: 256,
    height: 256,
    format: 'image/png',
    transparent: true,
    background: 0,
    ...changes,
  });
  const picture = (key: string): RenderSource => ({ source: { key, etag: '1' }, style: GREY });
  const put = (key: string, bytes: Uint8Array): void => void objects.set(key, bytes);
  /** What a request ends in; it may only ever read the object it is about. */
  const outcome = async (key: string, changes: Partial<RenderRequest> = {}): Promise<string> => {
    asked.clear();
    const result = await engine.render(image(key, changes)).then(
      ({ drawn }) => `drawn ${drawn.join()}`,
      (error: unknown) => (error as Error).constructor.name,
    );
    expect([...asked].filter((one) => one !== key)).toEqual([]);
    return result;
  };
  let made: ReadonlyMap<string, Uint8Array>;

  beforeAll(async () => {
    put('good', tiff());
    made = new Map([...(await bombs()), ...LYING, ...POSING.map(([name, text]) => [name, Buffer.from(text)] as const)]);
    for (const [name, bytes] of made) put(name, bytes);
  }, 120_000);
  afterAll(() => engine.close());

  it('an honest one of the same make is drawn', async () => {
    expect(await outcome('good')).toBe('drawn 0');
  }, 60_000);

  it('of every kind are refused, and the engine draws on', async () => {
    const before = process.memoryUsage().rss;
    const ends = new Map<string, string>();
    for (const name of made.keys()) ends.set(name, await outcome(name));
    expect(Object.fromEntries(ends)).toEqual(
      Object.fromEntries([...made.keys()].map((name) => [name, 'InvalidError'])),
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20);
    expect(await outcome('good')).toBe('drawn 0');
  }, 120_000);

  it('are left out of a map, which shows the others', async () => {
    const sources = [picture('good'), ...[...made.keys()].map(picture)];
    const { drawn, leftOut } = await engine.render(image('', { sources, leavesOut: true }));
    expect(drawn).toEqual([0]);
    expect(leftOut.every(({ isPassing }) => !isPassing)).toBe(true);
    expect(leftOut).toHaveLength(made.size);
  }, 120_000);

  it('cut short anywhere are drawn or refused', async () => {
    const whole = writeTiff([part({ 259: [3, [8]] }, deflateSync(noise()))]);
    for (let cut = 0; cut < 40; cut++) {
      const key = `cut ${cut}`;
      put(key, whole.slice(0, Math.floor((whole.length * cut) / 40)));
      expect([key, await outcome(key)]).toEqual([key, 'InvalidError']);
    }
  }, 120_000);

  it('with one byte changed anywhere in header or block are drawn or refused', async () => {
    const whole = writeTiff([part({ 259: [3, [8]] }, deflateSync(noise()))]);
    for (let at = 0; at < whole.length; at += at < 512 ? 1 : 501) {
      const key = `changed ${at}`;
      const bytes = whole.slice();
      bytes[at] = bytes[at]! ^ 0xff;
      put(key, bytes);
      expect(['drawn 0', 'drawn ', 'InvalidError', 'TooLargeError']).toContain(await outcome(key));
      objects.delete(key);
    }
  }, 300_000);

  it.each([
    ['of pixels too small for numbers', { 33550: [12, [1e-300, 1e-300, 0]] }],
    ['beyond all numbers', { 33922: [12, [0, 0, 0, 1e300, 1e300, 0]] }],
    ['of pixels as large as the sky', { 33550: [12, [1e200, 1e200, 0]] }],
  ] satisfies [string, Record<number, TiffField>][])(
    'lying at a place %s end in no picture',
    async (key, changes) => {
      put(key, tiff(changes));
      expect(await outcome(key, { width: 2048, height: 2048 })).toMatch(/^drawn 0?$|Error$/);
    },
    60_000,
  );

  it('of millimetres over a whole country, without overviews, are refused before their positions are computed', async () => {
    const fields: Record<number, TiffField> = {
      256: [4, [11_000 * 300]],
      257: [4, [11_000 * 300]],
      258: [3, [1]],
      322: [4, [11_000]],
      323: [4, [11_000]],
      324: [4, Array.from({ length: 90_000 }, () => 8)],
      325: [4, Array.from({ length: 90_000 }, () => 9)],
      33550: [12, [0.1, 0.1, 0]],
    };
    put('millimetres', tiff(fields));
    const all = { bbox: [1_100_000, 6_600_000, 1_600_000, 7_100_000] as const, width: 4096, height: 4096 };
    expect(await outcome('millimetres', all)).toBe('TooLargeError');
  }, 60_000);

  it('images of 20 000 pixels a side, and formulas too long for their image, are refused before anything is read', async () => {
    asked.clear();
    await expect(engine.render(image('good', { width: 20_000, height: 20_000 }))).rejects.toThrow(TooLargeError);
    const bands = { A: { source: { key: 'good', etag: '1' }, band: 0 } };
    const value = Array.from({ length: 140 }, () => 'A').join('+');
    const long: RenderSource = { bands, formula: { colouring: { kind: 'grey', value } } };
    const large = { width: 4096, height: 4096, sources: [long] };
    await expect(engine.render(image('good', large))).rejects.toThrow(TooLargeError);
    await expect(engine.render(image('good', { sources: [{ ...long, formula: { colouring: { kind: 'grey', value: 'A+'.repeat(400) } } }] }))).rejects.toThrow(InvalidError); // prettier-ignore
    expect([...asked]).toEqual([]);
  }, 60_000);
});

function noise(): Uint8Array {
  return new Uint8Array(SIDE * SIDE).map((_, i) => Math.imul(i, 2_654_435_761) >>> 24);
}
