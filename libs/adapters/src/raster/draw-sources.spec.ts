import { beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { InvalidError, UnavailableError } from '#domain/errors.js';
import type { RenderRequest, RenderSource } from '#domain/ports/raster-engine.js';
import { writeCog } from './cog-writer.js';
import type { ReadObject } from './object-ranges.js';
import { RasterRenderer } from './raster-renderer.js';

/** So large that a picture of all of it is drawn in parts. */
const SIDE = 2304;
const UPPER = 200;
const LOWER = 100;

describe('sources that cannot be read', () => {
  const objects = new Map<string, Uint8Array>();
  const read: ReadObject = (key, { offset, length }) => {
    if (key === 'away') return Promise.reject(new UnavailableError('The object store does not answer'));
    return Promise.resolve(Uint8Array.from(objects.get(key)!.subarray(offset, offset + length)));
  };
  const picture = (key: string): RenderSource => ({ source: { key, etag: '1' }, style: { bands: [0] } });
  const image = (sources: readonly RenderSource[]): RenderRequest => ({
    sources,
    crs: 'EPSG:32632',
    bbox: [500_000, 5_700_000 - SIDE * 10, 500_000 + SIDE * 10, 5_700_000],
    width: SIDE,
    height: SIDE,
    format: 'image/png',
    resampling: 'nearest',
    transparent: true,
    background: 0,
    leavesOut: true,
  });
  const draw = async (sources: readonly RenderSource[]) => {
    const renderer = new RasterRenderer(read, { headerBytes: 1 << 20, blockBytes: 1 << 25, requestBytes: 1 << 28 });
    const { bytes, drawn, leftOut } = await renderer.render(image(sources));
    const { data } = await sharp(bytes).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
    return { drawn, leftOut, values: new Set(data) };
  };

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'draw-sources-'));
    for (const [key, value] of [
      ['upper', UPPER],
      ['lower', LOWER],
    ] as const) {
      await writeCog(join(folder, key), specOf(), once(new Uint8Array(SIDE * SIDE).fill(value)));
      objects.set(key, await readFile(join(folder, key)));
    }
    await rm(folder, { recursive: true });
    // The last block, which is the lower right one of the full resolution.
    objects.set('damaged', Uint8Array.from(objects.get('upper')!).fill(0, -40));
    objects.set('text', Buffer.from('<VRTDataset rasterXSize="1" rasterYSize="1"/>'));
  });

  it('shows nothing of a source that is found damaged when half of it is painted', async () => {
    const { drawn, leftOut, values } = await draw([picture('lower'), picture('damaged')]);
    expect(drawn).toEqual([0]);
    expect(leftOut).toEqual([{ index: 1, isPassing: false, reason: expect.stringContaining('damaged') }]);
    expect([...values]).toEqual([LOWER]);
  }, 60_000);

  it('keeps what was drawn of the others above it', async () => {
    const { drawn, leftOut, values } = await draw([picture('lower'), picture('damaged'), picture('upper')]);
    expect([drawn, leftOut, [...values]]).toEqual([[2], [], [UPPER]]);
  }, 60_000);

  it('tells what may pass from what stays', async () => {
    const { drawn, leftOut } = await draw([picture('lower'), picture('text'), picture('away')]);
    expect(drawn).toEqual([0]);
    expect(leftOut.map(({ index, isPassing }) => [index, isPassing])).toEqual([
      [2, true],
      [1, false],
    ]);
  }, 60_000);

  it('leaves a composite out of which one band is damaged', async () => {
    const bands = { A: { source: { key: 'upper', etag: '1' }, band: 0 }, B: { source: { key: 'damaged', etag: '1' }, band: 0 } }; // prettier-ignore
    const sum: RenderSource = { bands, formula: { colouring: { kind: 'grey', value: 'A + B' } } };
    const { drawn, leftOut, values } = await draw([picture('lower'), sum]);
    expect([drawn, leftOut.map(({ index }) => index), [...values]]).toEqual([[0], [1], [LOWER]]);
  }, 60_000);

  it('refuses what is wrong with the request all the same', async () => {
    const bands = { A: { source: { key: 'upper', etag: '1' }, band: 0 } };
    const wrong: RenderSource = { bands, formula: { colouring: { kind: 'ramp', value: 'A', ramp: [] } } };
    await expect(draw([picture('lower'), wrong])).rejects.toThrow(InvalidError);
  }, 60_000);
});

function specOf() {
  const place = { crs: 'EPSG:32632', origin: [500_000, 5_700_000] as const, pixelSize: [10, 10] as const };
  return { width: SIDE, height: SIDE, bands: 1, sampleType: 'uint8', ...place } as const;
}

async function* once(samples: Uint8Array): AsyncGenerator<Uint8Array> {
  yield samples;
}
