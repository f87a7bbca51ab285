import { Injectable } from '@nestjs/common';
import type { SortKey } from '#domain/catalog/catalog-query.js';
import { ChangeFeed, type DeletedQuery } from '#domain/ports/change-feed.js';
import { deletedProductEntity } from '#protocols/dhus-odata/deleted-product-entity.js';
import { DELETED_VOCABULARY } from '#protocols/dhus-odata/hub-vocabulary.js';
import {
  parseCollectionOptions,
  parseEntityOptions,
  type CollectionOptions,
} from '#protocols/dhus-odata/query-options.js';
import type { PathSegment } from '#protocols/dhus-odata/resource-path.js';
import { selectProperties } from '#protocols/dhus-odata/select-properties.js';
import { invalidKey, noResource, resourceOfEntity, type HubRequest, type HubResource } from './hub-resource.js';
import { nextHref } from './next-href.js';

const ORDER: readonly SortKey[] = [{ property: 'deleted', direction: 'desc' }];
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Reads `DeletedProducts`: what was removed from this mirror, so that those who copy it can follow. */
@Injectable()
export class ReadDeletedProducts {
  constructor(private readonly changes: ChangeFeed) {}

  /** `segments` begin with `DeletedProducts`. */
  execute(segments: readonly PathSegment[], request: HubRequest): Promise<HubResource> {
    const [first, ...tail] = segments;
    return first?.key === undefined ? this.feed(tail, request) : this.one(first.key, tail, request);
  }

  private async one(uuid: string, tail: readonly PathSegment[], { signal }: HubRequest): Promise<HubResource> {
    if (!UUID.test(uuid)) throw invalidKey(uuid, 'DeletedProducts');
    const filter = { op: 'eq', property: 'uuid', value: uuid } as const;
    const { deleted } = await this.changes.deleted({ filter, limit: 1, offset: 0 }, signal);
    const [tombstone] = deleted;
    if (tombstone === undefined) throw invalidKey(uuid, 'DeletedProducts');
    return resourceOfEntity(deletedProductEntity(tombstone), tail);
  }

  private async feed(tail: readonly PathSegment[], request: HubRequest): Promise<HubResource> {
    const options = parseCollectionOptions(request.parameters, DELETED_VOCABULARY, ORDER);
    const [next] = tail;
    if (next?.name === '$count' && tail.length === 1) return this.count(options, request);
    if (next !== undefined) throw noResource(next);
    const { select } = parseEntityOptions(request.parameters, ['Class']);
    const page = await this.changes.deleted(queryOf(options), request.signal);
    const entities = page.deleted.map((tombstone) => selectProperties(deletedProductEntity(tombstone), select));
    const hasMore = !options.isClientPage && page.hasNext;
    return {
      kind: 'feed',
      feed: {
        path: 'DeletedProducts',
        title: 'DeletedProducts',
        entities,
        ...(options.inlineCount ? { count: page.matched?.value ?? 0 } : {}),
        ...(hasMore ? { next: nextHref(request, 'DeletedProducts', options.skip + entities.length) } : {}),
      },
    };
  }

  private async count(options: CollectionOptions, { signal }: HubRequest): Promise<HubResource> {
    const query = queryOf({ ...options, limit: 0, skip: 0, inlineCount: true });
    const { matched } = await this.changes.deleted(query, signal);
    return { kind: 'text', text: String(matched?.value ?? 0) };
  }
}

function queryOf({ filter, sort, limit, skip, inlineCount }: CollectionOptions): DeletedQuery {
  return { ...(filter === undefined ? {} : { filter }), sort, limit, offset: skip, count: inlineCount };
}
