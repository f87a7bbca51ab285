import { Inject, Injectable } from '@nestjs/common';
import type { CatalogPage } from '#domain/catalog/catalog-page.js';
import { InvalidError, QuotaExceededError, TooLargeError } from '#domain/errors.js';
import type { Product } from '#domain/product/product.js';
import type { ItemSearch } from '#protocols/stac/search-request.js';
import { SearchItems } from './search-items.js';
import { EXPORT_CONFIG, type ExportConfig } from './stac.config.js';

/** Items in memory at once. */
const PAGE = 250;

/** An estimate may be so far off and the search is tried all the same. */
const ESTIMATES_MISS = 2;

/** Reads all items of a search, page after page behind the last: what is untouched meanwhile comes once, whoever writes. */
@Injectable()
export class ReadEveryPage {
  private running = 0;

  constructor(
    private readonly searchItems: SearchItems,
    @Inject(EXPORT_CONFIG) private readonly config: ExportConfig,
  ) {}

  /**
   * At most `limit` items where it is given. Throws QuotaExceededError where too many are being read for others, InvalidError for a limit above the
   * operator's, and TooLargeError where more match than that: before the first page where it is known by then, else after the last allowed.
   */
  async *execute(search: ItemSearch, limit?: number, signal?: AbortSignal): AsyncGenerator<readonly Product[]> {
    if (this.running >= this.config.STAC_EXPORT_CONCURRENCY) {
      throw new QuotaExceededError('As many exports are being made as may be at once: ask again in a while.');
    }
    this.running += 1;
    try {
      yield* this.pages(search, limit, signal);
    } finally {
      this.running -= 1;
    }
  }

  private async *pages(search: ItemSearch, limit: number | undefined, signal: AbortSignal | undefined) {
    const { STAC_EXPORT_LIMIT: most } = this.config;
    if (limit !== undefined && limit > most) {
      throw new InvalidError(`limit: an export has at most ${most} items.`, { subject: 'limit' });
    }
    let left = limit ?? most;
    let count: 'auto' | 'none' = limit === undefined ? 'auto' : 'none';
    let token = search.token;
    do {
      const asked = { ...search, token, count, limit: Math.min(PAGE, left) };
      const page: CatalogPage = await this.searchItems.execute(asked, signal);
      this.check(page);
      yield page.products;
      left -= page.products.length;
      count = 'none';
      token = page.next;
    } while (token !== undefined && left > 0);
    if (token !== undefined && limit === undefined) throw this.tooMany('More');
  }

  private check({ matched }: CatalogPage): void {
    if (matched === undefined) return;
    const least = matched.exact ? matched.value : matched.value / ESTIMATES_MISS;
    if (least > this.config.STAC_EXPORT_LIMIT) throw this.tooMany(`${matched.exact ? '' : 'About '}${matched.value}`);
  }

  private tooMany(how: string): TooLargeError {
    const most = this.config.STAC_EXPORT_LIMIT;
    return new TooLargeError(
      `${how} items match, and an export has at most ${most}: narrow the search, or give a limit.`,
    );
  }
}
