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

  const system = (values: Record<number, number>): Record<number, TiffField> => {
    const keys = { 1024: 1, 1025: 1, 2048: 32767, 2056: 7030, 3072: 32767, 3076: 9001, ...values };
    // What is no whole number stands among the doubles.
    const doubles: number[] = [];
    const entries = Object.entries(keys).flatMap(([key, value]) =>
      Number(key) >= 3080 ? [Number(key), 34736, 1, doubles.push(value) - 1] : [Number(key), 0, 1, value],
    );
    return { 34735: [3, [1, 1, 0, entries.length / 4, ...entries]], 34736: [12, doubles.length > 0 ? doubles : [0]] };
  };
  const tmerc = { 3075: 1, 3080: 129, 3081: 0, 3082: 500_000, 3083: 0, 3092: 0.9996 };
  const laea = { 2056: 7019, 3075: 10, 3082: 4_321_000, 3083: 3_210_000, 3088: 10, 3089: 52 };

  it.each([
    ['UTM by its projection', { 3074: 16_052 }, 'EPSG:32652'],
    ['UTM of the south', { 3074: 16_133 }, 'EPSG:32733'],
    ['UTM on ETRS89', { 3074: 16_032, 2056: 7019 }, 'EPSG:25832'],
    ['UTM by its parameters', tmerc, 'EPSG:32652'],
    ['the European equal-area grid', laea, 'EPSG:3035'],
    ['the same on the geographic system ETRS89', { ...laea, 2048: 4258 }, 'EPSG:3035'],
  ])('knows %s where no code is named (OGC GeoTIFF 1.1 §7.4)', async (_, keys, crs) => {
    expect((await read(writeTiff([part(system(keys))]))).header.crs).toBe(crs);
  });

  it.each([
    ['an ellipsoid of its own', { 3074: 16_052, 2056: 32_767 }],
    ['feet', { ...tmerc, 3076: 9002 }],
    ['a meridian of its own', { ...tmerc, 2051: 8903 }],
    ['a grid that is none known', { ...tmerc, 3080: 129.5 }],
    ['another method', { ...laea, 3075: 22 }],
  ])('takes %s for no known system', async (_, keys) => {
    await expect(read(writeTiff([part(system(keys))]))).rejects.toThrow('nor the parameters of a known one');
  });

  it('says that control points are no grid', async () => {
    const points: TiffField = [12, [0, 0, 0, 9, 50, 0, 20, 0, 0, 9.1, 50, 0]];
    const fields = Object.fromEntries(Object.entries({ ...honest, 33922: points }).filter(([tag]) => tag !== '33550'));
    await expect(read(writeTiff([{ fields, blocks: [block, block] }]))).rejects.toThrow('ground control points');
  });

  it.each([
    ['nothing', 'no XML at all', {}],
    ['a scale', '<Item name="SCALE" sample="0" role="scale">0.0001</Item>', { 0: { scale: 0.0001, offset: 0 } }],
    [
      'both, of a later band, in any order',
      '<Item role="offset" sample="2" name="OFFSET"> -5 </Item><Item sample="2" role="scale" name="SCALE">2</Item>',
      { 2: { scale: 2, offset: -5 } },
    ],
    ['what is no scale', '<Item sample="0" role="scale">0</Item><Item sample="0" role="offset">none</Item>', {}],
    ['other metadata', '<Item name="STATISTICS_MEAN" sample="0">4</Item><Item role="unittype" sample="0">m</Item>', {}],
  ])('reads of the scales of bands: %s (GDAL tag 42112)', async (_, items, scales) => {
    const metadata = text(`<GDALMetadata>${items}</GDALMetadata>`);
    const { header } = await read(writeTiff([part({ 42112: metadata })]));
    expect(Object.fromEntries(header.scales)).toEqual(scales);
  });

  it.each([34737, 42112])('leaves texts unread that are longer than any header: tag %i', async (tag) => {
    const bytes = writeTiff([part({ [tag]: text('<Item sample="0" role="scale">2</Item>') })]);
    const view = new DataView(bytes.buffer);
    const fields = view.getUint16(8, true);
    const entry = Array.from({ length: fields }, (_, i) => 10 + i * 12).find((at) => view.getUint16(at, true) === tag)!;
    view.setUint32(entry + 4, 5_000_000, true);
    expect((await read(bytes)).header.scales.size).toBe(0);
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
