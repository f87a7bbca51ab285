import { Injectable } from '@nestjs/common';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { ASSET_KEYS } from '#domain/product/asset.js';
import type { Product } from '#domain/product/product.js';
import type { Delivery } from '#platform/delivery/delivery.js';
import { FindDelivery } from '#platform/delivery/find-delivery.js';
import { attributeEntities } from '#protocols/dhus-odata/attribute-entities.js';
import { classEntity } from '#protocols/dhus-odata/class-entity.js';
import { productEntity, productPath, PRODUCT_LINKS, PRODUCT_MEDIA_TYPE } from '#protocols/dhus-odata/product-entity.js';
import { parseEntityOptions } from '#protocols/dhus-odata/query-options.js';
import type { PathSegment } from '#protocols/dhus-odata/resource-path.js';
import { ExpandProduct, innerProducts } from './expand-product.js';
import { invalidKey, resourceOfEntity, resourceOfList, type HubRequest, type HubResource } from './hub-resource.js';
import { ReadNode } from './read-node.js';

/** Reads `Products('uuid')` and everything below it. */
@Injectable()
export class ReadProduct {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly deliveries: FindDelivery,
    private readonly readNode: ReadNode,
    private readonly expandProduct: ExpandProduct,
  ) {}

  /** `tail` is what follows the key. Throws NotFoundError, OfflineError. */
  async execute(uuid: string, tail: readonly PathSegment[], request: HubRequest): Promise<HubResource> {
    const product = await this.catalog.findByUuid(uuid);
    if (product === undefined) throw invalidKey(uuid, 'Products');
    const [next, ...rest] = tail;
    switch (next?.name) {
      case undefined: {
        const options = parseEntityOptions(
          request.parameters,
          PRODUCT_LINKS.map(({ name }) => name),
        );
        return { kind: 'entity', entity: await this.expandProduct.execute(product, options) };
      }
      case '$value':
        return { kind: 'media', delivery: await this.bytesOf(product) };
      case 'Nodes':
        return this.readNode.execute(product, tail);
      case 'Attributes':
        return attributes(product, next, rest);
      case 'Class':
        return resourceOfEntity(classEntity(product, productPath(product)), rest);
      case 'Products':
        return this.inner(product, next, rest);
      default:
        return resourceOfEntity(productEntity(product), tail);
    }
  }

  private async inner(product: Product, { key }: PathSegment, tail: readonly PathSegment[]): Promise<HubResource> {
    const entities = innerProducts(product);
    if (key === undefined)
      return resourceOfList({ path: `${productPath(product)}/Products`, title: 'Products', entities }, tail);
    const entity = entities.find(({ title }) => title === key);
    if (entity === undefined) throw invalidKey(key, 'Products');
    if (tail[0]?.name !== '$value') return resourceOfEntity(entity, tail);
    const delivery = await this.deliveries.ofAsset(product, ASSET_KEYS.quicklook);
    const extension = delivery.mediaType === 'image/png' ? 'png' : 'jpg';
    return {
      kind: 'media',
      delivery: { ...delivery, fileName: `${product.id}-ql.${extension}`, disposition: 'inline' },
    };
  }

  /** Under the name a hub gives it, and with the MD5 as a bare entity tag. */
  private async bytesOf(product: Product): Promise<Delivery> {
    const delivery = await this.deliveries.ofProduct(product);
    const md5 = delivery.digests.find(({ algorithm }) => algorithm === 'md5')?.value;
    return {
      ...delivery,
      fileName: delivery.fileName.replace(/\.(?:SAFE|SEN3)(?=\.zip$)/i, ''),
      mediaType: PRODUCT_MEDIA_TYPE,
      disposition: 'inline',
      etag: md5 ?? delivery.etag,
    };
  }
}

function attributes(product: Product, { key }: PathSegment, tail: readonly PathSegment[]): HubResource {
  const path = productPath(product);
  const entities = attributeEntities(product, path);
  if (key === undefined) return resourceOfList({ path: `${path}/Attributes`, title: 'Attributes', entities }, tail);
  const entity = entities.find(({ title }) => title === key);
  if (entity === undefined) throw invalidKey(key, 'Attributes');
  return resourceOfEntity(entity, tail);
}
