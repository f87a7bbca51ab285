import type {
  BandSource,
  MosaicRequest,
  RenderedImage,
  RenderRequest,
  SampledBands,
  SampleRequest,
} from '#domain/ports/raster-engine.js';
import type { RasterInfo, RasterSource } from '#domain/ports/raster-source.js';
import type { BandScale } from './band-scale.js';
import { BlockLoader } from './block-loader.js';
import { ByteCache } from './byte-cache.js';
import { Canvas } from './canvas.js';
import { readPlanes, type ImageDrawing, type OpenBand } from './draw-composite.js';
import { drawSources, type OpenSource } from './draw-sources.js';
import { DEFAULT_QUALITY, encodeImage, mosaicSamples } from './encode-image.js';
import { readFromAsset, type ReadObject } from './object-ranges.js';
import { rasterId, type OpenRaster } from './open-raster.js';
import { aboutRaster } from './raster-fault.js';
import { rasterInfo } from './raster-info.js';
import { readRasterHeader } from './raster-header.js';
import type { PaintedMosaic } from './renderer.js';
import { readSampleStrip, type SampleStrip, type StripRequest } from './sample-strip.js';
import { ScratchMemory } from './scratch-memory.js';
import { SharedBlocks } from './shared-blocks.js';

/** Bytes a renderer may keep and one image may need. */
export interface RendererLimits {
  readonly headerBytes: number;
  readonly blockBytes: number;
  readonly requestBytes: number;
}

/** Draws images in the thread it lives in, keeping headers and decoded blocks, the latter shared with the neighbours it is told of. */
export class RasterRenderer {
  readonly #headers: ByteCache<OpenRaster>;
  readonly #blocks: SharedBlocks;
  readonly #loader: BlockLoader;
  readonly #scratch = new ScratchMemory();

  constructor(
    private readonly read: ReadObject,
    private readonly limits: RendererLimits,
  ) {
    this.#headers = new ByteCache(limits.headerBytes);
    this.#blocks = new SharedBlocks(limits.blockBytes);
    this.#loader = new BlockLoader(this.#blocks);
  }

  /** Draws the sources from the last, which lies on top, to the first, and stops when nothing more can be seen. */
  async render(request: RenderRequest, signal?: AbortSignal): Promise<RenderedImage> {
    const { width, height, format } = request;
    const pixels = this.#scratch.bytes(width * height * 4, 0);
    const begin = (): ImageDrawing => this.#drawing(request, new Canvas(width, height, pixels.fill(0)), signal);
    const open: OpenSource = (source) => this.#open(source, signal);
    const { canvas, drawn, leftOut, grey } = await drawSources(begin, open, request);
    signal?.throwIfAborted();
    const { quality = DEFAULT_QUALITY } = request;
    const bytes = await encodeImage(canvas, { ...request, quality, grey }, this.#scratch);
    this.#scratch.give(pixels);
    return { bytes, format, drawn, leftOut };
  }

  /** The same without a file made of it. */
  async paint(request: MosaicRequest, signal?: AbortSignal): Promise<PaintedMosaic> {
    const begin = (): ImageDrawing => this.#drawing(request, new Canvas(request.width, request.height), signal);
    const { canvas, drawn, leftOut } = await drawSources(begin, (source) => this.#open(source, signal), request);
    return { samples: mosaicSamples(canvas), drawn, leftOut };
  }

  /** Samples of bands on a grid. */
  async sample(request: SampleRequest, signal?: AbortSignal): Promise<SampledBands> {
    const { resampling = 'nearest' } = request;
    const drawing = this.#drawing({ ...request, resampling }, new Canvas(1, 1), signal);
    const open = await Promise.all(request.bands.map((band) => this.#openBand(band, signal)));
    const planes = await readPlanes(drawing, open);
    return { planes: planes.map(({ plane, ...scale }) => scaled(plane.values, scale)) };
  }

  #drawing(
    request: Pick<RenderRequest, 'crs' | 'bbox' | 'width' | 'height' | 'resampling'>,
    canvas: Canvas,
    signal: AbortSignal | undefined,
  ): ImageDrawing {
    const { width, height, crs, bbox, resampling = 'bilinear' } = request;
    return {
      canvas,
      target: { crs, bbox, width, height },
      loader: this.#loader,
      scratch: this.#scratch,
      resampling,
      budget: { bytes: this.limits.requestBytes },
      signal,
    };
  }

  /** The decoded blocks, to be shared with other threads. */
  get blocks(): SharedBlocks {
    return this.#blocks;
  }

  async #openBand(band: BandSource, signal: AbortSignal | undefined): Promise<OpenBand> {
    return { band, raster: await this.#open(band.source, signal) };
  }

  /** Rows of a coverage, as the raster has them or warped. */
  async strip(request: StripRequest, signal?: AbortSignal): Promise<SampleStrip> {
    const raster = await this.#open(request.source, signal);
    const budget = { bytes: this.limits.requestBytes };
    const work = { loader: this.#loader, scratch: this.#scratch, budget, signal };
    return aboutRaster(request.source, () => readSampleStrip(work, raster, request));
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
    const header = await aboutRaster(source, () => readRasterHeader(read, signal));
    const raster = { id, header, read };
    this.#headers.set(id, raster, header.bytes);
    return raster;
  }
}

function scaled(values: Float32Array<ArrayBuffer>, { scale, offset }: BandScale): Float32Array<ArrayBuffer> {
  if (scale === 1 && offset === 0) return values;
  return values.map((value) => value * scale + offset);
}
