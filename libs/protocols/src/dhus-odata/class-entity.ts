import type { Product } from '#domain/product/product.js';
import { ingestedAt } from '../dhus/product-record.js';
import { pathKey, type ODataEntity } from './odata-value.js';

/** What kind of thing a product or node is; `id` is the part of the address behind `#`. */
export function classEntity(product: Product, ownerPath: string): ODataEntity {
  const mission = String(product.properties['constellation'] ?? product.collection);
  const id = String(product.properties['productType'] ?? 'product');
  return {
    type: 'Class',
    path: `${ownerPath}/Class`,
    title: id,
    updated: product.updated ?? ingestedAt(product),
    properties: [
      { name: 'Id', value: id },
      { name: 'Uri', value: `http://www.esa.int/safe/${encodeURIComponent(mission)}#${encodeURIComponent(id)}` },
    ],
    links: [{ name: 'Classes', many: true, inline: [] }],
  };
}

/** The collection as the entity `DHuS.Collection`; its key is the short name. */
export function collectionEntity(collection: {
  readonly shortName: string;
  readonly id: string;
  readonly description: string;
}): ODataEntity {
  return {
    type: 'Collection',
    path: `Collections${pathKey(collection.shortName)}`,
    title: collection.shortName,
    updated: new Date(0),
    properties: [
      { name: 'Name', value: collection.shortName },
      { name: 'Description', value: collection.description },
      { name: 'UUID', value: collection.id },
    ],
    links: [{ name: 'Products', many: true }],
  };
}
