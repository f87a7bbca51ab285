import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import { writeTiff, type TiffField, type TiffLayout, type TiffPart } from '#test/support/tiff-file.js';
import { rasterInfo } from './raster-info.js';
import { readRasterHeader } from './raster-header.js';

const block = new Uint8Array(256);
const text = (value: string): TiffField => [2, [...Buffer.from(`${value}\0`)]];

/** A 20 x 10 byte raster of one 16 x 16 block column by two, in UTM 32N. */
const honest: Record<number, TiffField> = {
  256: [4, [20]],
  257: [4, [10]],
  258: [3, [8]],
  259: [3, [1]],
  262: [3, [1]],
  277: [3, [1]],
  322: [3, [16]],
  323: [3, [16]],
  33550: [12, [10, 10, 0]],
  33922: [12, [0, 0, 0, 600000, 5700000, 0]],
  34735: [3, [1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32632]],
};
const part = (changes: Record<number, TiffField> = {}): TiffPart => ({
  fields: { ...honest, ...changes },
  blocks: [block, block],
});

async function read(bytes: Uint8Array<ArrayBuffer>) {
  let reads = 0;
  const header = await readRasterHeader((offset, length) => {
    reads++;
    return Promise.resolve(bytes.slice(offset, offset + length));
  });
  return { header, reads };
}

const layouts: TiffLayout[] = [{}, { big: true }, { bigEndian: true }, { big: true, bigEndian: true }];

describe('readRasterHeader', () => {
  it.each(layouts)('reads classic TIFF and BigTIFF of both byte orders by one range read (%j)', async (layout) => {
    const { header, reads } = await read(writeTiff([part({ 42113: text('-9999') })], layout));
    expect(reads).toBe(1);
    expect(rasterInfo(header)).toEqual({
      width: 20,
      height: 10,
      bands: 1,
      sampleType: 'uint8',
      crs: 'EPSG:32632',
      bbox: [600000, 5699900, 600200, 5700000],
      nodata: -9999,
      overviews: 0,
    });
  });

  it('orders overviews by size and pairs masks with their level (TIFF 6.0 NewSubfileType)', async () => {
    const half = { 254: [4, [1]], 256: [4, [10]], 257: [4, [5]] } satisfies Record<number, TiffField>;
    const mask = { 254: [4, [4]], 258: [3, [1]], 262: [3, [4]] } satisfies Record<number, TiffField>;
    const { header } = await read(
      writeTiff([part(), part({ ...mask }), part(half), part({ ...half, ...mask, 254: [4, [5]] })]),
    );
    expect(header.levels.map(({ width }) => width)).toEqual([20, 10]);
    expect(header.masks.map((level) => level?.width)).toEqual([20, 10]);
  });

  it('moves PixelIsPoint rasters by half a pixel (OGC GeoTIFF 1.1 §7.1.2)', async () => {
    const keys: TiffField = [3, [1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 2, 3072, 0, 1, 32632]];
    const { header } = await read(writeTiff([part({ 34735: keys })]));
    expect(rasterInfo(header).bbox).toEqual([599995, 5699905, 600195, 5700005]);
  });

  it('takes a rotated grid from ModelTransformation', async () => {
    const matrix: TiffField = [12, [0, 10, 0, 600000, 10, 0, 0, 5700000, 0, 0, 0, 0, 0, 0, 0, 1]];
    const { header } = await read(writeTiff([part({ 34264: matrix })]));
    expect(header.pixelToCrs).toEqual([0, 10, 600000, 10, 0, 5700000]);
    expect(rasterInfo(header).bbox).toEqual([600000, 5700000, 600100, 5700200]);
  });

  it.each([
    ['nan', Number.NaN],
    ['-3.4e+38', -3.4e38],
    [' 0 ', 0],
    ['-inf', -Infinity],
    ['none', undefined],
  ])('reads the no-data value %j (GDAL tag 42113)', async (value, nodata) => {
    expect((await read(writeTiff([part({ 42113: text(value) })]))).header.nodata).toBe(nodata);
  });

  it('finds the opacity band (TIFF 6.0 §18 ExtraSamples) and the palette (§5)', async () => {
    const rgba = part({ 258: [3, [8, 8, 8, 8]], 262: [3, [2]], 277: [3, [4]], 338: [3, [2]] });
    expect((await read(writeTiff([rgba]))).header.alpha).toBe(3);
    const map = Array.from({ length: 768 }, (_, i) => (i % 256) * 257);
    const { palette } = (await read(writeTiff([part({ 262: [3, [3]], 320: [3, map] })]))).header;
    expect([...palette!.subarray(9, 12)]).toEqual([3, 3, 3]);
  });

  const lies: [string, Record<number, TiffField>, string][] = [
    ['a huge raster of small blocks', { 256: [4, [0x7fffffff]], 257: [4, [0x7fffffff]] }, 'blocks; at most'],
    ['a side of nothing', { 256: [4, [0]] }, '0 x 10'],
    ['huge blocks', { 322: [4, [65536]], 323: [4, [65536]] }, 'blocks of 4294967296 bytes'],
    ['more blocks than are indexed', { 256: [4, [2000]] }, 'its index has 2'],
    ['a million bands', { 277: [4, [1_000_000]] }, '1000000 bands'],
    ['24 bit samples', { 258: [3, [24]] }, '24 bits'],
    ['complex samples', { 339: [3, [6]] }, 'format 6'],
    ['no pixel size', { 33550: [12, [0, 0, 0]] }, 'georeference'],
    ['a place that is no number', { 33922: [12, [0, 0, 0, NaN, 0, 0]] }, 'georeference'],
    ['a CRS of its own', { 34735: [3, [1, 1, 0, 1, 3072, 0, 1, 32767]] }, 'no EPSG code'],
    ['a short palette', { 262: [3, [3]], 320: [3, [1, 2]] }, 'palette'],
  ];
  it.each(lies)('refuses %s', async (_, changes, message) => {
    const reading = read(writeTiff([part(changes)]));
    await expect(reading).rejects.toThrow(InvalidError);
    await expect(reading).rejects.toThrow(message);
  });

  it('refuses loops of directories, promptly', async () => {
    await expect(read(writeTiff([part()], { next: 8 }))).rejects.toThrow('loop');
  });

  it('refuses values announced past the end or beyond any reason', async () => {
    const bytes = writeTiff([part()]);
    const view = new DataView(bytes.buffer);
    // The count of the first field (tag 256).
    for (const count of [0xffffffff, 3_000_000]) {
      view.setUint32(8 + 2 + 4, count, true);
      await expect(read(bytes)).rejects.toThrow(InvalidError);
    }
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['text', Uint8Array.from(Buffer.from('this is no TIFF at all'))],
    ['half a header', writeTiff([part()]).slice(0, 60)],
    ['a directory past the end', writeTiff([part()], { next: 900_000 })],
  ])('refuses %s', async (_, bytes) => {
    await expect(read(bytes)).rejects.toThrow(InvalidError);
  });

  it('survives any damage to one byte: a header or an InvalidError', async () => {
    const bytes = writeTiff([part({ 42113: text('0') })]);
    for (let at = 0; at < bytes.length - 512; at++) {
      const damaged = bytes.slice();
      damaged[at] = damaged[at]! ^ 0xff;
      await read(damaged).catch((error: unknown) => expect(error).toBeInstanceOf(InvalidError));
    }
  });
});
