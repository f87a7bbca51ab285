import type { Product } from '#domain/product/product.js';
import { writeGmlFootprint } from '../dhus/gml-footprint.js';
import { ingestedAt } from '../dhus/product-record.js';
import type { NavigationLink, ODataEntity, ODataProperty } from './odata-value.js';
import { pathKey } from './odata-value.js';

/** What a product's `$value` is said to be, whatever it is packed as. */
export const PRODUCT_MEDIA_TYPE = 'application/octet-stream';

/** The navigation properties of a product, and whether they lead to many. */
export const PRODUCT_LINKS: readonly NavigationLink[] = [
  { name: 'Products', many: true },
  { name: 'Nodes', many: true },
  { name: 'Attributes', many: true },
  { name: 'Class', many: false },
];

/** A product as the entity `DHuS.Product`. Both dates of arrival are the one this mirror has; nothing is ever said to be evicted. */
export function productEntity(product: Product, path: string = productPath(product)): ODataEntity {
  const { id, uuid, content, online } = product;
  const ingested = ingestedAt(product);
  return {
    type: 'Product',
    path,
    title: id,
    updated: product.updated ?? ingested,
    mediaType: PRODUCT_MEDIA_TYPE,
    properties: [
      { name: 'Id', value: uuid },
      { name: 'Name', value: id },
      { name: 'ContentType', value: PRODUCT_MEDIA_TYPE },
      { name: 'ContentLength', value: content?.size ?? 0 },
      { name: 'ChildrenNumber', value: content === undefined ? 0 : 1 },
      { name: 'Value', value: null },
      { name: 'CreationDate', value: ingested },
      { name: 'IngestionDate', value: ingested },
      { name: 'ModificationDate', value: product.updated ?? ingested },
      { name: 'EvictionDate', value: null },
      { name: 'Online', value: online === 'online' },
      { name: 'OnDemand', value: false },
      timeRange(product.acquiredFrom, product.acquiredTo),
      checksum(content?.digests.find(({ algorithm }) => algorithm === 'md5')?.value),
      { name: 'ContentGeometry', value: writeGmlFootprint(product.geometry) ?? null },
    ],
    links: PRODUCT_LINKS,
  };
}

/** The quick-look of a product, which DHuS has as a product inside it. */
export function quicklookEntity(product: Product, mediaType: string, size: number): ODataEntity {
  const ingested = ingestedAt(product);
  return {
    type: 'Product',
    path: `${productPath(product)}/Products${pathKey('Quicklook')}`,
    title: 'Quicklook',
    updated: product.updated ?? ingested,
    mediaType,
    properties: [
      { name: 'Id', value: 'Quicklook' },
      { name: 'Name', value: 'Quicklook' },
      { name: 'ContentType', value: mediaType },
      { name: 'ContentLength', value: size },
      { name: 'ChildrenNumber', value: 0 },
      { name: 'Value', value: null },
      { name: 'CreationDate', value: ingested },
      { name: 'IngestionDate', value: ingested },
      { name: 'ModificationDate', value: product.updated ?? ingested },
      { name: 'EvictionDate', value: null },
      { name: 'Online', value: true },
      { name: 'OnDemand', value: false },
      timeRange(product.acquiredFrom, product.acquiredTo),
      checksum(undefined),
      { name: 'ContentGeometry', value: null },
    ],
    links: PRODUCT_LINKS,
  };
}

/** `Products('uuid')`. */
export function productPath({ uuid }: Product): string {
  return `Products${pathKey(uuid)}`;
}

function timeRange(from: Date, to: Date): ODataProperty {
  const properties = [
    { name: 'Start', value: from },
    { name: 'End', value: to },
  ];
  return { name: 'ContentDate', value: { type: 'TimeRange', properties } };
}

/** Clients lower-case the algorithm without looking: it is always there. `dhusget` compares with the digits in upper case, the others with either. */
function checksum(md5: string | undefined): ODataProperty {
  const properties = [
    { name: 'Algorithm', value: 'MD5' },
    { name: 'Value', value: md5?.toUpperCase() ?? '' },
  ];
  return { name: 'Checksum', value: { type: 'Checksum', properties } };
}
