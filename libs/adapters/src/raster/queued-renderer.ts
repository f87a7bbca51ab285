import type {
  MosaicRequest,
  RenderedImage,
  RenderRequest,
  SampledBands,
  SampleRequest,
} from '#domain/ports/raster-engine.js';
import type { RasterInfo, RasterSource } from '#domain/ports/raster-source.js';
import type { PaintedMosaic, Renderer } from './renderer.js';
import { JobQueue } from './job-queue.js';
import type { RasterRenderer } from './raster-renderer.js';
import type { SampleStrip, StripRequest } from './sample-strip.js';

const JOBS_AT_ONCE = 4;

/** Draws in this thread, a few images at a time, so that memory stays bounded. */
export class QueuedRenderer implements Renderer {
  readonly #queue = new JobQueue(JOBS_AT_ONCE);

  constructor(private readonly renderer: RasterRenderer) {}

  render(request: RenderRequest, signal?: AbortSignal): Promise<RenderedImage> {
    return this.#queue.run(() => this.renderer.render(request, signal), signal);
  }

  sample(request: SampleRequest, signal?: AbortSignal): Promise<SampledBands> {
    return this.#queue.run(() => this.renderer.sample(request, signal), signal);
  }

  describe(source: RasterSource, signal?: AbortSignal): Promise<RasterInfo> {
    return this.#queue.run(() => this.renderer.describe(source, signal), signal);
  }

  paint(request: MosaicRequest, signal?: AbortSignal): Promise<PaintedMosaic> {
    return this.#queue.run(() => this.renderer.paint(request, signal), signal);
  }

  strip(request: StripRequest, signal?: AbortSignal): Promise<SampleStrip> {
    return this.#queue.run(() => this.renderer.strip(request, signal), signal);
  }

  forget(key: string): void {
    this.renderer.forget(key);
  }

  async close(): Promise<void> {}
}
