import type { ProductRow } from './product-row.js';

/** The rows of a page, in order. */
export interface ResultSlice {
  readonly rows: readonly ProductRow[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}
