import { Injectable } from '@nestjs/common';
import { NotFoundError } from '#domain/errors.js';
import { ProductCatalog, type CollectionSummary } from '#domain/ports/product-catalog.js';

/** Finds a collection by id; NotFoundError where there is none. */
@Injectable()
export class FindCollection {
  constructor(private readonly catalog: ProductCatalog) {}

  async execute(id: string): Promise<CollectionSummary> {
    const summary = await this.catalog.collection(id);
    if (summary === undefined) throw new NotFoundError(`There is no collection ${id}.`, { subject: id });
    return summary;
  }
}
