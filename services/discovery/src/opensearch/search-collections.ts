import { Injectable } from '@nestjs/common';
import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import { Clock } from '#domain/ports/clock.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Mirror } from '#protocols/links/product-links.js';
import type { CollectionRequest } from '#protocols/opensearch/collection-search.js';
import type { PagedResult } from '#protocols/opensearch/result-page.js';

/** A page of collections. */
export interface CollectionPage extends PagedResult {
  readonly summaries: readonly CollectionSummary[];
}

/** Finds collections: there are some dozens, so all are read and tested. */
@Injectable()
export class SearchCollections {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly clock: Clock,
  ) {}

  async execute(request: CollectionRequest, mirror: Mirror): Promise<CollectionPage> {
    const found = (await this.catalog.collections()).filter(request.matches);
    const end = request.offset + request.count;
    return {
      request,
      mirror,
      step: 'collections',
      summaries: found.slice(request.offset, end),
      hasNext: found.length > end,
      matched: { value: found.length, exact: true },
      now: this.clock.now(),
    };
  }
}
