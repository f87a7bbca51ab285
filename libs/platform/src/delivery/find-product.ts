import { Injectable } from '@nestjs/common';
import { NotFoundError, OfflineError } from '#domain/errors.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { ProductContent } from '#domain/product/content.js';
import type { Product } from '#domain/product/product.js';

/** A product whose bytes are here. */
export type OnlineProduct = Product & { readonly content: ProductContent };

/** Finds products by key or by the name of their file, and insists on bytes where they are asked for. */
@Injectable()
export class FindProduct {
  constructor(private readonly catalog: ProductCatalog) {}

  /** Throws NotFoundError. */
  async byKey(collection: string, id: string): Promise<Product> {
    const product = await this.catalog.find({ collection, id });
    if (!product) throw new NotFoundError(`There is no product ${id} in ${collection}.`, { subject: id });
    return product;
  }

  /** By file name, as CODE-DE's `/download/X.SAFE.zip`: the product whose id is the name without one or more of its extensions. Throws NotFoundError. */
  async byFileName(fileName: string): Promise<Product> {
    for (const id of idsOf(fileName)) {
      const product = await this.catalog.findById(id);
      if (product) return product;
    }
    throw new NotFoundError(`There is no product with a file ${fileName}.`, { subject: fileName });
  }
}

/** The product, known to be online. Throws OfflineError, or NotFoundError where there never were bytes. */
export function requireOnline(product: Product): OnlineProduct {
  const { id, content, online } = product;
  if (online === 'offline' || online === 'staging') {
    throw new OfflineError(`${id} is in the long-term archive; it can be downloaded once it has been reloaded.`, {
      subject: id,
    });
  }
  if (online === 'metadata-only' || content === undefined) {
    throw new NotFoundError(`${id} is catalogued by its metadata only; this mirror does not hold its data.`, {
      subject: id,
    });
  }
  return { ...product, content };
}

/** `A.SAFE.zip`, `A.SAFE`, `A`. */
function idsOf(fileName: string): readonly string[] {
  const once = fileName.replace(/\.[^.]*$/, '');
  return [...new Set([fileName, once, once.replace(/\.[^.]*$/, '')])].filter((id) => id !== '');
}
