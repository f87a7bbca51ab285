import type { Collection } from '#domain/collection/collection.js';
import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import { aggregationLinks } from './aggregation-document.js';
import { browseLink } from './browse.js';
import { collectionMapLinks, WEB_MAP_LINKS } from './map-links.js';
import { CRS84, CRS_URIS } from './feature-crs.js';
import { collectionHref, MEDIA_TYPES, rootLink, stacRoot, type StacLink } from './stac-link.js';

/** A STAC 1.1.0 Collection. */
export interface StacCollection extends Readonly<Record<string, unknown>> {
  readonly type: 'Collection';
  readonly id: string;
  readonly title: string;
  readonly links: readonly StacLink[];
}

/** Writes a collection with its present extent; before the first product, the extent the mission promises. */
export function writeCollection(summary: CollectionSummary, address: string): StacCollection {
  const { collection } = summary;
  const mapLinks = collectionMapLinks(summary, address);
  const begin = summary.acquiredFrom ?? new Date(collection.temporalStart);
  return {
    type: 'Collection',
    stac_version: '1.1.0',
    stac_extensions: mapLinks.length === 0 ? [] : [WEB_MAP_LINKS],
    id: collection.id,
    title: collection.title,
    description: collection.description,
    keywords: collection.keywords,
    license: spdxLicense(collection.license.id),
    providers: [
      { name: collection.provider.name, url: collection.provider.url, roles: ['producer', 'licensor'] },
      { name: 'Frombork', url: address, roles: ['host'] },
    ],
    extent: {
      spatial: { bbox: [summary.bbox ?? collection.bbox] },
      temporal: { interval: [[begin.toISOString(), summary.acquiredTo?.toISOString() ?? null]] },
    },
    summaries: writeSummaries(collection),
    ...collection.stac,
    itemType: 'feature',
    crs: CRS_URIS,
    storageCrs: CRS84.uri,
    links: [
      ...collectionLinks(collection, address),
      ...mapLinks,
      ...(collection.stac?.links ?? []).filter(({ href }) => !mapLinks.some((own) => own.href === href)),
    ],
  };
}

/** `/children` (STAC API Children): the collections, as children of the landing page. */
export function writeChildren(summaries: readonly CollectionSummary[], address: string): object {
  const self: StacLink = { rel: 'self', href: `${stacRoot(address)}/children`, type: MEDIA_TYPES.json };
  return {
    children: summaries.map((summary) => writeCollection(summary, address)),
    links: [self, rootLink(address), rootLink(address, 'parent')],
  };
}

/** A field without values is not there: an empty summary says nothing (STAC Collection 1.1.0 §summaries). */
function writeSummaries(collection: Collection): object {
  const all: Readonly<Record<string, readonly (string | number)[]>> = {
    constellation: [collection.mission.toLowerCase()],
    platform: collection.platforms,
    instruments: [collection.instrument],
    'product:type': collection.productTypes,
    'processing:level': [collection.processingLevel],
    gsd: collection.resolution === undefined ? [] : [collection.resolution],
  };
  return Object.fromEntries(Object.entries(all).filter(([, values]) => values.length > 0));
}

function collectionLinks(collection: Collection, address: string): readonly StacLink[] {
  const href = collectionHref(address, collection.id);
  return [
    { rel: 'self', href, type: MEDIA_TYPES.json, title: collection.title },
    rootLink(address),
    rootLink(address, 'parent'),
    { rel: 'items', href: `${href}/items`, type: MEDIA_TYPES.geojson, title: 'Items' },
    browseLink(address, collection.id),
    { rel: 'license', href: collection.license.url, title: collection.license.title },
    {
      rel: 'http://www.opengis.net/def/rel/ogc/1.0/queryables',
      href: `${href}/queryables`,
      type: MEDIA_TYPES.schema,
      title: 'Queryables',
    },
    ...aggregationLinks(href),
  ];
}

/** Licences with an SPDX id by it, others as `other` with a link (STAC Collection 1.1.0 §license). */
function spdxLicense(id: string): string {
  return /^(CC0?-|CC-|ODbL-|ODC-|PDDL-|OGL-|Apache-|MIT$)/.test(id) ? id : 'other';
}
