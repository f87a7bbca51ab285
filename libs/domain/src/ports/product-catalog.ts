import type { CatalogPage } from '../catalog/catalog-page.js';
import type { CatalogQuery } from '../catalog/catalog-query.js';
import type { Facet, FacetRequest } from '../catalog/facets.js';
import type { Collection } from '../collection/collection.js';
import type { Product, ProductKey } from '../product/product.js';

/** Collection with what is in it: maintained counts and extents, cheap to read. */
export interface CollectionSummary {
  readonly collection: Collection;
  readonly count: number;
  readonly acquiredFrom?: Date;
  readonly acquiredTo?: Date;
  /** west, south, east, north of what is there. */
  readonly bbox?: readonly [number, number, number, number];
  /** Another one whenever the definition is another. */
  readonly revision?: string;
}

/** The read side of the catalogue: what every door asks. */
export abstract class ProductCatalog {
  /** Throws InvalidError (subject = property or `cursor`) for unknown properties, wrong types and forged cursors; TimeoutError past the statement budget. */
  abstract search(query: CatalogQuery, signal?: AbortSignal): Promise<CatalogPage>;
  /** The products of a query counted by facets, in the order asked; throws as `search` does. */
  abstract facets(request: FacetRequest, signal?: AbortSignal): Promise<readonly Facet[]>;
  /** Undefined where there is none. */
  abstract find(key: ProductKey): Promise<Product | undefined>;
  /** Those of many that are there, in no order; cheaper than one by one. */
  abstract findAll(keys: readonly ProductKey[]): Promise<readonly Product[]>;
  /** By uuid, or by product id in any collection (file extensions are the caller's business). */
  abstract findByUuid(uuid: string): Promise<Product | undefined>;
  abstract findById(id: string): Promise<Product | undefined>;
  abstract collections(): Promise<readonly CollectionSummary[]>;
  abstract collection(id: string): Promise<CollectionSummary | undefined>;
}
