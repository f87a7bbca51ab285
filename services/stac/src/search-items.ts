import { Injectable } from '@nestjs/common';
import type { CatalogPage } from '#domain/catalog/catalog-page.js';
import { InvalidError } from '#domain/errors.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { toCatalogQuery, type ItemSearch } from '#protocols/stac/search-request.js';

/** Searches the catalogue as STAC asks; a token that is not ours is an InvalidError about `token`. */
@Injectable()
export class SearchItems {
  constructor(private readonly catalog: ProductCatalog) {}

  async execute(search: ItemSearch, signal?: AbortSignal): Promise<CatalogPage> {
    try {
      return await this.catalog.search(toCatalogQuery(search), signal);
    } catch (error) {
      if (!(error instanceof InvalidError) || error.subject !== 'cursor') throw error;
      throw new InvalidError('The token is none of ours, or of another search.', { subject: 'token', cause: error });
    }
  }
}
