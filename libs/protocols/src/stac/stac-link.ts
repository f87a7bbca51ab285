import type { ProductKey } from '#domain/product/product.js';

/** A link (RFC 8288) of a STAC document; POST links carry the body to send (STAC API §Paging). */
export interface StacLink {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
  readonly title?: string;
  readonly method?: 'GET' | 'POST';
  readonly body?: Readonly<Record<string, unknown>>;
  readonly merge?: boolean;
  /** Fields of extensions, e.g. `wms:layers`. */
  readonly [field: string]: unknown;
}

/** Media types of STAC documents. */
export const MEDIA_TYPES = {
  json: 'application/json',
  geojson: 'application/geo+json',
  schema: 'application/schema+json',
  openapi: 'application/vnd.oai.openapi+json;version=3.0',
  html: 'text/html; charset=utf-8',
} as const;

/** Address of the STAC door under the mirror's public address. */
export function stacRoot(address: string): string {
  return `${address}/stac`;
}

/** Address of a collection. */
export function collectionHref(address: string, collection: string): string {
  return `${stacRoot(address)}/collections/${encodeURIComponent(collection)}`;
}

/** Address of an item. */
export function itemHref(address: string, { collection, id }: ProductKey): string {
  return `${collectionHref(address, collection)}/items/${encodeURIComponent(id)}`;
}

/** The link every document has to the landing page. */
export function rootLink(address: string, rel: 'root' | 'parent' = 'root'): StacLink {
  return { rel, href: stacRoot(address), type: MEDIA_TYPES.json, title: 'Frombork' };
}
