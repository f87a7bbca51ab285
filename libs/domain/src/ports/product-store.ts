import type { Product, ProductKey } from '../product/product.js';

/** What publishing did: `unchanged` wrote nothing and raised no event. */
export interface PublishOutcome {
  readonly key: ProductKey;
  readonly change: 'created' | 'modified' | 'unchanged';
}

/** Who asks for a change; goes into the events. */
export interface ChangeContext {
  readonly source: string;
  readonly requestId?: string;
}

/** Why a product left the catalogue, as CDSE names it. */
export type DeletionCause =
  'Duplicated product' | 'Missing checksum' | 'Corrupted product' | 'Obsolete product or Other';

/** The write side of the catalogue; one writer, acquisition (and reload for the online state). Every change, its tombstone or counters and its event commit together. */
export abstract class ProductStore {
  /**
   * Inserts or replaces products by (collection, id) in one transaction, in order; an equal content hash writes nothing.
   * Links processings of the same scene both ways, whatever order they arrive in. Unknown collection: InvalidError naming the product.
   */
  abstract publish(products: readonly Product[], context: ChangeContext): Promise<readonly PublishOutcome[]>;
  /** Removes a product and leaves a tombstone; false where there was none. */
  abstract remove(key: ProductKey, cause: DeletionCause, context: ChangeContext): Promise<boolean>;
}
