import type { Collection } from '#domain/collection/collection.js';
import { ASSET_KEYS } from '#domain/product/asset.js';
import type { Product } from '#domain/product/product.js';
import { writeParentIdentifier, writeProductIdentifier } from './product-identifier.js';

/** The mirror as documents name it: public address and short name. */
export interface Mirror {
  readonly address: string;
  readonly name: string;
}

/** A product with what every form of a record says of it. */
export interface ProductEntry {
  readonly product: Product;
  readonly collection: Collection;
  readonly identifier: string;
  readonly parentIdentifier: string;
  /** Ends in the file name (`….SAFE.zip`) and holds no `=`: scripts save under the last segment and cut at the sign. */
  readonly downloadHref?: string;
  readonly quicklookHref?: string;
}

/** Address of the search. The slash before `?` is CODE-DE's. */
export function searchHref(mirror: Mirror, parameters: Iterable<readonly [string, string]>): string {
  const query = new URLSearchParams();
  for (const [name, value] of parameters) query.append(name, value);
  return `${mirror.address}/opensearch/request/?${query.toString()}`;
}

/** Gathers what a record says of a product. */
export function describeEntry(product: Product, collection: Collection, mirror: Mirror): ProductEntry {
  const parentIdentifier = writeParentIdentifier(mirror.name, collection.shortName);
  const folder = `${mirror.address}/dl/${encodeURIComponent(product.collection)}/${encodeURIComponent(product.id)}`;
  const { content } = product;
  const quicklook = product.assets[ASSET_KEYS.quicklook];
  const quicklookHref = quicklook?.href ?? (quicklook && `${folder}/asset/${ASSET_KEYS.quicklook}`);
  return {
    product,
    collection,
    identifier: writeProductIdentifier(parentIdentifier, product.id),
    parentIdentifier,
    ...(content === undefined
      ? {}
      : { downloadHref: `${mirror.address}/download/${encodeURIComponent(content.fileName)}` }),
    ...(quicklookHref === undefined ? {} : { quicklookHref }),
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
