import { Injectable } from '@nestjs/common';
import { NotFoundError } from '#domain/errors.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Product, ProductKey } from '#domain/product/product.js';

/** Finds one product of a collection; NotFoundError where there is none. */
@Injectable()
export class FindItem {
  constructor(private readonly catalog: ProductCatalog) {}

  async execute(key: ProductKey): Promise<Product> {
    const product = await this.catalog.find(key);
    if (product === undefined) {
      throw new NotFoundError(`There is no item ${key.id} in ${key.collection}.`, { subject: key.id });
    }
    return product;
  }
}
