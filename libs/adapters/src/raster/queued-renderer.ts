import type { RasterInfo, RasterSource, RenderedImage, RenderRequest } from '#domain/ports/raster-engine.js';
import type { Renderer } from './cog-raster-engine.js';
import { JobQueue } from './job-queue.js';
import type { RasterRenderer } from './raster-renderer.js';
import type { SampleRequest, SampleStrip } from './sample-strip.js';

const JOBS_AT_ONCE = 4;

/** Draws in this thread, a few images at a time, so that memory stays bounded. */
export class QueuedRenderer implements Renderer {
  readonly #queue = new JobQueue(JOBS_AT_ONCE);

  constructor(private readonly renderer: RasterRenderer) {}

  render(request: RenderRequest, signal?: AbortSignal): Promise<RenderedImage> {
    return this.#queue.run(() => this.renderer.render(request, signal), signal);
  }

  describe(source: RasterSource, signal?: AbortSignal): Promise<RasterInfo> {
    return this.#queue.run(() => this.renderer.describe(source, signal), signal);
  }

  samples(request: SampleRequest, signal?: AbortSignal): Promise<SampleStrip> {
    return this.#queue.run(() => this.renderer.samples(request, signal), signal);
  }

  forget(key: string): void {
    this.renderer.forget(key);
  }

  async close(): Promise<void> {}
}
