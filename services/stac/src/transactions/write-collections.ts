import { Injectable } from '@nestjs/common';
import { ConflictError, NotFoundError, PreconditionFailedError } from '#domain/errors.js';
import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import { ProductStore } from '#domain/ports/product-store.js';
import { changeCollection, readNewCollection, requireOwnCollection } from '#protocols/stac/collection-change.js';
import { writeCollection } from '#protocols/stac/stac-collection.js';
import { FindCollection } from '../find-collection.js';
import type { ItemChange } from './write-items.js';
import { repeatOverwritten, requireTerms, type WriteTerms } from './write-terms.js';

/** Adds, changes and removes collections, each only as the writer has seen it. */
@Injectable()
export class WriteCollections {
  constructor(
    private readonly store: ProductStore,
    private readonly findCollection: FindCollection,
  ) {}

  /** Throws InvalidError, ConflictError where it is there. */
  async add(json: unknown): Promise<CollectionSummary> {
    const collection = readNewCollection(json);
    try {
      await this.store.registerCollection(collection, null);
    } catch (error) {
      if (!(error instanceof PreconditionFailedError)) throw error;
      throw new ConflictError(`There is a collection ${collection.id}: change it with PUT or PATCH.`, {
        subject: 'id',
        cause: error,
      });
    }
    return this.findCollection.execute(collection.id);
  }

  /** Throws NotFoundError, PreconditionFailedError, InvalidError, ConflictError for one that comes with the mirror. */
  change(id: string, terms: WriteTerms, { change, address }: ItemChange): Promise<CollectionSummary> {
    return repeatOverwritten(terms, async () => {
      const current = await this.current(id, terms);
      const next = changeCollection(current, change(writeCollection(current, address)), address);
      await this.store.registerCollection(next, current.revision);
      return this.findCollection.execute(id);
    });
  }

  /** Throws NotFoundError, PreconditionFailedError, ConflictError for one that has items or comes with the mirror. */
  async remove(id: string, terms: WriteTerms): Promise<void> {
    await repeatOverwritten(terms, async () => {
      const { revision } = await this.current(id, terms);
      if (!(await this.store.removeCollection(id, revision)))
        throw new NotFoundError(`There is no collection ${id}.`, { subject: id });
    });
  }

  private async current(id: string, terms: WriteTerms): Promise<CollectionSummary> {
    const current = await this.findCollection.execute(id);
    requireTerms(terms, id, current.revision);
    requireOwnCollection(id);
    return current;
  }
}
