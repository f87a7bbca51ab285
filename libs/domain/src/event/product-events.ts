/** `frombork.product.published`: a product became visible or changed. */
export const PRODUCT_PUBLISHED = 'frombork.product.published';
/** `frombork.product.deleted`: a product is gone; a tombstone stays in the catalogue. */
export const PRODUCT_DELETED = 'frombork.product.deleted';

/** Data of both product events. */
export interface ProductEventData {
  readonly uuid: string;
  readonly collection: string;
  readonly id: string;
  /** What happened to the catalogue row. */
  readonly change: 'created' | 'modified' | 'deleted';
}
