import { Injectable } from '@nestjs/common';
import { ConflictError, PreconditionFailedError } from '#domain/errors.js';
import { ProductStore } from '#domain/ports/product-store.js';
import type { Product, ProductKey } from '#domain/product/product.js';
import { changeItem, readNewItem } from '#protocols/stac/item-change.js';
import { writeItem } from '#protocols/stac/item.js';
import { FindCollection } from '../find-collection.js';
import { FindItem } from '../find-item.js';
import { ReadableArchive } from '../readable-archive.js';
import type { Patch } from './patch-body.js';
import { repeatOverwritten, requireTerms, writerContext, type WriteTerms } from './write-terms.js';

/** Adds, changes and removes single items, each only as the writer has seen it. */
@Injectable()
export class WriteItems {
  constructor(
    private readonly store: ProductStore,
    private readonly findCollection: FindCollection,
    private readonly findItem: FindItem,
    private readonly archive: ReadableArchive,
  ) {}

  /** Throws NotFoundError without the collection, ConflictError where the item is there, InvalidError. */
  async add(collection: string, json: unknown): Promise<Product> {
    await this.findCollection.execute(collection);
    const product = readNewItem(json, { collection });
    const expected = [{ collection, id: product.id, revision: null }];
    try {
      await this.store.publish([product], { ...writerContext(), expected });
    } catch (error) {
      if (!(error instanceof PreconditionFailedError)) throw error;
      throw new ConflictError(`There is an item ${product.id} in ${collection}: change it with PUT or PATCH.`, {
        subject: 'id',
        cause: error,
      });
    }
    return this.findItem.execute(product);
  }

  /** Makes an item what `change` makes of it. Throws NotFoundError, PreconditionFailedError, InvalidError, ConflictError where held data would be lost. */
  change(key: ProductKey, terms: WriteTerms, { change, address }: ItemChange): Promise<Product> {
    return repeatOverwritten(terms, async () => {
      const current = await this.current(key, terms);
      const { s3 } = this.archive;
      const product = changeItem(current, change(writeItem(current, address, s3)), address, s3);
      await this.store.publish([product], { ...writerContext(), expected: [seen(current)] });
      return this.findItem.execute(key);
    });
  }

  /** Throws NotFoundError, PreconditionFailedError, ConflictError where the mirror holds its data. */
  async remove(key: ProductKey, terms: WriteTerms): Promise<void> {
    await repeatOverwritten(terms, async () => {
      const expected = [seen(await this.current(key, terms))];
      const context = { ...writerContext(), expected, refuseHeld: true };
      await this.store.remove(key, 'Obsolete product or Other', context);
    });
  }

  private async current(key: ProductKey, terms: WriteTerms): Promise<Product> {
    const current = await this.findItem.execute(key);
    requireTerms(terms, key.id, current.revision);
    return current;
  }
}

/** What an item becomes; `address` is the mirror's public address. */
export interface ItemChange {
  readonly change: Patch;
  readonly address: string;
}

function seen({ collection, id, revision = '' }: Product) {
  return { collection, id, revision };
}
