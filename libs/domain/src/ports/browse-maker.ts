import type { SarCalibration } from './sar-calibration.js';

/** What a product is drawn from, found by the acquisition in its file tree; paths are absolute on local disk. */
export type BrowsePlan =
  /** A true-colour JPEG 2000 (three 8-bit components) with its own georeference given here. */
  | { readonly kind: 'jp2-rgb'; readonly file: string; readonly grid: BrowseGrid }
  /** Three JPEG 2000 reflectance bands (red, green, blue), stretched by `max` (digital number drawn as white) after `offset` is added. */
  | {
      readonly kind: 'jp2-bands';
      readonly files: readonly [string, string, string];
      readonly grid: BrowseGrid;
      readonly offset: number;
      readonly max: number;
    }
  /** One JPEG 2000 band in grey (digital number 0 is nodata), stretched over `range` or, without one, over its 2nd to 98th percentile. */
  | {
      readonly kind: 'jp2-grey';
      readonly file: string;
      readonly grid: BrowseGrid;
      readonly range?: readonly [number, number];
    }
  /** A TIFF with ground control points (Sentinel-1 GRD) that cannot be calibrated: gridded to CRS:84, amplitude drawn in dB. */
  | { readonly kind: 'gcp-tiff'; readonly file: string }
  /** TIFFs with ground control points of one acquisition, and their calibration: backscatter of each as values, the first drawn in dB. */
  | { readonly kind: 'sar'; readonly images: readonly SarImage[] }
  /** A preview picture stretched over a footprint given as corner positions (first row left, first row right, last row right, last row left; lon/lat). */
  | { readonly kind: 'picture'; readonly file: string; readonly corners: readonly [Corner, Corner, Corner, Corner] }
  /** Swath variables of a NetCDF-4 file, gridded to CRS:84 through latitude/longitude variables. */
  | {
      readonly kind: 'swath';
      readonly file: string;
      readonly variable: string;
      readonly latitude: SwathVariable;
      readonly longitude: SwathVariable;
      readonly range?: readonly [number, number];
      /** What is kept as values beside the picture. */
      readonly values?: readonly SwathValues[];
      /** Reflectances among these the picture shows as red, green and blue, instead of the variable. */
      readonly colours?: readonly [string, string, string];
    }
  /** Already a GeoTIFF on a grid: re-tiled to a COG (or taken as it is where it is one). */
  | { readonly kind: 'geotiff'; readonly file: string };

/** Longitude, latitude. */
export type Corner = readonly [number, number];

/** A detected image of one polarisation (`VV`): amplitudes and what makes backscatter of them. */
export interface SarImage {
  readonly name: string;
  readonly file: string;
  readonly calibration: SarCalibration;
}

/** A NetCDF variable, possibly in another file. */
export interface SwathVariable {
  readonly file: string;
  readonly variable: string;
}

/** A variable whose values are kept under a band's name. */
export interface SwathValues extends SwathVariable {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  /** Pixels of which this variable is less than `least` are left out. */
  readonly quality?: SwathVariable & { readonly least: number };
  /** The values are radiances to be divided by the sun's: reflectance at the top of the atmosphere is kept. */
  readonly reflectance?: SolarReference;
}

/** What makes reflectances of radiances: the sun's irradiance by band (row `band` of `irradiance`) and detector, and its zenith angle at tie points. */
export interface SolarReference {
  readonly band: number;
  readonly irradiance: SwathVariable;
  readonly detector: SwathVariable;
  readonly zenith: SwathVariable;
}

/** Upper left corner (outer edge), pixel size and CRS of a north-up grid. */
export interface BrowseGrid {
  readonly crs: string;
  readonly origin: readonly [number, number];
  readonly pixelSize: readonly [number, number];
}

/** The files made, on local disk in the folder given; the caller stores and removes them. */
export interface BrowseFiles {
  /** COG, uint8 RGB or grey (with nodata 0 or a mask), 256 px blocks, overviews. */
  readonly browse: string;
  /** JPEG, at most 512 px on the longer side. */
  readonly quicklook: string;
  /** Where the browse image lies on the ground. */
  readonly grid: PictureGrid;
  /** What was measured, a band each, where the product has it on no grid of its own. */
  readonly values: readonly ValueFile[];
}

/** A grid and its size in pixels. */
export interface PictureGrid extends BrowseGrid {
  readonly width: number;
  readonly height: number;
}

/** One band on a grid: a COG of 32 bit floats, NaN where there is nothing. */
export interface ValueFile {
  /** As renderings name it: `VV`, `B08`, `NO2`. */
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly file: string;
  readonly grid: PictureGrid;
}

/** Makes the pictures of a product. */
export abstract class BrowseMaker {
  /** Throws InvalidError saying in a person's words why the source cannot be drawn. `progress` gets 0..1. */
  abstract make(
    plan: BrowsePlan,
    folder: string,
    options?: { signal?: AbortSignal; progress?: (done: number) => void },
  ): Promise<BrowseFiles>;
}
