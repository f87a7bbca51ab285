import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { readGeoTags } from './gcp-tags.js';
import { writeGcpTiff } from './gcp-tiff-writer.js';

const folder = mkdtempSync(join(tmpdir(), 'gcp-'));
afterAll(() => rmSync(folder, { recursive: true }));

const size = fc.integer({ min: 2, max: 150 });

describe('writeGcpTiff (TIFF 6.0, OGC GeoTIFF 1.1 §7.1)', () => {
  it('writes images of any size that are read back with their points', async () => {
    const path = join(folder, 'a.tiff');
    await fc.assert(
      fc.asyncProperty(size, size, fc.integer({ min: 4, max: 30 }), async (width, height, count) => {
        const samples = Uint16Array.from({ length: width * height }, (_, i) => (i * 7919) & 0xffff);
        const points = Array.from({ length: count }, (_, i) => ({ column: i, row: i / 2, longitude: 8 + i / 7, latitude: 50 - i / 9, height: i })); // prettier-ignore
        await writeGcpTiff(path, { width, height, samples, points });
        expect(await readGeoTags(path)).toMatchObject({
          width,
          height,
          bands: 1,
          bits: 16,
          sampleFormat: 1,
          tiepoints: points.flatMap((p) => [p.column, p.row, 0, p.longitude, p.latitude, p.height]),
        });
        const raw = await sharp(path).toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer();
        expect(new Uint16Array(raw.buffer, raw.byteOffset, raw.length >> 1)).toEqual(samples);
      }),
      { numRuns: 20 },
    );
  });

  it('refuses samples that do not fit and leaves nothing behind', async () => {
    const samples = new Uint16Array(5);
    await expect(writeGcpTiff(join(folder, 'b.tiff'), { width: 2, height: 3, samples, points: [] })).rejects.toThrow(
      '2 x 3',
    );
    expect(readdirSync(folder).filter((name) => name.startsWith('b'))).toEqual([]);
  });
});
