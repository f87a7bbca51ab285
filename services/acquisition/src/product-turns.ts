import { Injectable } from '@nestjs/common';
import type { ProductKey } from '#domain/product/product.js';

/** Lets one at a time change a product: what one is about to publish another must not remove. */
@Injectable()
export class ProductTurns {
  private readonly last = new Map<string, Promise<void>>();

  /** Runs `work` once everything asked for the same product before has ended. */
  async take<T>({ collection, id }: ProductKey, work: () => Promise<T>): Promise<T> {
    const product = `${collection}/${id}`;
    const result = (this.last.get(product) ?? Promise.resolve()).then(work);
    const ended = result.then(nothing, nothing);
    this.last.set(product, ended);
    try {
      return await result;
    } finally {
      if (this.last.get(product) === ended) this.last.delete(product);
    }
  }
}

function nothing(): void {
  // How the one before ended is no matter of the next.
}
