import { Injectable } from '@nestjs/common';
import { NotFoundError } from '#domain/errors.js';
import { ProductStore } from '#domain/ports/product-store.js';
import type { ProductKey } from '#domain/product/product.js';
import { currentRequestId } from '#platform/request-context.js';
import { ProductTurns } from './product-turns.js';
import { StoreObjects } from './store-objects.js';

/** Takes a product out of the catalogue (a tombstone stays) and removes its bytes. */
@Injectable()
export class RemoveProduct {
  constructor(
    private readonly products: ProductStore,
    private readonly objects: StoreObjects,
    private readonly turns: ProductTurns,
  ) {}

  async execute(key: ProductKey): Promise<void> {
    const requestId = currentRequestId();
    const context = { source: 'acquisition', ...(requestId === undefined ? {} : { requestId }) };
    await this.turns.take(key, async () => {
      const removed = await this.products.remove(key, 'Obsolete product or Other', context);
      if (!removed) throw new NotFoundError(`There is no product ${key.collection}/${key.id}.`, { subject: key.id });
      await this.objects.removeOthers(key, undefined);
    });
  }
}
