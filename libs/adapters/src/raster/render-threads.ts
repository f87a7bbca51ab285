import type { Worker } from 'node:worker_threads';
import type {
  MosaicRequest,
  RenderedImage,
  RenderRequest,
  RenderSource,
  SampledBands,
  SampleRequest,
} from '#domain/ports/raster-engine.js';
import type { RasterInfo, RasterSource } from '#domain/ports/raster-source.js';
import type { PaintedMosaic, Renderer } from './renderer.js';
import { startRasterWorker } from './ingest-worker-start.js';
import { introducing } from './introduce-workers.js';
import type { ReadObject } from './object-ranges.js';
import type { RendererLimits } from './raster-renderer.js';
import type { JobResult } from './render-messages.js';
import { RenderThread, ThreadLostError, type RenderJob } from './render-thread.js';
import type { SampleStrip, StripRequest } from './sample-strip.js';

/** Images whose middles lie in the same square of this many images go to the same thread, which has their blocks. */
const NEIGHBOURS = 8;
/** A thread this many jobs behind another gives its neighbourhood's next job away: sooner, the other would decode what this one has, and forget its own for it. */
const PATIENCE = 6;

const startRenderWorker = (limits: RendererLimits): Worker => startRasterWorker('render-worker', limits);

/** What a set of threads is made of; `limits` hold for all of them together, but for one request's. */
export interface ThreadsOptions {
  readonly threads: number;
  readonly read: ReadObject;
  readonly limits: RendererLimits;
  readonly start?: (limits: RendererLimits) => Worker;
}

/** Draws on worker threads, neighbouring images of the same objects on the same one. A job whose thread dies is tried once more. */
export class RenderThreads implements Renderer {
  readonly #threads: readonly RenderThread[];

  constructor({ threads, read, limits, start = startRenderWorker }: ThreadsOptions) {
    const share: RendererLimits = {
      headerBytes: Math.floor(limits.headerBytes / threads),
      blockBytes: Math.floor(limits.blockBytes / threads),
      requestBytes: limits.requestBytes,
    };
    const startOne = introducing(() => start(share));
    this.#threads = Array.from({ length: threads }, () => new RenderThread(startOne, read));
  }

  async render(request: RenderRequest, signal?: AbortSignal): Promise<RenderedImage> {
    return (await this.#run({ type: 'render', request }, neighbourhood(request), signal)) as RenderedImage;
  }

  async sample(request: SampleRequest, signal?: AbortSignal): Promise<SampledBands> {
    const place = request.bands[0]?.source.key ?? '';
    return (await this.#run({ type: 'sample', request }, place, signal)) as SampledBands;
  }

  async describe(source: RasterSource, signal?: AbortSignal): Promise<RasterInfo> {
    return (await this.#run({ type: 'describe', source }, source.key, signal)) as RasterInfo;
  }

  async paint(request: MosaicRequest, signal?: AbortSignal): Promise<PaintedMosaic> {
    return (await this.#run({ type: 'paint', request }, neighbourhood(request), signal)) as PaintedMosaic;
  }

  async strip(request: StripRequest, signal?: AbortSignal): Promise<SampleStrip> {
    return (await this.#run({ type: 'strip', request }, request.source.key, signal)) as SampleStrip;
  }

  forget(key: string): void {
    for (const thread of this.#threads) thread.forget(key);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  async #run(job: RenderJob, place: string, signal: AbortSignal | undefined): Promise<JobResult> {
    try {
      return await this.#choose(place).run(job, signal);
    } catch (error) {
      if (!(error instanceof ThreadLostError)) throw error;
      return this.#choose(place).run(job, signal);
    }
  }

  #choose(place: string): RenderThread {
    const preferred = this.#threads[hash(place) % this.#threads.length]!;
    const idlest = this.#threads.reduce((best, one) => (one.queue.load < best.queue.load ? one : best));
    return preferred.queue.load - idlest.queue.load > PATIENCE ? idlest : preferred;
  }
}

function neighbourhood({ sources, bbox, crs }: MosaicRequest): string {
  const [minX, minY, maxX, maxY] = bbox;
  const cell = (low: number, high: number): number => Math.floor((low + high) / 2 / ((high - low) * NEIGHBOURS));
  return `${keyOf(sources.at(-1))} ${crs} ${cell(minX, maxX)} ${cell(minY, maxY)}`;
}

function keyOf(source: RenderSource | undefined): string | undefined {
  if (source === undefined || 'footprints' in source) return undefined;
  if ('style' in source) return source.source.key;
  return Object.values(source.bands)[0]?.source.key;
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
