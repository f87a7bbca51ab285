import type { Collection } from '../collection/collection.js';
import type { Product, ProductKey } from '../product/product.js';

/** What publishing did: `unchanged` and `kept` wrote nothing and raised no event. */
export interface PublishOutcome {
  readonly key: ProductKey;
  readonly change: 'created' | 'modified' | 'unchanged' | 'kept';
}

/** Who asks for a change; goes into the events, and the source is remembered as who wrote a product last. */
export interface ChangeContext {
  readonly source: string;
  readonly requestId?: string;
  /** Leaves alone (`kept`) what the mirror holds the bytes of, and what another source wrote; for copies of other catalogues' records. */
  readonly keepHeld?: boolean;
  /** What the caller has seen of products it changes; decided under the lock of their keys, so that of two who saw the same one changes it. PreconditionFailedError for one that is otherwise. */
  readonly expected?: readonly Expectation[];
  /** ConflictError for a product whose bytes the mirror holds. */
  readonly refuseHeld?: boolean;
}

/** The `Product.revision` a caller expects to change, null where it expects no product. */
export interface Expectation extends ProductKey {
  readonly revision: string | null;
}

/** Why a product left the catalogue, as CDSE names it. */
export type DeletionCause =
  'Duplicated product' | 'Missing checksum' | 'Corrupted product' | 'Obsolete product or Other';

/** The write side of the catalogue, for acquisition and for what discovery takes over from others; keys are claimed under row locks, so that several may write. Every change, its tombstone or counters and its event commit together. */
export abstract class ProductStore {
  /**
   * Inserts or replaces products by (collection, id) in one transaction, in order; an equal content hash writes nothing.
   * Links processings of the same scene both ways, whatever order they arrive in. Unknown collection: InvalidError naming the product.
   */
  abstract publish(products: readonly Product[], context: ChangeContext): Promise<readonly PublishOutcome[]>;
  /** Removes a product and leaves a tombstone; false where there was none, or it was kept. */
  abstract remove(key: ProductKey, cause: DeletionCause, context: ChangeContext): Promise<boolean>;
  /**
   * Adds a collection, or brings its definition up to date. ConflictError where another has its short name, InvalidError for an unusable id.
   * With `expected` (`CollectionSummary.revision`, null for none) PreconditionFailedError where it is otherwise, decided under the lock of its row.
   */
  abstract registerCollection(collection: Collection, expected?: string | null): Promise<void>;
  /** Removes a collection without products; false where there is none. ConflictError where it has products, PreconditionFailedError as for `registerCollection`. */
  abstract removeCollection(id: string, expected?: string): Promise<boolean>;
}
