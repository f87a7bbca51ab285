import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/ports/clock.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { QueryString } from '#protocols/dhus/query-string.js';
import type { DhusPage } from '#protocols/dhus/search-page.js';
import { parseDhusSearch } from '#protocols/dhus/search-request.js';
import type { Mirror } from '#protocols/links/product-links.js';

/** Searches the catalogue as DHuS OpenSearch asks. */
@Injectable()
export class SearchHub {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly clock: Clock,
  ) {}

  async execute(parameters: QueryString, mirror: Mirror, signal?: AbortSignal): Promise<DhusPage> {
    const begun = this.clock.now();
    const search = parseDhusSearch(parameters, begun);
    const page = await this.catalog.search(search.query, signal);
    const now = this.clock.now();
    return {
      search,
      mirror,
      products: page.products,
      total: page.matched?.value ?? search.start + page.products.length,
      isEstimate: page.matched?.exact === false,
      now,
      seconds: (now.getTime() - begun.getTime()) / 1000,
    };
  }
}
