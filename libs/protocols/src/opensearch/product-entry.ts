import type { Collection } from '#domain/collection/collection.js';
import type { Product } from '#domain/product/product.js';
import { productLinks, type Mirror } from '../links/product-links.js';
import { writeParentIdentifier, writeProductIdentifier } from './product-identifier.js';

/** A product with what every form of a record says of it. */
export interface ProductEntry {
  readonly product: Product;
  readonly collection: Collection;
  readonly mirror: Mirror;
  readonly identifier: string;
  readonly parentIdentifier: string;
  /** Ends in the file name (`….SAFE.zip`) and holds no `=`: scripts save under the last segment and cut at the sign. */
  readonly downloadHref?: string;
  readonly quicklookHref?: string;
}

/** The two steps of a search: collections, then products. */
export type SearchStep = 'collections' | 'request';

/** Address of a search. The slash before `?` is CODE-DE's. */
export function searchHref(
  mirror: Mirror,
  parameters: Iterable<readonly [string, string]>,
  step: SearchStep = 'request',
): string {
  const query = new URLSearchParams();
  for (const [name, value] of parameters) query.append(name, value);
  return `${mirror.address}/opensearch/${step}/?${query.toString()}`;
}

/** Gathers what a record says of a product. */
export function describeEntry(product: Product, collection: Collection, mirror: Mirror): ProductEntry {
  const parentIdentifier = writeParentIdentifier(mirror.name, collection.shortName);
  const { download, quicklook } = productLinks(product, mirror);
  return {
    product,
    collection,
    mirror,
    identifier: writeProductIdentifier(parentIdentifier, product.id),
    parentIdentifier,
    ...(download === undefined ? {} : { downloadHref: download }),
    ...(quicklook === undefined ? {} : { quicklookHref: quicklook }),
  };
}

/** A product's value of a queryable as text; undefined where it has none. */
export function propertyText(product: Product, name: string): string | undefined {
  const value = product.properties[name];
  if (value === undefined) return undefined;
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** `A` of `sentinel-2a`, `5P` of `sentinel-5p`: the serial identifier EO metadata give a satellite (OGC 10-157r4 §7.2.1). */
export function serialIdentifier(platform: string | undefined): string | undefined {
  return /^sentinel-?\d?(\d?[a-z])$/i.exec(platform ?? '')?.[1]?.toUpperCase();
}
