import { describe, expect, it } from '@jest/globals';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { InvalidError } from '#domain/errors.js';
import { decodeBlock } from './block-decode.js';
import { decodeLzw } from './lzw-decode.js';
import { decodePackBits } from './packbits-decode.js';
import { readRasterLevel, type RasterLevel } from './raster-level.js';
import { readTiffDirectories } from './tiff-directory.js';

type Depth = 'uchar' | 'ushort';

/** What a TIFF holds, by our reader. */
async function readBack(file: Buffer): Promise<{ level: RasterLevel; samples: number[] }> {
  const bytes = Uint8Array.from(file);
  const [directory] = await readTiffDirectories((offset, length) =>
    Promise.resolve(bytes.slice(offset, offset + length)),
  );
  const level = readRasterLevel(directory!);
  const { width, height, bands, blockWidth, blockHeight, tiled } = level;
  const samples = Array.from<number>({ length: width * height * bands }).fill(0);
  for (let index = 0; index < level.across * level.down; index++) {
    const [left, top] = [(index % level.across) * blockWidth, Math.floor(index / level.across) * blockHeight];
    const rows = tiled ? blockHeight : Math.min(blockHeight, height - top);
    const start = level.offsets[index]!;
    const data = bytes.slice(start, start + level.counts[index]!);
    const block = await decodeBlock(data, level, { width: blockWidth, height: rows, bands });
    for (let y = 0; y < Math.min(rows, height - top); y++) {
      for (let x = 0; x < Math.min(blockWidth, width - left) * bands; x++) {
        samples[((top + y) * width + left) * bands + x] = block[y * blockWidth * bands + x]!;
      }
    }
  }
  return { level, samples };
}

function picture(depth: Depth, size: { width: number; height: number; bands: number }, seed: number) {
  const { width, height, bands } = size;
  const length = width * height * bands;
  const samples = depth === 'uchar' ? new Uint8Array(length) : new Uint16Array(length);
  for (let i = 0; i < length; i++) {
    const noise = Math.imul(i + seed, 2654435761) >>> 28;
    samples[i] = ((i % (width * bands)) / bands + noise) * (depth === 'uchar' ? 1 : 100);
  }
  const raw = { width, height, channels: bands as 1 | 3, depth };
  return { samples, image: sharp(samples, { raw }) };
}

