import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutParts, partSizeFor } from './cut-parts.js';
import { collect } from './object-store.contract.js';

const MIB = 1024 * 1024;

async function* each(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

describe('cutParts', () => {
  it('loses no byte and makes every part but the last exactly the part size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 })),
        fc.integer({ min: 1, max: 30 }),
        async (chunks, size) => {
          const parts = await collect(cutParts(each(chunks), size));
          expect(Buffer.concat(parts).equals(Buffer.concat(chunks))).toBe(true);
          expect(parts.slice(0, -1).every((part) => part.length === size)).toBe(true);
          expect(parts.length === 1 || (parts.at(-1)?.length ?? 0) > 0).toBe(true);
        },
      ),
    );
  });

  it('gives one empty part for an empty body', async () => {
    expect(await collect(cutParts(each([]), 5))).toEqual([Buffer.alloc(0)]);
  });

  it('refuses more than 10 000 parts', async () => {
    await expect(collect(cutParts(each([new Uint8Array(10_001)]), 1))).rejects.toThrow(/say its size/);
    expect(await collect(cutParts(each([new Uint8Array(10_000)]), 1))).toHaveLength(10_000);
  });
});

describe('partSizeFor', () => {
  it('fits every object up to 5 TiB into 10 000 parts of at least 5 MiB (S3 multipart limits)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 * 1024 ** 4 }), (size) => {
        expect(Math.ceil(size / partSizeFor(size))).toBeLessThanOrEqual(10_000);
        expect(partSizeFor(size)).toBeGreaterThanOrEqual(5 * MIB);
      }),
    );
  });
});
