import type { AssetLocation } from '../product/asset.js';
import type { CoverageFile, CoverageRequest } from './coverage-request.js';

/** A raster to draw from: an object (or a byte range of one) and the etag that names its version. */
export interface RasterSource extends AssetLocation {
  readonly etag: string;
}

/** How samples become pixels. Bands are 0-based; one band is drawn grey, three as red, green, blue. */
export interface RasterStyle {
  readonly bands: readonly number[];
  /** Linear stretch per band: samples at `min` become 0, at `max` 255, clamped; absent for 8-bit data drawn as it is. */
  readonly stretch?: readonly { readonly min: number; readonly max: number }[];
  /** Sample value treated as no data, over what the file says. */
  readonly nodata?: number;
}

/** How a source pixel is chosen for a target pixel. */
export type Resampling = 'nearest' | 'bilinear';

/** Encodings of a drawn image. */
export type ImageFormat = 'image/png' | 'image/jpeg' | 'image/webp';

/** One image to draw. `bbox` is in x/y (easting/northing, lon/lat) order of `crs` whatever the authority's axis order; its edges are outer pixel edges. */
export interface RenderRequest {
  /** Drawn first to last, each over the ones before. */
  readonly sources: readonly { readonly source: RasterSource; readonly style: RasterStyle }[];
  /** e.g. `EPSG:3857`, `CRS:84`. */
  readonly crs: string;
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
  readonly width: number;
  readonly height: number;
  readonly format: ImageFormat;
  /** Default bilinear. */
  readonly resampling?: Resampling;
  /** False paints the background under everything (PNG, WebP); JPEG always does. */
  readonly transparent: boolean;
  /** 0xRRGGBB. */
  readonly background: number;
  /** JPEG and WebP quality, 1-100. */
  readonly quality?: number;
}

/** The image, and which sources really had data in it. */
export interface RenderedImage {
  readonly bytes: Uint8Array;
  readonly format: ImageFormat;
  readonly drawn: readonly number[];
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

/** Draws images from Cloud-Optimized GeoTIFFs in the object store. */
export abstract class RasterEngine {
  /** Throws InvalidError for unknown CRSs and unreadable rasters, NotFoundError for missing objects; aborting stops the work. */
  abstract render(request: RenderRequest, signal?: AbortSignal): Promise<RenderedImage>;
  /**
   * Samples as they are (where grid and CRS are the raster's own: bit for bit) or warped, as a GeoTIFF. Throws as `render` does and TooLargeError
   * beyond the limit; aborting stops the work.
   */
  abstract coverage(request: CoverageRequest, signal?: AbortSignal): Promise<CoverageFile>;
  /** Samples of the largest coverage: width times height times bands. */
  abstract readonly maxCoverageSamples: number;
  abstract describe(source: RasterSource, signal?: AbortSignal): Promise<RasterInfo>;
  /** Every CRS `render` takes, as `AUTHORITY:code`. */
  abstract supports(crs: string): boolean;
  /** Forgets cached headers and blocks of an object. */
  abstract forget(key: string): void;
  abstract close(): Promise<void>;
}
