import { Injectable } from '@nestjs/common';
import type { Collection } from '#domain/collection/collection.js';
import { InvalidError } from '#domain/errors.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';

/** The collections by id and short name, as they are now: the store remembers them until something is written. */
@Injectable()
export class KnownCollections {
  constructor(private readonly catalog: ProductCatalog) {}

  async all(): Promise<readonly Collection[]> {
    return (await this.catalog.collections()).map(({ collection }) => collection);
  }

  /** By short name or id, in any case. InvalidError about `parentIdentifier` where there is none. */
  async find(name: string): Promise<Collection> {
    const wanted = name.toLowerCase();
    const found = (await this.all()).find(
      ({ id, shortName }) => id.toLowerCase() === wanted || shortName.toLowerCase() === wanted,
    );
    if (found !== undefined) return found;
    throw new InvalidError(`parentIdentifier: there is no collection ${name}`, { subject: 'parentIdentifier' });
  }
}
