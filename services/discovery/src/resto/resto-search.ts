import { Injectable } from '@nestjs/common';
import type { Collection } from '#domain/collection/collection.js';
import { InvalidError, NotFoundError } from '#domain/errors.js';
import { Clock } from '#domain/ports/clock.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Product } from '#domain/product/product.js';
import type { Mirror } from '#protocols/links/product-links.js';
import { describeEntry, type ProductEntry } from '#protocols/opensearch/product-entry.js';
import { findRestoCollections } from '#protocols/resto/resto-collections.js';
import type { RestoPage } from '#protocols/resto/resto-page.js';
import type { RestoRequest } from '#protocols/resto/resto-request.js';
import { KnownCollections } from '../known-collections.js';

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Searches and finds as resto: within a mission or collection by name, or in all. */
@Injectable()
export class RestoSearch {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly known: KnownCollections,
    private readonly clock: Clock,
  ) {}

  /** Throws NotFoundError for a collection in the path that is not there, InvalidError for one in a parameter. */
  async execute(
    request: RestoRequest,
    name: string | undefined,
    mirror: Mirror,
    signal?: AbortSignal,
  ): Promise<RestoPage> {
    const began = this.clock.now().getTime();
    const within = await this.within(request, name);
    const page = await this.catalog.search(
      { ...request.query, ...(within === undefined ? {} : { collections: within.map(({ id }) => id) }) },
      signal,
    );
    return {
      request,
      entries: await this.entriesOf(page.products, mirror),
      hasNext: page.next !== undefined,
      mirror,
      processingTime: (this.clock.now().getTime() - began) / 1000,
      ...(name === undefined ? {} : { collection: name }),
      ...(page.matched === undefined ? {} : { matched: page.matched }),
    };
  }

  /** The collections a name in a path stands for; all where there is none. Throws NotFoundError. */
  async collections(name: string | undefined): Promise<readonly Collection[]> {
    const all = await this.known.all();
    const found = name === undefined ? all : findRestoCollections(name, all);
    if (found.length > 0 || name === undefined) return found;
    throw new NotFoundError(`There is no collection ${name}.`, { subject: 'collection' });
  }

  /** A product of a collection by UUID or name. Throws NotFoundError. */
  async find(name: string, id: string): Promise<Product> {
    const within = await this.collections(name);
    const product = UUID.test(id) ? await this.catalog.findByUuid(id.toLowerCase()) : await this.catalog.findById(id);
    if (product !== undefined && within.some((collection) => collection.id === product.collection)) return product;
    throw new NotFoundError(`There is no product ${id} in ${name}.`, { subject: id });
  }

  /** What the documents say of products. */
  async entriesOf(products: readonly Product[], mirror: Mirror): Promise<readonly ProductEntry[]> {
    const byId = new Map((await this.known.all()).map((collection) => [collection.id, collection]));
    return products.flatMap((product) => {
      const collection = byId.get(product.collection);
      return collection === undefined ? [] : [describeEntry(product, collection, mirror)];
    });
  }

  private async within(
    { collection }: RestoRequest,
    name: string | undefined,
  ): Promise<readonly Collection[] | undefined> {
    const inPath = name === undefined ? undefined : await this.collections(name);
    if (collection === undefined) return inPath;
    const inParameter = findRestoCollections(collection, await this.known.all());
    if (inParameter.length === 0) {
      throw new InvalidError(`parentIdentifier: there is no collection ${collection}`, { subject: 'parentIdentifier' });
    }
    return inPath === undefined ? inParameter : inParameter.filter(({ id }) => inPath.some((one) => one.id === id));
  }
}