describe('decodeBlock', () => {
  it('gives back what libtiff wrote: compressions, predictors, tiles and strips, depths, bands', async () => {
    const side = fc.integer({ min: 1, max: 90 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('none', 'lzw', 'deflate', 'packbits'),
        fc.constantFrom('none', 'horizontal'),
        fc.constantFrom<Depth>('uchar', 'ushort'),
        fc.record({ width: side, height: side, bands: fc.constantFrom(1, 3) }),
        fc.boolean(),
        fc.integer({ min: 0, max: 1000 }),
        async (compression, predictor, depth, size, tile, seed) => {
          const { samples, image } = picture(depth, size, seed);
          const coloured = size.bands === 1 ? image.toColourspace(depth === 'ushort' ? 'grey16' : 'b-w') : image;
          const kept = depth === 'ushort' && size.bands === 3 ? coloured.toColourspace('rgb16') : coloured;
          const tiff = await kept
            .tiff({
              compression: compression as 'lzw',
              predictor: predictor as 'none',
              tile,
              tileWidth: 32,
              tileHeight: 16,
            })
            .toBuffer();
          const read = await readBack(tiff);
          expect(read.samples).toEqual([...samples]);
        },
      ),
      { numRuns: 120 },
    );
  }, 60_000);

  it.each(['jpeg', 'webp'] as const)('decodes %s blocks within the loss of the coding', async (compression) => {
    const { samples, image } = picture('uchar', { width: 64, height: 48, bands: 3 }, 5);
    const tiff = await image.tiff({ compression, quality: 95, tile: true, tileWidth: 32, tileHeight: 16 }).toBuffer();
    const { samples: read } = await readBack(tiff);
    const error = read.reduce((sum, value, i) => sum + Math.abs(value - samples[i]!), 0) / read.length;
    expect(error).toBeLessThan(5);
  });

  const level = {
    sampleType: 'uint8',
    bits: 8,
    compression: 8,
    predictor: 1,
    littleEndian: true,
  } as unknown as RasterLevel;
  const shape = { width: 16, height: 16, bands: 1 };
  const decode = (data: Uint8Array, changes: Partial<RasterLevel> = {}) =>
    decodeBlock(Uint8Array.from(data), { ...level, ...changes }, shape);

  it('stops a decompression bomb at the size announced', async () => {
    const bomb = deflateSync(new Uint8Array(200 << 20));
    const before = process.memoryUsage().rss;
    await expect(decode(bomb)).rejects.toThrow(InvalidError);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 << 20);
  });

  it.each([
    ['deflate', 8],
    ['LZW', 5],
    ['PackBits', 32773],
    ['zstd', 50000],
    ['JPEG', 7],
    ['WebP', 50001],
    ['LERC', 34887],
    ['nothing', 1],
  ])('refuses garbage for %s', async (_, compression) => {
    await expect(decode(Uint8Array.of(1, 2, 3, 250, 7), { compression })).rejects.toThrow(InvalidError);
  });

  it('undoes both byte orders before the differences (TIFF 6.0 §14)', async () => {
    const values = Uint8Array.from([0, 10, 0, 5, 255, 250]);
    const changes = { sampleType: 'uint16', bits: 16, compression: 1, predictor: 2, littleEndian: false } as const;
    const read = await decodeBlock(values, { ...level, ...changes }, { width: 3, height: 1, bands: 1 });
    expect([...read]).toEqual([10, 15, 9]);
  });

  it('unpacks samples of odd widths row by row', async () => {
    const changes = { sampleType: 'bits', compression: 1 } as const;
    const one = await decodeBlock(
      Uint8Array.of(0b10100000, 0b01000000),
      { ...level, ...changes, bits: 1 },
      { width: 3, height: 2, bands: 1 },
    );
    expect([...one]).toEqual([1, 0, 1, 0, 1, 0]);
    const twelve = await decodeBlock(
      Uint8Array.of(0xab, 0xcd, 0xef),
      { ...level, ...changes, bits: 12 },
      { width: 2, height: 1, bands: 1 },
    );
    expect([...twelve]).toEqual([0xabc, 0xdef]);
  });
});

describe('decodeLzw', () => {
  it('expands the code string of TIFF 6.0 §13', () => {
    // Clear, 7, 258, 8, 8, 258, 6, End as 9 bit codes: 7 7 7 8 8 7 7 6.
    const codes = [256, 7, 258, 8, 8, 258, 6, 257];
    const bits = codes.map((code) => code.toString(2).padStart(9, '0')).join('');
    const bytes = Uint8Array.from(bits.match(/.{1,8}/g)!, (byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
    expect([...decodeLzw(bytes, 8)]).toEqual([7, 7, 7, 8, 8, 7, 7, 6]);
  });

  it('ends with a result or an InvalidError whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 5000 }), (bytes, size) => {
        try {
          expect(decodeLzw(bytes, size)).toHaveLength(size);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('decodePackBits', () => {
  it('expands the example of Apple and TIFF 6.0 §9', () => {
    const packed = Uint8Array.of(
      0xfe,
      0xaa,
      0x02,
      0x80,
      0x00,
      0x2a,
      0xfd,
      0xaa,
      0x03,
      0x80,
      0x00,
      0x2a,
      0x22,
      0xf7,
      0xaa,
    );
    const expected = 'aa aa aa 80 00 2a aa aa aa aa 80 00 2a 22 aa aa aa aa aa aa aa aa aa aa';
    expect(Buffer.from(decodePackBits(packed, 24)).toString('hex')).toBe(expected.replaceAll(' ', ''));
    expect(() => decodePackBits(packed, 25)).toThrow(InvalidError);
  });
});
