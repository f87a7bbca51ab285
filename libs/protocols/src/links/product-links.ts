import { ASSET_KEYS } from '#domain/product/asset.js';
import type { Product } from '#domain/product/product.js';

/** The mirror as documents name it: public address without trailing slash, and short name. */
export interface Mirror {
  readonly address: string;
  readonly name: string;
}

/** The addresses every door gives for a product. */
export interface ProductLinks {
  /** Ends in the file name (`….SAFE.zip`) and holds no `=`: scripts save under the last segment and cut at the sign. Absent where the mirror holds no data. */
  readonly download?: string;
  readonly quicklook?: string;
  /** The STAC Item. */
  readonly item: string;
}

/** Where a product's download, picture and item are. */
export function productLinks(product: Product, mirror: Mirror): ProductLinks {
  const { content, assets } = product;
  const [collection, id] = [encodeURIComponent(product.collection), encodeURIComponent(product.id)];
  const picture = assets[ASSET_KEYS.quicklook];
  const quicklook =
    picture?.href ?? (picture && `${mirror.address}/dl/${collection}/${id}/asset/${ASSET_KEYS.quicklook}`);
  return {
    ...(content === undefined
      ? {}
      : { download: `${mirror.address}/download/${encodeURIComponent(content.fileName)}` }),
    ...(quicklook === undefined ? {} : { quicklook }),
    item: `${mirror.address}/stac/collections/${collection}/items/${id}`,
  };
}
