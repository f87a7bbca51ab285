import type { Asset } from '#domain/product/asset.js';
import type { ProductContent } from '#domain/product/content.js';
import type { Deliverable } from './deliverable.js';
import type { ReadProduct } from './read-product.js';

/** Assets that are files of the product, as byte ranges of the deliverable. A file the zip keeps compressed has no such range; it is reached through the product's folder. */
export function assetsInside(
  read: ReadProduct,
  content: ProductContent | undefined,
  deliverable: Deliverable | undefined,
): Record<string, Asset> {
  const nodes = new Map(deliverable?.nodes?.map((node) => [node.path, node]));
  const assets: Record<string, Asset> = {};
  for (const [key, path] of read.assetFiles) {
    const node = nodes.get(path);
    const given = read.product.assets[key] ?? { roles: ['data'] };
    if (content === undefined || node === undefined) continue;
    const location =
      node.method === 0 ? { location: { key: content.key, offset: node.offset, length: node.size } } : {};
    assets[key] = {
      ...given,
      ...location,
      size: node.size,
      ...(node.digest === undefined ? {} : { digests: [node.digest] }),
    };
  }
  return assets;
}
