import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { NotFoundError, UnavailableError } from '#domain/errors.js';
import type { RenderRequest } from '#domain/ports/raster-engine.js';
import { CogRasterEngine } from './cog-raster-engine.js';
import type { Renderer } from './renderer.js';
import { writeCog } from './cog-writer.js';
import { startRasterWorker } from './ingest-worker-start.js';
import type { ReadObject } from './object-ranges.js';
import { QueuedRenderer } from './queued-renderer.js';
import { RasterRenderer } from './raster-renderer.js';
import {
  CONTRACT_ORIGIN,
  rasterEngineContract,
  type ContractRaster,
  type StartedRasterEngine,
} from './raster-engine.contract.js';
import { RenderThreads } from './render-threads.js';

const LIMITS = { headerBytes: 8 << 20, blockBytes: 32 << 20, requestBytes: 256 << 20 };
const ENGINE = { maxPixels: 1 << 24, maxCoverageSamples: 1 << 24, maxJobs: 100 };

/** Objects in memory; every range read is counted. */
class MemoryObjects {
  readonly bytes = new Map<string, Uint8Array>();
  reads = 0;

  readonly read: ReadObject = async (key, { offset, length }, signal) => {
    this.reads++;
    signal?.throwIfAborted();
    const bytes = this.bytes.get(key);
    if (bytes === undefined) throw new NotFoundError(`There is no object ${key}`, { subject: key });
    return Uint8Array.from(bytes.subarray(offset, offset + length));
  };
}

async function cogOf({ width, height, bands, sampleType, nodata, value }: ContractRaster): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'raster-engine-'));
  const samples = new (sampleType === 'uint8' ? Uint8Array : Uint16Array)(width * height * bands);
  for (let i = 0; i < samples.length; i++) {
    const pixel = Math.floor(i / bands);
    samples[i] = value(i % bands, Math.floor(pixel / width), pixel % width);
  }
  const place = { crs: 'EPSG:32632', origin: CONTRACT_ORIGIN, pixelSize: [10, 10] as const };
  const spec = { width, height, bands, sampleType, ...place, ...(nodata === undefined ? {} : { nodata }) };
  async function* strips() {
    yield samples;
  }
  try {
    await writeCog(join(folder, 'a.tif'), spec, strips());
    return await readFile(join(folder, 'a.tif'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function startWith(make: (objects: MemoryObjects) => Renderer): Promise<StartedRasterEngine> {
  const objects = new MemoryObjects();
  const engine = new CogRasterEngine(make(objects), ENGINE);
  return {
    engine,
    putRaster: async (raster) => {
      const bytes = await cogOf(raster);
      objects.bytes.set(raster.key, bytes);
      return bytes;
    },
    putBytes: async (key, bytes) => void objects.bytes.set(key, bytes),
    stop: () => engine.close(),
  };
}

rasterEngineContract('in this thread', () =>
  startWith((objects) => new QueuedRenderer(new RasterRenderer(objects.read, LIMITS))),
);

rasterEngineContract('on two worker threads', () =>
  startWith((objects) => new RenderThreads({ threads: 2, read: objects.read, limits: LIMITS })),
);

const FLAT: ContractRaster = {
  key: 'flat.tif',
  width: 600,
  height: 600,
  bands: 1,
  sampleType: 'uint8',
  value: () => 9,
};
const [X, Y] = CONTRACT_ORIGIN;
const IMAGE: RenderRequest = {
  sources: [{ source: { key: 'flat.tif', etag: '1' }, style: { bands: [0] } }],
  crs: 'EPSG:32632',
  bbox: [X, Y - 640, X + 640, Y],
  width: 64,
  height: 64,
  format: 'image/png',
  transparent: true,
  background: 0,
};

describe('RenderThreads', () => {
  let threads: RenderThreads | undefined;
  afterEach(() => threads?.close());

  async function open(read?: ReadObject) {
    const objects = new MemoryObjects();
    objects.bytes.set('flat.tif', await cogOf(FLAT));
    const workers: Worker[] = [];
    const start = (limits: unknown): Worker => {
      workers.push(startRasterWorker('render-worker', limits));
      return workers.at(-1)!;
    };
    threads = new RenderThreads({ threads: 1, read: read ?? objects.read, limits: LIMITS, start });
    return { objects, workers, threads };
  }

  it('tries the jobs of a lost thread once more on a new one', async () => {
    const objects = new MemoryObjects();
    objects.bytes.set('flat.tif', await cogOf(FLAT));
    let kill: (() => void) | undefined;
    const read: ReadObject = (...request) => {
      kill?.();
      kill = undefined;
      return objects.read(...request);
    };
    const { threads: all, workers } = await open(read);
    kill = () => void workers[0]!.terminate();
    const { drawn } = await all.render(IMAGE);
    expect(drawn).toEqual([0]);
    expect(workers).toHaveLength(2);
  }, 30_000);

  it('gives a job up that loses two threads', async () => {
    const { threads: all, workers } = await open(() => {
      void workers.at(-1)!.terminate();
      return new Promise(() => undefined);
    });
    await expect(all.render(IMAGE)).rejects.toThrow(UnavailableError);
    expect(workers).toHaveLength(2);
  }, 30_000);

  it('keeps headers and blocks: the second image of a place reads nothing', async () => {
    const { objects, threads: all } = await open();
    await all.render(IMAGE);
    const reads = objects.reads;
    expect(reads).toBe(2);
    await all.render({ ...IMAGE, format: 'image/jpeg' });
    expect(objects.reads).toBe(reads);
  });
});

describe('CogRasterEngine', () => {
  it('refuses work while too much waits', async () => {
    const waiting = Promise.withResolvers<never>();
    const renderer = new QueuedRenderer(new RasterRenderer(() => waiting.promise, LIMITS));
    const engine = new CogRasterEngine(renderer, { ...ENGINE, maxJobs: 3 });
    const jobs = Array.from({ length: 3 }, () => engine.render(IMAGE));
    await expect(engine.render(IMAGE)).rejects.toThrow(UnavailableError);
    waiting.reject(new UnavailableError('the store is gone'));
    for (const job of jobs) await expect(job).rejects.toThrow('the store is gone');
    await expect(engine.render(IMAGE)).rejects.toThrow('the store is gone');
  });
});
