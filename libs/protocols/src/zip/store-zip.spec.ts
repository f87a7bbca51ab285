import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { crc32 } from 'node:zlib';
import { fromBuffer, fromBufferPromise } from 'yauzl';
import { layoutStoreZip, writeStoreZip } from './store-zip.js';

async function zipOf(files: Record<string, Uint8Array>): Promise<Buffer> {
  const entries = Object.entries(files).map(([path, bytes]) => ({ path, size: bytes.length, crc32: crc32(bytes) }));
  const layout = layoutStoreZip(entries);
  const parts: Uint8Array[] = [];
  for await (const part of writeStoreZip(layout, (entry) => once(files[entry.path] ?? new Uint8Array())))
    parts.push(part);
  const zip = Buffer.concat(parts);
  expect(zip.length).toBe(layout.size);
  for (const entry of layout.entries) {
    expect(zip.subarray(entry.offset, entry.offset + entry.size).equals(files[entry.path] ?? new Uint8Array())).toBe(
      true,
    );
  }
  return zip;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function namesIn(zip: Buffer): Promise<string[]> {
  return new Promise((resolve, reject) => {
    fromBuffer(zip, {}, (error, file) => {
      if (error) return reject(error);
      const names: string[] = [];
      file.on('entry', (entry: { fileName: string }) => names.push(entry.fileName));
      file.on('end', () => resolve(names));
      file.on('error', reject);
    });
  });
}

describe('a zip without compression (APPNOTE.TXT 6.3.10)', () => {
  it('is read by another reader, to the byte', async () => {
    const files = {
      'a/ä.txt': Buffer.from('eins'),
      'a/b.bin': new Uint8Array(70_000).fill(7),
      'a/empty/': new Uint8Array(),
    };
    const zip = await fromBufferPromise(await zipOf(files), { lazyEntries: true });
    const read: Record<string, Uint8Array> = {};
    for await (const entry of zip.eachEntry()) {
      expect(entry.crc32).toBe(crc32(files[entry.fileName as keyof typeof files]));
      read[entry.fileName] = Buffer.concat(
        await Array.fromAsync((await zip.openReadStreamPromise(entry)) as AsyncIterable<Uint8Array>),
      );
    }
    expect(Object.keys(read)).toEqual(Object.keys(files).toSorted());
    for (const [name, bytes] of Object.entries(files))
      expect(Buffer.from(bytes).equals(read[name] ?? new Uint8Array(1))).toBe(true);
  });

  it('is the same for the same files in any order, and readable, whatever the files', async () => {
    const path = fc.stringMatching(/^[a-z0-9]{1,8}(\/[a-z0-9]{1,8}){0,2}$/);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(path, fc.uint8Array({ maxLength: 200 }), { maxKeys: 8 }), async (files) => {
        const reversed = Object.fromEntries(Object.entries(files).toReversed());
        const zip = await zipOf(files);
        expect(zip.equals(await zipOf(reversed))).toBe(true);
        expect(await namesIn(zip)).toEqual(Object.keys(files).toSorted());
      }),
      { numRuns: 50 },
    );
  });

  it('turns to ZIP64 past 4 GiB and 65 535 files', () => {
    const large = layoutStoreZip([
      { path: 'a', size: 5 * 2 ** 30, crc32: 1 },
      { path: 'b', size: 10, crc32: 2 },
    ]);
    const directory = Buffer.from(large.directory);
    expect(directory.indexOf(Buffer.from([0x50, 0x4b, 0x06, 0x06]))).toBeGreaterThan(0);
    expect(directory.readBigUInt64LE(directory.indexOf(Buffer.from([1, 0, 16, 0])) + 4)).toBe(BigInt(5 * 2 ** 30));
    const many = layoutStoreZip(
      Array.from({ length: 70_000 }, (_, index) => ({ path: `f${index}`, size: 0, crc32: 0 })),
    );
    expect(Buffer.from(many.directory).indexOf(Buffer.from([0x50, 0x4b, 0x06, 0x07]))).toBeGreaterThan(0);
  });

  it('refuses a name that occurs twice and content that changed', async () => {
    const entry = { path: 'a', size: 1, crc32: 0 };
    expect(() => layoutStoreZip([entry, entry])).toThrow('twice');
    const parts = writeStoreZip(layoutStoreZip([entry]), () => once(new Uint8Array(2)));
    await expect(Array.fromAsync(parts)).rejects.toThrow('changed while it was read');
  });
});
