import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import { collectionHref, MEDIA_TYPES, stacRoot, type StacLink } from './stac-link.js';

/** Parts of the STAC API a service can have; conformance is computed from those it has. */
export type StacPart = keyof typeof CLASSES;

/** Conformance classes of each part; `{stac}` is both versions, for pystac-client knows only v1.0 and others want v1.1. */
const CLASSES = {
  core: ['{stac}/core'],
  collections: ['{stac}/collections'],
  features: [
    '{stac}/ogcapi-features',
    'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
    'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30',
    'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson',
  ],
  'item-search': ['{stac}/item-search'],
  children: ['{stac}/children'],
  sort: ['{stac}/item-search#sort', '{stac}/ogcapi-features#sort'],
} as const;

const VERSIONS = ['https://api.stacspec.org/v1.0.0', 'https://api.stacspec.org/v1.1.0'];

/** The parts this project's STAC API has. */
export const STAC_PARTS: readonly StacPart[] = ['core', 'collections', 'features', 'item-search', 'children', 'sort'];

/** `conformsTo` of the given parts. */
export function conformanceOf(parts: readonly StacPart[]): readonly string[] {
  return parts.flatMap((part) =>
    CLASSES[part].flatMap((uri) =>
      uri.startsWith('{stac}') ? VERSIONS.map((base) => uri.replace('{stac}', base)) : [uri],
    ),
  );
}

/** The landing page: a STAC 1.1.0 Catalog with where everything is (STAC API Core). */
export function writeLandingPage(summaries: readonly CollectionSummary[], address: string): object {
  return {
    type: 'Catalog',
    stac_version: '1.1.0',
    id: 'frombork',
    title: 'Frombork',
    description: 'A mirror of Copernicus Sentinel products: search, see and download.',
    conformsTo: conformanceOf(STAC_PARTS),
    links: [...landingLinks(stacRoot(address)), ...summaries.map((summary) => childLink(summary, address))],
  };
}

function landingLinks(root: string): readonly StacLink[] {
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
