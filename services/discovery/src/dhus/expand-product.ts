import { Injectable } from '@nestjs/common';
import { ASSET_KEYS } from '#domain/product/asset.js';
import type { Product } from '#domain/product/product.js';
import { attributeEntities } from '#protocols/dhus-odata/attribute-entities.js';
import { classEntity } from '#protocols/dhus-odata/class-entity.js';
import type { ODataEntity } from '#protocols/dhus-odata/odata-value.js';
import { productEntity, productPath, quicklookEntity } from '#protocols/dhus-odata/product-entity.js';
import type { EntityOptions } from '#protocols/dhus-odata/query-options.js';
import { selectProperties } from '#protocols/dhus-odata/select-properties.js';
import { ReadNode } from './read-node.js';

/** Makes the entity of a product with what `$expand` and `$select` ask of it. */
@Injectable()
export class ExpandProduct {
  constructor(private readonly readNode: ReadNode) {}

  async execute(product: Product, { expand, select }: EntityOptions): Promise<ODataEntity> {
    const entity = productEntity(product);
    const links = await Promise.all(
      entity.links.map(async (link) =>
        expand.includes(link.name) ? { ...link, inline: await this.inlineOf(product, link.name) } : link,
      ),
    );
    return selectProperties({ ...entity, links }, select);
  }

  private inlineOf(
    product: Product,
    name: string,
  ): Promise<ODataEntity | readonly ODataEntity[]> | ODataEntity | readonly ODataEntity[] {
    if (name === 'Attributes') return attributeEntities(product, productPath(product));
    if (name === 'Class') return classEntity(product, productPath(product));
    return name === 'Nodes' ? this.readNode.roots(product) : innerProducts(product);
  }
}

/** The products inside a product: its quick-look, where it lies in our store. */
export function innerProducts(product: Product): readonly ODataEntity[] {
  const asset = product.assets[ASSET_KEYS.quicklook];
  if (asset?.location === undefined) return [];
  return [quicklookEntity(product, asset.mediaType ?? 'image/jpeg', asset.size ?? asset.location.length ?? 0)];
}
