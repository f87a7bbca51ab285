import type { ProductRow } from './product-row.js';

/** The rows of a page, in order. */
export interface ResultSlice {
  readonly rows: readonly ProductRow[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** What the statement saw that read the last of them; absent where there is none. */
  readonly snapshot?: string | undefined;
}
