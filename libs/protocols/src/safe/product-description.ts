import type { Ring } from '#domain/geometry/ring.js';
import type { BrowsePlan } from '#domain/ports/browse-maker.js';
import type { Product } from '#domain/product/product.js';
import type { ProductFacts } from './manifest-facts.js';
import type { ManifestFile } from './manifest-files.js';
import type { ProductName } from './product-name.js';
import type { NetcdfAttributes } from './sentinel5p-attributes.js';

/** The part of a product its own metadata determines; who stores it adds the rest. */
export type DescribedProduct = Pick<
  Product,
  'collection' | 'id' | 'geometry' | 'acquiredFrom' | 'acquiredTo' | 'properties' | 'extra' | 'scene'
>;

/** What acquisition hands in. Paths are relative to the product's folder, `/`-separated. */
export interface ProductInput {
  /** Folder or file name as it came, e.g. `S2A_….SAFE.zip`. */
  readonly name: string;
  /** Every file that came. */
  readonly paths: readonly string[];
  /** Content of the files `metadataPathsOf` asks for, by path. */
  readonly metadata: ReadonlyMap<string, string | Uint8Array>;
  /** Attributes of a Sentinel-5P file. */
  readonly netcdf?: NetcdfAttributes;
}

/** What a product is, which files belong to it, and what to draw it from. */
export interface ProductDescription {
  readonly product: DescribedProduct;
  /** Every file the manifest names; empty where there is no manifest (Sentinel-5P). */
  readonly files: readonly ManifestFile[];
  /** Best first, paths relative to the product's folder; only files that came. Empty where nothing of it can be drawn. */
  readonly browse: readonly BrowsePlan[];
}

/** What one mission's metadata gives. */
export interface MissionDescription extends ProductFacts {
  readonly footprint: readonly Ring[];
  readonly acquiredFrom?: Date;
  readonly acquiredTo?: Date;
  /** Replaces the name's, where processing is told apart by more than the name. */
  readonly version?: string;
  readonly files: readonly ManifestFile[];
  readonly browse: readonly BrowsePlan[];
}

/** Describes the products of one mission. */
export type DescribeMission = (name: ProductName, input: ProductInput) => MissionDescription;
