import { existsSync } from 'node:fs';
import type { ObjectStore } from '#domain/ports/object-store.js';
import type { OpenedAdapter } from '#domain/ports/opened-adapter.js';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import { CogRasterEngine, type Renderer } from './cog-raster-engine.js';
import { readFromStore } from './object-ranges.js';
import { QueuedRenderer } from './queued-renderer.js';
import { RasterRenderer, type RendererLimits } from './raster-renderer.js';
import type { RasterConfig } from './raster.config.js';
import { RenderThreads } from './render-threads.js';

const MEGABYTE = 1 << 20;
/** The compiled worker; where the program runs from its sources there is none. */
const SCRIPT = new URL('./render-worker.js', import.meta.url);

/** Opens the raster engine on the objects of a store; threads start with their first job. */
export function openRasterEngine(config: RasterConfig, objects: ObjectStore): Promise<OpenedAdapter> {
  const threads = existsSync(SCRIPT) ? config.RASTER_WORKERS : 0;
  const engine = new CogRasterEngine(openRenderer(config, objects, threads), {
    maxPixels: config.RASTER_MAX_PIXELS,
    maxJobs: config.RASTER_QUEUE,
  });
  return Promise.resolve({
    name: 'raster-engine',
    ports: [[RasterEngine, engine] as const],
    ...(threads === 0
      ? { notices: ['Images are drawn in the main thread, which answers nothing else meanwhile.'] }
      : {}),
    check: () => engine.check(),
    close: () => engine.close(),
  });
}

function openRenderer(config: RasterConfig, objects: ObjectStore, threads: number): Renderer {
  const read = readFromStore(objects);
  const limits: RendererLimits = {
    headerBytes: config.RASTER_HEADER_CACHE_MB * MEGABYTE,
    blockBytes: config.RASTER_CACHE_MB * MEGABYTE,
    requestBytes: config.RASTER_REQUEST_MB * MEGABYTE,
  };
  if (threads === 0) return new QueuedRenderer(new RasterRenderer(read, limits));
  return new RenderThreads({ threads, script: SCRIPT, read, limits });
}
