import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { InvalidError } from '#domain/errors.js';
import { Jp2Codec, type DecodedSamples } from './jp2-codec.js';
import { Jp2Image } from './jp2-image.js';
import { writeJp2, type Jp2Window } from './jp2-writer.js';

jest.setTimeout(60_000);

let folder: string;
let codec: Jp2Codec;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jp2-'));
  codec = await Jp2Codec.load();
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Shape {
  readonly width: number;
  readonly height: number;
  readonly components: 1 | 3;
  readonly bits: number;
}

const sampleAt = ({ bits }: Shape, x: number, y: number, c: number): number =>
  (x * 31 + y * 57 + c * 101 + ((x * y) >> 3)) & (2 ** bits - 1);

function window(shape: Shape, w: Jp2Window): DecodedSamples {
  const length = w.width * w.height * shape.components;
  const samples = shape.bits > 8 ? new Uint16Array(length) : new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    const pixel = Math.trunc(i / shape.components);
    samples[i] = sampleAt(shape, w.x + (pixel % w.width), w.y + Math.trunc(pixel / w.width), i % shape.components);
  }
  return samples;
}

async function write(name: string, shape: Shape, tile?: number): Promise<string> {
  const file = join(folder, name);
  await writeJp2(file, { ...shape, read: (w) => window(shape, w) }, codec, tile === undefined ? {} : { tile });
  return file;
}

async function read(file: string, options: { reduction?: number; wholeUpTo?: number } = {}): Promise<number[]> {
  const image = await Jp2Image.open(file, options.wholeUpTo);
  try {
    const samples: number[] = [];
    for await (const strip of image.rows(codec, options.reduction ?? 0))
      for (const sample of strip) samples.push(sample);
    return samples;
  } finally {
    await image.close();
  }
}

describe('writeJp2 and Jp2Image', () => {
  it('give back any picture, lossless, at once and tile by tile', async () => {
    const side = fc.integer({ min: 1, max: 150 });
    const depth = fc.constantFrom<Pick<Shape, 'components' | 'bits'>>(
      { components: 1, bits: 8 },
      { components: 1, bits: 12 },
      { components: 1, bits: 15 },
      { components: 1, bits: 16 },
      { components: 3, bits: 8 },
    );
    await fc.assert(
      fc.asyncProperty(side, side, depth, fc.constantFrom(32, 64, 128), async (width, height, kind, tile) => {
        const shape = { width, height, ...kind };
        const file = await write('any.jp2', shape, tile);
        const expected = [...window(shape, { x: 0, y: 0, width, height })];
        expect(await read(file)).toEqual(expected);
        expect(await read(file, { wholeUpTo: 0 })).toEqual(expected);
      }),
      { numRuns: 30 },
    );
    expect(readdirSync(folder)).toEqual(['any.jp2']);
  });

  it('read smaller resolutions of their announced size', async () => {
    const file = await write('small.jp2', { width: 201, height: 133, components: 3, bits: 8 }, 64);
    const image = await Jp2Image.open(file);
    for (let reduction = 0; reduction <= image.stream.coding.levels; reduction++) {
      const { width, height } = image.size(reduction);
      expect(await read(file, { reduction })).toHaveLength(width * height * 3);
      expect(await read(file, { reduction, wholeUpTo: 0 })).toEqual(await read(file, { reduction }));
    }
    await image.close();
    await expect(read(file, { reduction: 9 })).rejects.toThrow('smaller resolutions');
  });

  it('answer a file cut short anywhere with InvalidError', async () => {
    const bytes = readFileSync(await write('whole.jp2', { width: 140, height: 90, components: 1, bits: 12 }, 64));
    const cut = join(folder, 'cut.jp2');
    for (let length = 0; length < bytes.length; length += Math.ceil(bytes.length / 60)) {
      writeFileSync(cut, bytes.subarray(0, length));
      await expect(read(cut, { wholeUpTo: 0 })).rejects.toThrow(InvalidError);
      await expect(read(cut)).rejects.toThrow(InvalidError);
    }
  });

  it('answer damaged bytes with InvalidError or samples, never anything else', async () => {
    const bytes = readFileSync(await write('whole.jp2', { width: 140, height: 90, components: 1, bits: 12 }, 64));
    const file = join(folder, 'noise.jp2');
    for (let seed = 1; seed <= 80; seed++) {
      const noisy = Buffer.from(bytes);
      for (let i = 0; i < 3; i++)
        noisy[(seed * 7919 + i * 104_729) % (seed % 2 === 0 ? 220 : noisy.length)] = (seed * 37 + i * 11) & 255;
      writeFileSync(file, noisy);
      const outcome = await read(file, { wholeUpTo: seed % 3 === 0 ? 0 : 12e6 }).catch((error: unknown) => error);
      if (!Array.isArray(outcome)) expect(outcome).toBeInstanceOf(InvalidError);
      // Damage may break the library; a job has one of its own.
      codec = await Jp2Codec.load();
    }
  });

  it.each([
    ['a picture too large', 8, 100_000, 'up to 32768 a side'],
    ['too many tiles', 24, 1, 'tiles; up to'],
    ['tiles of no size', 24, 0, 'tiles of no size'],
    ['a shifted origin', 16, 5, 'grid origin'],
  ])('refuse %s before decoding anything', async (_, at, value, why) => {
    const bytes = readFileSync(await write('whole.jp2', { width: 140, height: 140, components: 1, bits: 8 }));
    const siz = bytes.indexOf(Buffer.from([0xff, 0x51]));
    bytes.writeUInt32BE(value, siz - 2 + at);
    if (at === 24) bytes.writeUInt32BE(value, siz - 2 + 28);
    const file = join(folder, 'hostile.jp2');
    writeFileSync(file, bytes);
    await expect(read(file)).rejects.toThrow(why);
  });

  it('refuse what is no JPEG 2000', async () => {
    const file = join(folder, 'text.jp2');
    writeFileSync(file, 'this is no picture at all, only text');
    await expect(read(file)).rejects.toThrow('text.jp2: The file holds no JPEG 2000 picture');
    await expect(write('odd.jp2', { width: 9, height: 9, components: 1, bits: 8 }, 100)).rejects.toThrow(
      'power of two',
    );
  });
});
