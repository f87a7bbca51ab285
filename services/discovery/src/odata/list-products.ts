import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { CatalogQuery, MatchCount } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { parseODataOptions } from '#protocols/odata/odata-options.js';
import { checkShape, contextOf, writeProduct } from '#protocols/odata/product-entity.js';
import { idOfName } from '#protocols/odata/product-name.js';
import { productVocabulary } from '#protocols/odata/product-vocabulary.js';
import { writeODataPage } from '#protocols/odata/products-page.js';
import { parseProductsQuery } from '#protocols/odata/products-query.js';
import { KnownCollections } from '../known-collections.js';

/** Names one list may hold, as many as a page of the catalogue. */
const MAX_LISTED = 10_000;

const listSchema = z.object({
  FilterProducts: z.array(z.object({ Name: z.string().max(400) })).max(MAX_LISTED),
});

/** The set Products: searched, counted, asked for by a list of names. */
@Injectable()
export class ListProducts {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly collections: KnownCollections,
  ) {}

  /** A page of `Products?$filter=…`; `service` is the address of the service root. */
  async page(query: string, service: string, signal: AbortSignal): Promise<Record<string, unknown>> {
    const options = parseODataOptions(query);
    checkShape(options);
    const { products, next, matched } = await this.catalog.search(await this.queryOf(options), signal);
    return writeODataPage({
      context: contextOf('Products', options),
      entities: products.map((product) => writeProduct(product, service, options)),
      options,
      hasNext: next !== undefined,
      address: `${service}/Products`,
      ...(matched === undefined ? {} : { matched }),
    });
  }

  /** `Products/$count`: the number alone, always exact. */
  async count(query: string, signal: AbortSignal): Promise<MatchCount | undefined> {
    const options = parseODataOptions(query);
    const all = {
      ...(await this.queryOf(options)),
      page: { kind: 'number', limit: 0, offset: 0 },
      count: 'exact',
    } as const;
    return (await this.catalog.search(all, signal)).matched;
  }

  /** `Products/OData.CSC.FilterList`: those of the named products that are here. Throws InvalidError. */
  async byNames(body: unknown, query: string, service: string, signal: AbortSignal): Promise<Record<string, unknown>> {
    const read = listSchema.safeParse(body);
    if (!read.success) {
      throw new InvalidError(`The body is {"FilterProducts":[{"Name":"…"}]} with at most ${MAX_LISTED} names.`, {
        subject: 'FilterProducts',
      });
    }
    const options = parseODataOptions(query);
    checkShape(options);
    const ids = [...new Set(read.data.FilterProducts.map(({ Name }) => idOfName(Name)))];
    const found = await this.catalog.search({ ids, page: { kind: 'number', limit: MAX_LISTED, offset: 0 } }, signal);
    return writeODataPage({
      context: contextOf('Products', options),
      entities: found.products.map((product) => writeProduct(product, service, options)),
      options,
      hasNext: false,
      address: `${service}/Products`,
      matched: { value: found.products.length, exact: true },
    });
  }

  private async queryOf(options: ReturnType<typeof parseODataOptions>): Promise<CatalogQuery> {
    return parseProductsQuery(options, productVocabulary(await this.collections.all()));
  }
}
