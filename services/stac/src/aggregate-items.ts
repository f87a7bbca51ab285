import { Injectable } from '@nestjs/common';
import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Aggregated } from '#protocols/stac/aggregation-document.js';
import type { AggregationTerm } from '#protocols/stac/aggregation-terms.js';
import { toCatalogQuery, type ItemSearch } from '#protocols/stac/search-request.js';

type Matching = Pick<CatalogQuery, 'collections' | 'ids' | 'filter'>;

/** Counts the items of a search, and tells their first and last acquisition. */
@Injectable()
export class AggregateItems {
  constructor(private readonly catalog: ProductCatalog) {}

  async execute(
    search: ItemSearch,
    terms: readonly AggregationTerm[],
    signal?: AbortSignal,
  ): Promise<readonly Aggregated[]> {
    const { page: _page, sort: _sort, count: _count, ...matching } = toCatalogQuery(search);
    const facets = terms.flatMap(({ facet }) => facet ?? []);
    const counted = facets.length === 0 ? [] : await this.catalog.facets({ query: matching, facets }, signal);
    const waiting = [...counted];
    const aggregated: Aggregated[] = [];
    for (const term of terms) {
      const facet = term.facet === undefined ? undefined : waiting.shift();
      aggregated.push(
        facet === undefined
          ? { term, ...(await this.value(term.name, matching, signal)) }
          : { term, facet, exact: facet.exact },
      );
    }
    return aggregated;
  }

  private async value(name: string, matching: Matching, signal: AbortSignal | undefined) {
    if (name === 'total_count') {
      const page = { kind: 'keyset' as const, limit: 0 };
      const { matched } = await this.catalog.search({ ...matching, page, count: 'auto' }, signal);
      return { value: matched?.value ?? 0, exact: matched?.exact ?? true };
    }
    const direction = name === 'datetime_min' ? ('asc' as const) : ('desc' as const);
    const sort = [{ property: 'acquiredFrom', direction }];
    const { products } = await this.catalog.search({ ...matching, sort, page: { kind: 'keyset', limit: 1 } }, signal);
    return { value: products[0]?.acquiredFrom ?? null, exact: true };
  }
}
