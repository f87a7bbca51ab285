import { UnavailableError } from '#domain/errors.js';
import type { CoverageFile, CoverageRequest } from '#domain/ports/coverage-request.js';
import {
  EngineBusyError,
  RasterEngine,
  type MosaicFile,
  type MosaicRequest,
  type Picture,
  type PictureEncoding,
  type RenderedImage,
  type RenderRequest,
  type SampledBands,
  type SampleRequest,
} from '#domain/ports/raster-engine.js';
import type { RasterInfo, RasterSource } from '#domain/ports/raster-source.js';
import { ByteCache } from './byte-cache.js';
import { checkCoverageRequest } from './coverage-request-check.js';
import { crsDefinition } from './crs-definitions.js';
import { DEFAULT_QUALITY, encodeImage } from './encode-image.js';
import { rasterId } from './open-raster.js';
import type { Renderer } from './renderer.js';
import { writeCoverage, writeMosaic } from './write-coverage.js';
import { checkMosaicRequest, checkRenderRequest, checkSampleRequest } from './render-request-check.js';

/** How much an engine takes on. */
export interface EngineLimits {
  /** Pixels of the largest image. */
  readonly maxPixels: number;
  /** Samples of the largest coverage: width times height times bands. */
  readonly maxCoverageSamples: number;
  /** Jobs under way and waiting. */
  readonly maxJobs: number;
}

const DESCRIBED_BYTES = 4 << 20;
const INFO_BYTES = 500;

/** Draws from Cloud-Optimized (and any other tiled or stripped) GeoTIFFs. Positions are at most 0.125 px of the level drawn from away from the exact ones. */
export class CogRasterEngine extends RasterEngine {
  readonly #described = new ByteCache<RasterInfo>(DESCRIBED_BYTES);
  #jobs = 0;
  #closed = false;

  constructor(
    private readonly renderer: Renderer,
    private readonly limits: EngineLimits,
  ) {
    super();
  }

  /** Also throws TooLargeError for images beyond the limits and EngineBusyError while too many wait. */
  override render(request: RenderRequest, signal?: AbortSignal): Promise<RenderedImage> {
    return this.#admit(() => {
      checkRenderRequest(request, this.limits.maxPixels);
      return this.renderer.render(request, signal);
    }, signal);
  }

  override encode(picture: Picture, { quality = DEFAULT_QUALITY, ...encoding }: PictureEncoding): Promise<Uint8Array> {
    return encodeImage(picture, { ...encoding, quality, grey: false });
  }

  override sample(request: SampleRequest, signal?: AbortSignal): Promise<SampledBands> {
    return this.#admit(() => {
      checkSampleRequest(request, this.limits.maxPixels);
      return this.renderer.sample(request, signal);
    }, signal);
  }

  /** Strip after strip through the same queue as images. */
  override coverage(request: CoverageRequest, signal?: AbortSignal): Promise<CoverageFile> {
    return this.#admit(() => {
      checkCoverageRequest(request, this.limits.maxCoverageSamples);
      return writeCoverage(this.renderer, request, signal);
    }, signal);
  }

  override mosaic(request: MosaicRequest, signal?: AbortSignal): Promise<MosaicFile> {
    return this.#admit(() => {
      checkMosaicRequest(request, this.limits.maxPixels);
      return writeMosaic(this.renderer, request, signal);
    }, signal);
  }

  override get maxCoverageSamples(): number {
    return this.limits.maxCoverageSamples;
  }

  /** What is told of a version of a raster stays true: it is remembered here, where asking costs no thread's time. */
  override async describe(source: RasterSource, signal?: AbortSignal): Promise<RasterInfo> {
    const id = rasterId(source);
    const known = this.#described.get(id);
    if (known !== undefined) return known;
    const info = await this.#admit(() => this.renderer.describe(source, signal), signal);
    this.#described.set(id, info, INFO_BYTES);
    return info;
  }

  override supports(crs: string): boolean {
    return crsDefinition(crs) !== undefined;
  }

  override forget(key: string): void {
    this.#described.deletePrefix(`${key}\n`);
    this.renderer.forget(key);
  }

  override async close(): Promise<void> {
    this.#closed = true;
    await this.renderer.close();
  }

  /** Throws UnavailableError once closed; for readiness. */
  check(): Promise<void> {
    return this.#closed ? Promise.reject(new UnavailableError('The raster engine is closed')) : Promise.resolve();
  }

  async #admit<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    signal?.throwIfAborted();
    await this.check();
    if (this.#jobs >= this.limits.maxJobs) {
      throw new EngineBusyError(`${this.#jobs} images are being drawn or wait; try again in a moment`);
    }
    this.#jobs++;
    try {
      return await work();
    } finally {
      this.#jobs--;
    }
  }
}
