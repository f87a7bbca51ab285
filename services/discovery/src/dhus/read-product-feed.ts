import { Injectable } from '@nestjs/common';
import type { CatalogQuery, SortKey } from '#domain/catalog/catalog-query.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { PRODUCT_VOCABULARY } from '#protocols/dhus-odata/hub-vocabulary.js';
import { PRODUCT_LINKS } from '#protocols/dhus-odata/product-entity.js';
import {
  parseCollectionOptions,
  parseEntityOptions,
  type CollectionOptions,
} from '#protocols/dhus-odata/query-options.js';
import type { PathSegment } from '#protocols/dhus-odata/resource-path.js';
import { ExpandProduct } from './expand-product.js';
import { noResource, type HubRequest, type HubResource } from './hub-resource.js';
import { nextHref } from './next-href.js';

/** Newest arrival first. */
const ORDER: readonly SortKey[] = [{ property: 'published', direction: 'desc' }];

/** Where the products are asked for: all, or those of a collection. */
export interface ProductFeedPlace {
  readonly path: string;
  readonly collection?: string;
}

/** Reads `Products` and `Collections('…')/Products` with their query options, and `/$count`. */
@Injectable()
export class ReadProductFeed {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly expandProduct: ExpandProduct,
  ) {}

  async execute(place: ProductFeedPlace, tail: readonly PathSegment[], request: HubRequest): Promise<HubResource> {
    const options = parseCollectionOptions(request.parameters, PRODUCT_VOCABULARY, ORDER);
    const [next] = tail;
    if (next?.name === '$count' && tail.length === 1) return this.count(place, options, request);
    if (next !== undefined) throw noResource(next);
    const shown = parseEntityOptions(
      request.parameters,
      PRODUCT_LINKS.map(({ name }) => name),
    );
    const page = await this.catalog.search(queryOf(place, options), request.signal);
    const entities = await Promise.all(page.products.map((product) => this.expandProduct.execute(product, shown)));
    const hasMore = !options.isClientPage && page.next !== undefined;
    return {
      kind: 'feed',
      feed: {
        path: place.path,
        title: 'Products',
        entities,
        // `__count` is the number or not there (OData 2.0 §4): an estimate has no place.
        ...(page.matched?.exact === true ? { count: page.matched.value } : {}),
        ...(hasMore ? { next: nextHref(request, place.path, options.skip + entities.length) } : {}),
      },
    };
  }

  private async count(place: ProductFeedPlace, options: CollectionOptions, request: HubRequest): Promise<HubResource> {
    const query = queryOf(place, { ...options, limit: 0, skip: 0, inlineCount: true });
    const { matched } = await this.catalog.search({ ...query, count: 'exact' }, request.signal);
    return { kind: 'text', text: String(matched?.value ?? 0) };
  }
}

function queryOf({ collection }: ProductFeedPlace, options: CollectionOptions): CatalogQuery {
  const { filter, sort, limit, skip, inlineCount } = options;
  return {
    ...(collection === undefined ? {} : { collections: [collection] }),
    ...(filter === undefined ? {} : { filter }),
    sort,
    page: { kind: 'number', limit, offset: skip },
    count: inlineCount ? 'patient' : 'none',
  };
}
