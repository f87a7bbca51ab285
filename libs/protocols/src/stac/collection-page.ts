import type { CollectionsFound } from './collection-search.js';
import { writeCollection } from './stac-collection.js';
import { selectFields, type FieldSelection } from './stac-fields.js';
import { MEDIA_TYPES, rootLink, type StacLink } from './stac-link.js';

/** What makes a Collection valid. */
const DEFAULTS = 'id type stac_version title description license extent links'.split(' ');

/** How a page of collections was asked for; `url` is absolute, with the query. */
export interface CollectionsRequest {
  readonly url: string;
  readonly address: string;
  readonly fields?: FieldSelection | undefined;
}

/** A page of collections (OGC API Features §7.13, Collection Search extension 1.0.0). */
export function writeCollectionPage(found: CollectionsFound, { url, address, fields }: CollectionsRequest): object {
  return {
    collections: found.summaries.map((summary) => {
      const collection = writeCollection(summary, address);
      return fields === undefined ? collection : selectFields(collection, fields, DEFAULTS);
    }),
    links: [
      { rel: 'self', href: url, type: MEDIA_TYPES.json },
      rootLink(address),
      rootLink(address, 'parent'),
      ...nextLink(url, found.next),
    ],
    numberMatched: found.matched,
    numberReturned: found.summaries.length,
  };
}

function nextLink(url: string, token: string | undefined): readonly StacLink[] {
  if (token === undefined) return [];
  const next = new URL(url);
  next.searchParams.set('token', token);
  return [{ rel: 'next', href: next.href, type: MEDIA_TYPES.json, method: 'GET' }];
}
