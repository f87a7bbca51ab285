import { Injectable } from '@nestjs/common';
import type { Filter } from '#domain/catalog/catalog-query.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { ProductKey } from '#domain/product/product.js';
import { browseInterval, partsOfDay, type BrowseContents, type BrowseSpan } from '#protocols/stac/browse.js';

/** A day or an hour with more items is divided further. */
const MOST_ITEMS = 1000;

/** What of a collection lies in a span of time: years, months and days by what is tallied, then the items themselves. */
@Injectable()
export class BrowseCollection {
  constructor(private readonly catalog: ProductCatalog) {}

  execute(collection: string, span: BrowseSpan, signal?: AbortSignal): Promise<BrowseContents> {
    const { unit } = span;
    if (unit === 'all') return this.spans(collection, span, 'year', signal);
    if (unit === 'year') return this.spans(collection, span, 'month', signal);
    return unit === 'month' ? this.spans(collection, span, 'day', signal) : this.items(collection, span, signal);
  }

  private async spans(collection: string, { name }: BrowseSpan, unit: string, signal?: AbortSignal) {
    const facets = [{ name: unit, kind: 'time' as const }];
    const [facet] = await this.catalog.facets({ query: { collections: [collection] }, facets }, signal);
    const spans = (facet?.values ?? []).map(({ value }) => value).filter((value) => value.startsWith(name));
    return { spans, items: [] };
  }

  private async items(collection: string, span: BrowseSpan, signal?: AbortSignal): Promise<BrowseContents> {
    const items: ProductKey[] = [];
    let cursor: string | undefined;
    do {
      const page = { kind: 'keyset' as const, limit: MOST_ITEMS, ...(cursor === undefined ? {} : { cursor }) };
      const sort = [{ property: 'acquiredFrom', direction: 'asc' as const }];
      const query = { collections: [collection], filter: within(span), sort, page, count: 'none' as const };
      const found = await this.catalog.search(query, signal);
      items.push(...found.products.map(({ collection: of, id }) => ({ collection: of, id })));
      cursor = found.next;
      if (cursor !== undefined && span.unit !== 'minute') return { spans: partsOfDay(span), items: [] };
    } while (cursor !== undefined);
    return { spans: [], items };
  }
}

function within(span: BrowseSpan): Filter {
  const interval = browseInterval(span);
  if (interval === undefined) return { op: 'constant', value: true };
  const property = 'acquiredFrom';
  return {
    op: 'and',
    args: [
      { op: 'ge', property, value: interval.from },
      { op: 'lt', property, value: interval.before },
    ],
  };
}
