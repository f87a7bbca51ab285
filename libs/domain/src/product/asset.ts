import type { Digest } from './digest.js';

/** Where an asset's bytes lie: a whole object, or `length` bytes at `offset` of one (a node of a STORE zip). */
export interface AssetLocation {
  readonly key: string;
  readonly offset?: number;
  readonly length?: number;
}

/** One file a product offers. Exactly one of `location` (ours) and `href` (somebody else's) is given. */
export interface Asset {
  readonly location?: AssetLocation;
  readonly href?: string;
  readonly title?: string;
  readonly mediaType?: string;
  /** STAC asset roles: `data`, `overview`, `thumbnail`, `metadata`, `visual`, `archive`. */
  readonly roles: readonly string[];
  readonly size?: number;
  readonly digests?: readonly Digest[];
  /** Further STAC fields of the asset (`eo:bands`, `proj:shape`, `raster:bands`, ...), kept as they came. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Asset keys with a meaning of their own; all others are named by the source. */
export const ASSET_KEYS = {
  /** The deliverable as downloaded: the zip, or the NetCDF file. */
  product: 'product',
  /** A Cloud-Optimized GeoTIFF to draw the product from. */
  browse: 'browse',
  /** A small JPEG or PNG for people. */
  quicklook: 'quicklook',
} as const;

/** Keys of values put on a grid when the product arrived begin with this, and go on with the band: `gridded-vv`. */
export const GRIDDED = 'gridded-';
