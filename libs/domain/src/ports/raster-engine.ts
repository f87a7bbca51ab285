import type { CoverageFile, CoverageRequest } from './coverage-request.js';
import type { RasterInfo, RasterSource } from './raster-source.js';
import { DomainError, UnavailableError } from '../errors.js';
import type { Geometry } from '../geometry/geometry.js';
import type { Formula } from '../view/formula.js';

/** How samples become pixels. Bands are 0-based; one band is drawn grey, three as red, green, blue. */
export interface RasterStyle {
  readonly bands: readonly number[];
  /** Linear stretch per band: samples at `min` become 0, at `max` 255, clamped; absent for 8-bit data drawn as it is. */
  readonly stretch?: readonly { readonly min: number; readonly max: number }[];
  /** Sample value treated as no data, over what the file says. */
  readonly nodata?: number;
}

/** A raster drawn as it is. */
export interface PictureSource {
  readonly source: RasterSource;
  readonly style: RasterStyle;
}

/** One band of a raster, as a formula's band: `sample * scale + offset`, absent where the sample is the no-data value. Where neither is given they are what the file says, else 1 and 0. */
export interface BandSource {
  readonly source: RasterSource;
  /** 0-based. */
  readonly band: number;
  readonly scale?: number;
  readonly offset?: number;
  /** Over what the file says. */
  readonly nodata?: number;
  /** Samples are classes, which have no mean: always the nearest one. */
  readonly isClass?: boolean;
}

/** Bands of several rasters drawn together by a formula; each may have its own grid and CRS. A pixel is drawn where every band the formula reads has data. */
export interface CompositeSource {
  readonly bands: Readonly<Record<string, BandSource>>;
  readonly formula: Formula;
}

/** Footprints shaded by how many lie over each other, for where there is too much to draw. Polygons in degrees, cut at the antimeridian. */
export interface ShadeSource {
  readonly footprints: readonly Geometry[];
  /** 0xRRGGBB. */
  readonly colour: number;
}

/** A scene to draw. */
export type SceneSource = PictureSource | CompositeSource;

/** Something to draw. */
export type RenderSource = SceneSource | ShadeSource;

/** How a source pixel is chosen for a target pixel. */
export type Resampling = 'nearest' | 'bilinear';

/** Encodings of a drawn image; a TIFF says where it lies (OGC GeoTIFF). */
export type ImageFormat = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/tiff';

/** Bits of a PNG's pixel: 8 a palette of at most 256 colours, 24 without and 32 with transparency whatever is in the picture. */
export type PixelDepth = 8 | 24 | 32;

/** One image to draw. `bbox` is in x/y (easting/northing, lon/lat) order of `crs` whatever the authority's axis order; its edges are outer pixel edges. */
export interface RenderRequest {
  /** Drawn first to last, each over the ones before. */
  readonly sources: readonly RenderSource[];
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
  /** Of a PNG; default as many bits as the picture needs. */
  readonly depth?: PixelDepth;
  /** True leaves sources out that cannot be read, and tells which; absent, one such fails the image. */
  readonly leavesOut?: boolean;
}

/** A picture drawn elsewhere: red, green, blue and straight alpha of each pixel, row by row from the upper left. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** How a picture becomes a file. */
export type PictureEncoding = Pick<
  RenderRequest,
  'format' | 'depth' | 'transparent' | 'background' | 'quality' | 'crs' | 'bbox'
>;

/** A source an image lacks. */
export interface LeftOutSource {
  readonly index: number;
  /** Whether another attempt may bring it, as where the object store does not answer; a damaged raster stays damaged. */
  readonly isPassing: boolean;
  readonly reason: string;
}

/** The image, which sources really had data in it, and which were left out. */
export interface RenderedImage {
  readonly bytes: Uint8Array;
  readonly format: ImageFormat;
  readonly drawn: readonly number[];
  readonly leftOut: readonly LeftOutSource[];
}

/** Pictures over each other as in an image, on a grid of their own. */
export type MosaicRequest = Pick<RenderRequest, 'sources' | 'crs' | 'bbox' | 'width' | 'height' | 'leavesOut'>;

/** A mosaic as a raster to draw from: a COG of red, green and blue, black where nothing is; and what is in it. */
export interface MosaicFile extends CoverageFile, Pick<RenderedImage, 'drawn' | 'leftOut'> {}

/** More is asked of the engine at once than may wait: a matter of the moment, of no single raster. */
export class EngineBusyError extends UnavailableError {}

/** Whether a fault lies in the moment rather than in the raster: the same may succeed later. */
export function isPassingFault(error: unknown): boolean {
  return !(error instanceof DomainError) || error.kind === 'unavailable' || error.kind === 'timeout';
}

/** Samples wanted on a grid of one's own, for coverages and for single places. Where the grid is the raster's and `resampling` nearest, they are the file's, bit for bit. */
export interface SampleRequest {
  readonly bands: readonly BandSource[];
  readonly crs: string;
  /** Outer edges, in x/y order of `crs`. */
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
  readonly width: number;
  readonly height: number;
  /** Default nearest. */
  readonly resampling?: Resampling;
}

/** Samples by band, row-major from the upper left; float32 (integers to 2^24 are exact). NaN where a raster has nothing. */
export interface SampledBands {
  readonly planes: readonly Float32Array<ArrayBuffer>[];
}

/** Draws images from Cloud-Optimized GeoTIFFs in the object store. */
export abstract class RasterEngine {
  /** Throws InvalidError for unknown CRSs and unreadable rasters, NotFoundError for missing objects; aborting stops the work. */
  abstract render(request: RenderRequest, signal?: AbortSignal): Promise<RenderedImage>;
  /** Writes a picture as `render` writes its own; its pixels may be changed by it. */
  abstract encode(picture: Picture, encoding: PictureEncoding): Promise<Uint8Array>;
  /** Throws as `render` does; TooLargeError too where the samples exceed the pixels of one image. */
  abstract sample(request: SampleRequest, signal?: AbortSignal): Promise<SampledBands>;
  /**
   * Samples as they are (where grid and CRS are the raster's own: bit for bit) or warped, as a GeoTIFF. Throws as `render` does and TooLargeError
   * beyond the limit; aborting stops the work.
   */
  abstract coverage(request: CoverageRequest, signal?: AbortSignal): Promise<CoverageFile>;
  /** Draws sources into a raster that can be drawn from in their place. Throws as `render` does. */
  abstract mosaic(request: MosaicRequest, signal?: AbortSignal): Promise<MosaicFile>;
  /** Samples of the largest coverage: width times height times bands. */
  abstract readonly maxCoverageSamples: number;
  abstract describe(source: RasterSource, signal?: AbortSignal): Promise<RasterInfo>;
  /** Every CRS `render` takes, as `AUTHORITY:code`. */
  abstract supports(crs: string): boolean;
  /** Forgets cached headers and blocks of an object. */
  abstract forget(key: string): void;
  abstract close(): Promise<void>;
}
