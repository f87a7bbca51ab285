import type { Product } from '#domain/product/product.js';
import type { FeatureCrs } from './feature-crs.js';
import type { FeatureType } from './feature-type.js';
import type { Project } from './write-position.js';
import type { WfsVersion } from './wfs-version.js';

/** What GetFeature found, to be written. */
export interface FeaturePage {
  readonly version: WfsVersion;
  /** The types the products are of. */
  readonly types: readonly FeatureType[];
  readonly products: readonly Product[];
  /** What comes behind them in the same answer; how many is not known before they have been read. */
  readonly more?: AsyncIterable<readonly Product[]> | undefined;
  /** How many match; undefined where that is not known exactly. */
  readonly matched: number | undefined;
  readonly crs: FeatureCrs;
  readonly project: Project;
  /** Names of the properties wanted; all where undefined. */
  readonly properties?: readonly string[] | undefined;
  /** Addresses of the pages beside this one. */
  readonly next?: string | undefined;
  readonly previous?: string | undefined;
  /** Address of the service, ending in `?`. */
  readonly address: string;
  readonly now: Date;
}

/** All products of a page, batch by batch. */
export async function* batchesOf({ products, more }: FeaturePage): AsyncGenerator<readonly Product[]> {
  yield products;
  if (more !== undefined) yield* more;
}
