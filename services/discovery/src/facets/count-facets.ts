import { Injectable } from '@nestjs/common';
import { findFacets, type Facet } from '#domain/catalog/facets.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { parseOpenSearch } from '#protocols/opensearch/search-request.js';
import type { Kvp } from '#protocols/ows/kvp.js';
import { KnownCollections } from '../known-collections.js';

/** Counts what an OpenSearch request finds, by facets. */
@Injectable()
export class CountFacets {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly collections: KnownCollections,
  ) {}

  async execute(kvp: Kvp, names: readonly string[], signal?: AbortSignal): Promise<readonly Facet[]> {
    const { query, collection } = parseOpenSearch(new Map([...kvp].filter(([name]) => !OF_THE_ANSWER.has(name))));
    const within = collection === undefined ? {} : { collections: [(await this.collections.find(collection)).id] };
    return this.catalog.facets({ query: { ...query, ...within }, facets: findFacets(names) }, signal);
  }
}

/** Parameters about how products are answered; none are. */
const OF_THE_ANSWER = new Set(['HTTPACCEPT', 'FACETS', 'INTERVAL']);
