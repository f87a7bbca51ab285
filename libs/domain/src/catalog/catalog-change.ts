import type { DeletionCause } from '../ports/product-store.js';
import type { Product } from '../product/product.js';

/** What is left of a removed product. */
export interface Tombstone {
  readonly uuid: string;
  readonly collection: string;
  readonly id: string;
  readonly deleted: Date;
  readonly cause: DeletionCause;
}

/**
 * One change of the catalogue. A product changed several times since a reader's position appears once, as it is now; `created` where that reader cannot
 * have seen it, `modified` where it may have: a replica puts the product in either case. A product removed and published again between two readings
 * appears as the product only, without a tombstone. `position` is opaque: reading on after it continues behind this change.
 */
export type CatalogChange =
  | {
      readonly kind: 'created' | 'modified';
      readonly product: Product;
      readonly at: Date;
      readonly position: string;
    }
  | { readonly kind: 'deleted'; readonly tombstone: Tombstone; readonly at: Date; readonly position: string };

/** A stretch of the feed, in the order changes are to be replayed. */
export interface ChangePage {
  readonly changes: readonly CatalogChange[];
  /** Where to go on, also where nothing was read. */
  readonly position: string;
  readonly hasMore: boolean;
}
