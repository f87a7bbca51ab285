import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/ports/clock.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Mirror } from '#protocols/links/product-links.js';
import { describeEntry } from '#protocols/opensearch/product-entry.js';
import type { ResultPage } from '#protocols/opensearch/result-page.js';
import type { OpenSearchRequest } from '#protocols/opensearch/search-request.js';
import { KnownCollections } from '../known-collections.js';

/** Searches the catalogue as OpenSearch asks and gathers what each record says. */
@Injectable()
export class SearchProducts {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly collections: KnownCollections,
    private readonly clock: Clock,
  ) {}

  async execute(request: OpenSearchRequest, mirror: Mirror, signal?: AbortSignal): Promise<ResultPage> {
    const within = request.collection === undefined ? undefined : await this.collections.find(request.collection);
    const query = { ...request.query, ...(within === undefined ? {} : { collections: [within.id] }) };
    const page = await this.catalog.search(query, signal);
    const byId = new Map((await this.collections.all()).map((collection) => [collection.id, collection]));
    const entries = page.products.flatMap((product) => {
      const collection = byId.get(product.collection);
      return collection === undefined ? [] : [describeEntry(product, collection, mirror)];
    });
    return {
      request,
      entries,
      mirror,
      hasNext: page.next !== undefined,
      now: this.clock.now(),
      ...(page.matched === undefined ? {} : { matched: page.matched }),
    };
  }
}
