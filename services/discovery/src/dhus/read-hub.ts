import { Injectable } from '@nestjs/common';
import { collectionEntity } from '#protocols/dhus-odata/class-entity.js';
import { parseResourcePath, type PathSegment } from '#protocols/dhus-odata/resource-path.js';
import { KnownCollections } from '../known-collections.js';
import {
  invalidKey,
  noResource,
  resourceOfEntity,
  resourceOfList,
  type HubRequest,
  type HubResource,
} from './hub-resource.js';
import { ReadDeletedProducts } from './read-deleted-products.js';
import { ReadProductFeed } from './read-product-feed.js';
import { ReadProduct } from './read-product.js';

/** Finds what a path of DHuS OData v1 leads to. */
@Injectable()
export class ReadHub {
  constructor(
    private readonly products: ReadProductFeed,
    private readonly product: ReadProduct,
    private readonly deleted: ReadDeletedProducts,
    private readonly collections: KnownCollections,
  ) {}

  /** `path` is what is behind the service root, as it was sent. Throws NotFoundError and what the parts throw. */
  async execute(path: string, request: HubRequest): Promise<HubResource> {
    const segments = parseResourcePath(path);
    const [first, ...tail] = segments;
    if (first === undefined) return { kind: 'service' };
    switch (first.name) {
      case '$metadata':
        return { kind: 'metadata' };
      case 'Products':
        return first.key === undefined
          ? this.products.execute({ path: 'Products' }, tail, request)
          : this.product.execute(first.key, tail, request);
      case 'Collections':
        return this.collection(first, tail, request);
      case 'DeletedProducts':
        return this.deleted.execute(segments, request);
      default:
        throw noResource(first);
    }
  }

  private async collection(
    { key }: PathSegment,
    tail: readonly PathSegment[],
    request: HubRequest,
  ): Promise<HubResource> {
    const all = await this.collections.all();
    if (key === undefined) {
      return resourceOfList({ path: 'Collections', title: 'Collections', entities: all.map(collectionEntity) }, tail);
    }
    const found = all.find(({ id, shortName }) => shortName === key || id === key);
    if (found === undefined) throw invalidKey(key, 'Collections');
    const entity = collectionEntity(found);
    const [next, ...rest] = tail;
    if (next?.name !== 'Products') return resourceOfEntity(entity, tail);
    if (next.key !== undefined) return this.product.execute(next.key, rest, request);
    return this.products.execute({ path: `${entity.path}/Products`, collection: found.id }, rest, request);
  }
}
