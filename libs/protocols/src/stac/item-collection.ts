import type { CatalogPage } from '#domain/catalog/catalog-page.js';
import { writeItem } from './item.js';
import { pageMapLinks } from './map-links.js';
import { selectFields, type FieldSelection } from './stac-fields.js';
import { MEDIA_TYPES, rootLink, type StacLink } from './stac-link.js';

/** How a page was asked for: what its links must repeat. `url` is absolute, with the query of a GET. */
export interface PageRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Public address of the mirror. */
  readonly address: string;
  /** Links beside self, root, next and prev, e.g. to the collection. */
  readonly links?: readonly StacLink[];
  /** The fields of items that are wanted; absent: all. */
  readonly fields?: FieldSelection | undefined;
}

/** A page of items with links to the next and previous one (STAC API ItemCollection); an estimated count is left out. */
export function writeItemCollection(page: CatalogPage, request: PageRequest): object {
  return {
    type: 'FeatureCollection',
    features: page.products.map((product) => {
      const item = writeItem(product, request.address);
      return request.fields === undefined ? item : selectFields(item, request.fields);
    }),
    links: [
      { rel: 'self', href: request.url, type: MEDIA_TYPES.geojson },
      rootLink(request.address),
      ...(request.links ?? []),
      ...pageMapLinks(page.products, request.address, request.method === 'GET' ? request.url : undefined),
      ...pageLink('next', page.next, request),
      ...pageLink('prev', page.previous, request),
    ],
    numberReturned: page.products.length,
    ...(page.matched?.exact === true ? { numberMatched: page.matched.value } : {}),
  };
}

/** By GET the same query with another token; by POST a body to merge into the one sent, as pystac-client and eodag do. */
function pageLink(rel: 'next' | 'prev', token: string | undefined, request: PageRequest): readonly StacLink[] {
  if (token === undefined) return [];
  if (request.method === 'POST') {
    return [{ rel, href: request.url, type: MEDIA_TYPES.geojson, method: 'POST', body: { token }, merge: true }];
  }
  const url = new URL(request.url);
  url.searchParams.set('token', token);
  return [{ rel, href: url.href, type: MEDIA_TYPES.geojson, method: 'GET' }];
}
