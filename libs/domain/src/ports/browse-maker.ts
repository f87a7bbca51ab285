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
  /** A TIFF with ground control points (Sentinel-1 GRD): gridded to CRS:84, amplitude drawn in dB. */
  | { readonly kind: 'gcp-tiff'; readonly file: string }
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
    }
  /** Already a GeoTIFF on a grid: re-tiled to a COG (or taken as it is where it is one). */
  | { readonly kind: 'geotiff'; readonly file: string };

/** Longitude, latitude. */
export type Corner = readonly [number, number];

/** A NetCDF variable, possibly in another file. */
export interface SwathVariable {
  readonly file: string;
  readonly variable: string;
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
  readonly grid: BrowseGrid & { readonly width: number; readonly height: number };
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
