import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import { aggregationLinks } from './aggregation-document.js';
import { landingMapLinks } from './map-links.js';
import { stacConformance } from './stac-conformance.js';
import { STAC_FEATURES } from './stac-features.js';
import { collectionHref, MEDIA_TYPES, stacRoot, type StacLink } from './stac-link.js';

/** The landing page: a STAC 1.1.0 Catalog with where everything is (STAC API Core). */
export function writeLandingPage(summaries: readonly CollectionSummary[], address: string): object {
  return {
    type: 'Catalog',
    stac_version: '1.1.0',
    id: 'frombork',
    title: 'Frombork',
    description: 'A mirror of Copernicus Sentinel products: search, see and download.',
    conformsTo: stacConformance(),
    links: [...landingLinks(address), ...summaries.map((summary) => childLink(summary, address))],
  };
}

function landingLinks(address: string): readonly StacLink[] {
  const root = stacRoot(address);
  const search = { rel: 'search', href: `${root}/search`, type: MEDIA_TYPES.geojson, title: 'Item search' };
  return [
    { rel: 'self', href: root, type: MEDIA_TYPES.json, title: 'This page' },
    { rel: 'root', href: root, type: MEDIA_TYPES.json, title: 'Frombork' },
    { rel: 'conformance', href: `${root}/conformance`, type: MEDIA_TYPES.json, title: 'What is implemented' },
    { rel: 'service-desc', href: `${root}/api`, type: MEDIA_TYPES.openapi, title: 'OpenAPI description' },
    { rel: 'service-doc', href: `${root}/api.html`, type: 'text/html', title: 'How to use it' },
    { rel: 'data', href: `${root}/collections`, type: MEDIA_TYPES.json, title: 'Collections' },
    { rel: 'children', href: `${root}/children`, type: MEDIA_TYPES.json, title: 'Collections as children' },
    { ...search, method: 'GET' },
    { ...search, method: 'POST' },
    {
      rel: 'http://www.opengis.net/def/rel/ogc/1.0/queryables',
      href: `${root}/queryables`,
      type: MEDIA_TYPES.schema,
      title: 'Queryables',
    },
    {
      rel: 'http://www.opengis.net/def/rel/ogc/1.0/functions',
      href: `${root}/functions`,
      type: MEDIA_TYPES.json,
      title: 'Functions of filters',
    },
    ...aggregationLinks(root),
    { rel: 'deletions', href: `${root}/deletions`, type: MEDIA_TYPES.json, title: 'What was removed, for mirrors' },
    ...landingMapLinks(address),
    ...STAC_FEATURES.flatMap(({ links }) => links(root)),
  ];
}

function childLink({ collection }: CollectionSummary, address: string): StacLink {
  return {
    rel: 'child',
    href: collectionHref(address, collection.id),
    type: MEDIA_TYPES.json,
    title: collection.title,
  };
}
