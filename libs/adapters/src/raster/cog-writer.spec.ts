import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { InvalidError } from '#domain/errors.js';
import { averageDown } from './cog-overview.js';
import type { CogSpec, Samples } from './cog-spec.js';
import { writeCog } from './cog-writer.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cog-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const grid = { crs: 'EPSG:32632', origin: [399960, 5700000], pixelSize: [20, 20] } as const;

async function* strips(...parts: Samples[]): AsyncGenerator<Samples> {
  yield* parts;
}

describe('writeCog', () => {
  it('gives back any picture, whatever its size and the strips it came in', async () => {
    const size = fc.integer({ min: 1, max: 600 });
    await fc.assert(
      fc.asyncProperty(
        size,
        size,
        fc.constantFrom(1, 3),
        fc.integer({ min: 1, max: 300 }),
        async (width, height, bands, rows) => {
          const samples = Uint8Array.from({ length: width * height * bands }, (_, i) => (i * 2654435761) >>> 24);
          const spec: CogSpec = { width, height, bands, sampleType: 'uint8', ...grid };
          const file = join(folder, 'any.tif');
          const step = rows * width * bands;
          const parts = Array.from({ length: Math.ceil(samples.length / step) }, (_, i) =>
            samples.subarray(i * step, (i + 1) * step),
          );
          await writeCog(file, spec, strips(...parts));
          // From bytes: sharp remembers files by name.
          const image = sharp(readFileSync(file), { page: 0 });
          const read = await (bands === 1 ? image.extractChannel(0) : image).raw().toBuffer();
          expect(Buffer.compare(read, Buffer.from(samples))).toBe(0);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('leaves nothing behind when rows are missing, too many, or the work is cancelled', async () => {
    const file = join(folder, 'half.tif');
    const spec: CogSpec = { width: 300, height: 300, bands: 1, sampleType: 'uint8', ...grid };
    await expect(writeCog(file, spec, strips(new Uint8Array(300 * 299)))).rejects.toThrow(
      'ended after 299 of 300 rows',
    );
    await expect(writeCog(file, spec, strips(new Uint8Array(300 * 301)))).rejects.toThrow(InvalidError);
    await expect(writeCog(file, spec, strips(new Uint8Array(7)))).rejects.toThrow(InvalidError);
    const stop = new AbortController();
    async function* cancelled(): AsyncGenerator<Samples> {
      yield new Uint8Array(300 * 256);
      stop.abort();
      yield new Uint8Array(300 * 44);
    }
    await expect(writeCog(file, spec, cancelled(), { signal: stop.signal })).rejects.toThrow('aborted');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps an older file until the new one is complete', async () => {
    const file = join(folder, 'a.tif');
    const spec: CogSpec = { width: 3, height: 3, bands: 1, sampleType: 'uint8', ...grid };
    await writeCog(file, spec, strips(new Uint8Array(9).fill(5)));
    const before = readFileSync(file);
    await expect(writeCog(file, spec, strips(new Uint8Array(8)))).rejects.toThrow(InvalidError);
    expect(readFileSync(file)).toEqual(before);
  });

  it.each([
    [{ width: 0 }, 'each side'],
    [{ height: 2 ** 21 }, 'each side'],
    [{ bands: 65 }, '1 to 64'],
    [{ crs: 'urn:x' }, 'an EPSG code is needed'],
    [{ pixelSize: [0, 20] as const }, 'georeference'],
    [{ origin: [Number.NaN, 0] as const }, 'georeference'],
  ])('refuses %o', async (change, why) => {
    const spec: CogSpec = { width: 3, height: 3, bands: 1, sampleType: 'uint8', ...grid, ...change };
    await expect(writeCog(join(folder, 'a.tif'), spec, strips())).rejects.toThrow(why);
  });
});

describe('averageDown', () => {
  it('leaves nodata out and keeps it where nothing else is', () => {
    const samples = Uint8Array.of(0, 0, 10, 0, 0, 0, 20, 31);
    const half = averageDown({ samples, width: 4, height: 2, bands: 1 }, 'uint8', 0);
    expect([...half.samples]).toEqual([0, 20]);
  });

  it('repeats the last row and column of odd sizes', () => {
    const samples = Int16Array.of(-10, -20, -30, 4, 5, 6, 7, 8, 9);
    const half = averageDown({ samples, width: 3, height: 3, bands: 1 }, 'int16', undefined);
    expect([...half.samples]).toEqual([-5, -12, 8, 9]);
  });
});
