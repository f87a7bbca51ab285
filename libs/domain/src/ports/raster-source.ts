import type { AssetLocation } from '../product/asset.js';

/** A raster to draw from: an object (or a byte range of one) and the etag that names its version. */
export interface RasterSource extends AssetLocation {
  readonly etag: string;
}

/** What the engine knows of a raster. */
export interface RasterInfo {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly sampleType: 'uint8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64';
  readonly crs: string;
  /** Outer edges, in x/y order of `crs`. */
  readonly bbox: readonly [number, number, number, number];
  readonly nodata?: number;
  readonly overviews: number;
}
