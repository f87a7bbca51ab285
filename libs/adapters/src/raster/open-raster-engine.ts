import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import type { ObjectStore } from '#domain/ports/object-store.js';
import type { OpenedAdapter } from '#domain/ports/opened-adapter.js';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import { CogRasterEngine } from './cog-raster-engine.js';
import type { Renderer } from './renderer.js';
import { readFromStore } from './object-ranges.js';
import { Proj4CoordinateSystems } from './proj4-coordinate-systems.js';
import { QueuedRenderer } from './queued-renderer.js';
import { RasterRenderer, type RendererLimits } from './raster-renderer.js';
import type { RasterConfig } from './raster.config.js';
import { RenderThreads } from './render-threads.js';

const MEGABYTE = 1 << 20;

/** Opens the raster engine on the objects of a store; threads start with their first job. */
export function openRasterEngine(config: RasterConfig, objects: ObjectStore): Promise<OpenedAdapter> {
  const threads = config.RASTER_WORKERS;
  const engine = new CogRasterEngine(openRenderer(config, objects), {
    maxPixels: config.RASTER_MAX_PIXELS,
    maxCoverageSamples: config.RASTER_MAX_COVERAGE_SAMPLES,
    maxJobs: config.RASTER_QUEUE,
  });
  return Promise.resolve({
    name: 'raster-engine',
    ports: [[RasterEngine, engine] as const, [CoordinateSystems, new Proj4CoordinateSystems()] as const],
    ...(threads === 0
      ? { notices: ['Images are drawn in the main thread, which answers nothing else meanwhile.'] }
      : {}),
    check: () => engine.check(),
    close: () => engine.close(),
  });
}

function openRenderer(config: RasterConfig, objects: ObjectStore): Renderer {
  const read = readFromStore(objects);
  const limits: RendererLimits = {
    headerBytes: config.RASTER_HEADER_CACHE_MB * MEGABYTE,
    blockBytes: config.RASTER_CACHE_MB * MEGABYTE,
    requestBytes: config.RASTER_REQUEST_MB * MEGABYTE,
  };
  const threads = config.RASTER_WORKERS;
  if (threads === 0) return new QueuedRenderer(new RasterRenderer(read, limits));
  return new RenderThreads({ threads, read, limits });
}
