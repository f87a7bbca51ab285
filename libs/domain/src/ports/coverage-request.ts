import type { RasterSource, RasterInfo } from './raster-source.js';

/** How a source sample is chosen for a cell of a coverage. */
export type CoverageResampling = 'nearest' | 'bilinear' | 'cubic';

/** Bands (0-based) of a raster, neighbours in an answer. */
export interface SourceBands {
  readonly source: RasterSource;
  readonly bands: readonly number[];
}

/** Samples wanted of rasters, bands side by side. `bbox` is in x/y order of `crs`, its edges outer cell edges. */
export interface CoverageRequest {
  /** Fields in order. Where those bands have no data, the ones under them are taken, the first of them that has some. */
  readonly sources: readonly (SourceBands & { readonly under?: readonly SourceBands[] })[];
  readonly crs: string;
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
  readonly width: number;
  readonly height: number;
  readonly resampling: CoverageResampling;
  /** All sources are of this type. */
  readonly sampleType: RasterInfo['sampleType'];
  /** Fills cells without data and is told in the file; without it they are 0. */
  readonly nodata?: number;
}

/** A GeoTIFF made for one answer. */
export interface CoverageFile {
  readonly size: number;
  /** The bytes, once; what they were kept in is gone afterwards, read to the end or not. */
  bytes(): AsyncIterable<Uint8Array>;
  /** For who does not read them. */
  discard(): Promise<void>;
}
