import type { CoverageResampling } from '#domain/ports/coverage-request.js';
import type { RasterInfo } from '#domain/ports/raster-source.js';
import type { ProductEntry } from '../opensearch/product-entry.js';

/** A box in x/y order. */
export type Box = readonly [minX: number, minY: number, maxX: number, maxY: number];

/** Types of coverages of the Earth observation profile that are served (OGC 10-140r2 §6): one product, or scenes stitched. */
export type EoSubtype = 'RectifiedDataset' | 'RectifiedStitchedMosaic';

/** A coverage as capabilities list it: nothing that needs its file. */
export interface CoverageBrief {
  readonly subtype: EoSubtype;
  /** An XML name. */
  readonly id: string;
  readonly title: string;
  /** Longitudes and latitudes. */
  readonly bounds: Box;
  readonly from: Date;
  readonly to: Date;
}

/** One field of the range. */
export interface CoverageField {
  readonly name: string;
  readonly description: string;
}

/** A coverage as it is described: grid, fields, and the product it is of. */
export interface WcsCoverage extends CoverageBrief {
  /** `EPSG:<code>`. */
  readonly crs: string;
  /** Outer edges in x/y order of `crs`. */
  readonly bbox: Box;
  readonly width: number;
  readonly height: number;
  readonly fields: readonly CoverageField[];
  readonly sampleType: RasterInfo['sampleType'];
  readonly nodata?: number;
  readonly entry: ProductEntry;
  /** Identifiers of what a mosaic is stitched of. */
  readonly datasets?: readonly string[];
}

/** A cut through one axis, as asked: `low` and `high` of a trim (absent is `*`), or `point` of a slice. `axis` is as written. */
export interface CoverageSubset {
  readonly axis: string;
  readonly low?: number;
  readonly high?: number;
  readonly point?: number;
}

/** How many cells are wanted along an axis. */
export interface AxisScale {
  readonly factor?: number;
  readonly size?: number;
  /** Units of the output CRS per cell. */
  readonly resolution?: number;
}

/** What is wanted of a coverage, the same for every version. Scales and subsets by axis label. */
export interface CoverageSelection {
  readonly subsets: readonly CoverageSubset[];
  readonly subsettingCrs?: string;
  readonly outputCrs?: string;
  readonly scales: readonly (AxisScale & { readonly axis: string })[];
  /** Names or `from:to` ranges of names. */
  readonly fields?: readonly string[];
  readonly resampling: CoverageResampling;
  /** True where the box is the grid's own and no cell edge has to be met (WCS 1.0, 1.1). */
  readonly isExactBox?: boolean;
}

/** The grid and fields an answer has. */
export interface CoverageGrid {
  readonly crs: string;
  readonly bbox: Box;
  readonly width: number;
  readonly height: number;
}
