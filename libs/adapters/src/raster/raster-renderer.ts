import { DomainError, InvalidError } from '#domain/errors.js';
import type { RasterInfo, RasterSource, RenderedImage, RenderRequest } from '#domain/ports/raster-engine.js';
import type { BlockSamples } from './block-decode.js';
import { BlockLoader } from './block-loader.js';
import { ByteCache } from './byte-cache.js';
import { Canvas } from './canvas.js';
import { drawSource, type Drawing } from './draw-source.js';
import { encodeImage } from './encode-image.js';
import { readFromAsset, type ReadObject } from './object-ranges.js';
import { rasterId, type OpenRaster } from './open-raster.js';
import { rasterInfo } from './raster-info.js';
import { readRasterHeader } from './raster-header.js';
import { readSampleStrip, type SampleRequest, type SampleStrip } from './sample-strip.js';
import { WindowMemory } from './window-memory.js';

/** Bytes a renderer may keep and one image may need. */
export interface RendererLimits {
  readonly headerBytes: number;
  readonly blockBytes: number;
  readonly requestBytes: number;
}

const DEFAULT_QUALITY = 80;

/** Draws images in the thread it lives in, keeping headers and decoded blocks. */
export class RasterRenderer {
  readonly #headers: ByteCache<OpenRaster>;
  readonly #blocks: ByteCache<BlockSamples>;
  readonly #loader: BlockLoader;
  readonly #memory = new WindowMemory();

  constructor(
    private readonly read: ReadObject,
    private readonly limits: RendererLimits,
  ) {
    this.#headers = new ByteCache(limits.headerBytes);
    this.#blocks = new ByteCache(limits.blockBytes);
    this.#loader = new BlockLoader(this.#blocks);
  }

  /** Draws the sources from the last, which lies on top, to the first, and stops when nothing more can be seen. */
  async render(request: RenderRequest, signal?: AbortSignal): Promise<RenderedImage> {
    const { width, height, crs, bbox, sources, format } = request;
    const drawing: Drawing<Canvas> = {
      canvas: new Canvas(width, height),
      target: { crs, bbox, width, height },
      loader: this.#loader,
      memory: this.#memory,
      resampling: request.resampling ?? 'bilinear',
      budget: { bytes: this.limits.requestBytes },
      signal,
    };
    const { drawn, grey } = await this.#drawSources(drawing, sources);
    signal?.throwIfAborted();
    const { transparent, background, quality = DEFAULT_QUALITY } = request;
    const bytes = await encodeImage(drawing.canvas, { format, transparent, background, quality, grey });
    return { bytes, format, drawn };
  }

  async #drawSources(
    drawing: Drawing<Canvas>,
    sources: RenderRequest['sources'],
  ): Promise<{ drawn: number[]; grey: boolean }> {
    const { canvas, signal } = drawing;
    const drawn: number[] = [];
    let grey = true;
    for (const [index, { source, style }] of [...sources.entries()].toReversed()) {
      if (canvas.isCovered({ x: 0, y: 0, width: canvas.width, height: canvas.height })) break;
      signal?.throwIfAborted();
      const raster = await this.#open(source, signal);
      if (!(await about(source, () => drawSource(drawing, raster, style)))) continue;
      drawn.unshift(index);
      grey &&= style.bands.length === 1 && (raster.header.palette === undefined || style.stretch !== undefined);
    }
    return { drawn, grey };
  }

  /** Rows of a coverage, as the raster has them or warped. */
  async samples(request: SampleRequest, signal?: AbortSignal): Promise<SampleStrip> {
    const raster = await this.#open(request.source, signal);
    const work = {
      loader: this.#loader,
      memory: this.#memory,
      budget: { bytes: this.limits.requestBytes },
      signal,
    };
    return about(request.source, () => readSampleStrip(work, raster, request));
  }

  /** Size, sample type and place of a raster. */
  async describe(source: RasterSource, signal?: AbortSignal): Promise<RasterInfo> {
    return rasterInfo((await this.#open(source, signal)).header);
  }

  /** Forgets what is kept of an object. */
  forget(key: string): void {
    this.#headers.deletePrefix(`${key}\n`);
    this.#blocks.deletePrefix(`${key}\n`);
  }

  async #open(source: RasterSource, signal: AbortSignal | undefined): Promise<OpenRaster> {
    const id = rasterId(source);
    const known = this.#headers.get(id);
    if (known !== undefined) return known;
    const read = readFromAsset(this.read, source);
    const header = await about(source, () => readRasterHeader(read, signal));
    const raster = { id, header, read };
    this.#headers.set(id, raster, header.bytes);
    return raster;
  }
}

/** Faults of a raster name it. */
async function about<T>({ key }: RasterSource, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InvalidError && error.subject === undefined) {
      throw new InvalidError(`${key}: ${error.message}`, { subject: key, cause: error });
    }
    if (error instanceof RangeError && !(error instanceof DomainError)) {
      throw new InvalidError(`${key}: the raster is damaged`, { subject: key, cause: error });
    }
    throw error;
  }
}
