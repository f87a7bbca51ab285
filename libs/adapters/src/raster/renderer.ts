import type {
  MosaicRequest,
  RenderedImage,
  RenderRequest,
  SampledBands,
  SampleRequest,
} from '#domain/ports/raster-engine.js';
import type { RasterInfo, RasterSource } from '#domain/ports/raster-source.js';
import type { SampleStrip, StripRequest } from './sample-strip.js';

/** A mosaic in memory: red, green and blue of every pixel, black where nothing is. */
export interface PaintedMosaic extends Pick<RenderedImage, 'drawn' | 'leftOut'> {
  readonly samples: Uint8Array<ArrayBuffer>;
}

/** Where the drawing is done: in this thread, or on others. */
export interface Renderer {
  render(request: RenderRequest, signal?: AbortSignal): Promise<RenderedImage>;
  sample(request: SampleRequest, signal?: AbortSignal): Promise<SampledBands>;
  describe(source: RasterSource, signal?: AbortSignal): Promise<RasterInfo>;
  paint(request: MosaicRequest, signal?: AbortSignal): Promise<PaintedMosaic>;
  strip(request: StripRequest, signal?: AbortSignal): Promise<SampleStrip>;
  forget(key: string): void;
  close(): Promise<void>;
}
