import type { Product } from '../product/product.js';
import type { MatchCount } from './catalog-query.js';

/** One page of a search. A cursor is present exactly when there is a next (previous) page. */
export interface CatalogPage {
  readonly products: readonly Product[];
  readonly next?: string;
  readonly previous?: string;
  readonly matched?: MatchCount;
}
