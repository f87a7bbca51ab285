import type { BrowsePlan } from '#domain/ports/browse-maker.js';
import type { Product } from '#domain/product/product.js';
import type { ExpectedFile } from './verify-files.js';

/** Gives a product's file as a file on local disk. */
export type LocalFile = (path: string) => Promise<string>;

/** What reading an input told of it, before anything is verified or stored. */
export interface ReadProduct {
  readonly product: Omit<Product, 'uuid' | 'online' | 'content'>;
  /** Files the manifest names, by path in the tree. */
  readonly expected: readonly ExpectedFile[];
  /** Assets that are files of the product: key -> path in the tree. */
  readonly assetFiles: ReadonlyMap<string, string>;
  /** Ways to draw it, best first, once files are at hand; none where there is nothing to draw from. */
  readonly plans: readonly ((localFile: LocalFile) => Promise<BrowsePlan>)[];
}
