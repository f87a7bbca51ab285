import { Injectable } from '@nestjs/common';
import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError, NotFoundError } from '#domain/errors.js';
import { ChangeFeed } from '#domain/ports/change-feed.js';
import { deletedVocabulary, writeDeletedProduct } from '#protocols/odata/deleted-products.js';
import { parseODataOptions } from '#protocols/odata/odata-options.js';
import { writeODataPage } from '#protocols/odata/products-page.js';
import { parseODataFilter, parseOrderBy } from '#protocols/odata/products-query.js';
import { KnownCollections } from '../known-collections.js';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The set DeletedProducts: what is left of products removed from the catalogue. */
@Injectable()
export class ListDeleted {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly collections: KnownCollections,
  ) {}

  /** A page; CDSE's `$expand=Attributes` is taken and adds nothing, for nothing more is kept. */
  async page(query: string, service: string, signal: AbortSignal): Promise<Record<string, unknown>> {
    const options = parseODataOptions(query);
    if (options.select !== undefined)
      throw new InvalidError('Deleted products are shown whole.', { subject: '$select' });
    const vocabulary = deletedVocabulary(await this.collections.all());
    const page = await this.feed.deleted(
      {
        ...(options.filter === undefined ? {} : { filter: parseODataFilter(options.filter, vocabulary) }),
        ...(options.orderBy === undefined ? {} : { sort: parseOrderBy(options.orderBy, vocabulary) }),
        limit: options.top,
        offset: options.skip,
        count: options.count,
      },
      signal,
    );
    return writeODataPage({
      context: '$metadata#DeletedProducts',
      entities: page.deleted.map(writeDeletedProduct),
      options,
      hasNext: page.hasNext,
      address: `${service}/DeletedProducts`,
      ...(page.matched === undefined ? {} : { matched: page.matched }),
    });
  }

  /** `DeletedProducts/$count`. */
  async count(query: string, signal: AbortSignal): Promise<number> {
    const { filter } = parseODataOptions(query);
    const vocabulary = deletedVocabulary(await this.collections.all());
    const wanted = filter === undefined ? {} : { filter: parseODataFilter(filter, vocabulary) };
    return (await this.feed.deleted({ ...wanted, limit: 0, offset: 0, count: true }, signal)).matched?.value ?? 0;
  }

  /** `DeletedProducts(id)`. Throws NotFoundError. */
  async find(id: string, signal: AbortSignal): Promise<Record<string, unknown>> {
    const filter: Filter = { op: 'eq', property: 'uuid', value: id };
    const [found] = UUID.test(id) ? (await this.feed.deleted({ filter, limit: 1, offset: 0 }, signal)).deleted : [];
    if (found === undefined)
      throw new NotFoundError(`No product ${id.slice(0, 60)} was deleted here.`, { subject: 'Id' });
    return { '@odata.context': '$metadata#DeletedProducts/$entity', ...writeDeletedProduct(found) };
  }
}
