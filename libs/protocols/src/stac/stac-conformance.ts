import { STAC_FEATURES } from './stac-features.js';

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
    'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html',
    'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson',
    'http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs',
  ],
  'item-search': ['{stac}/item-search'],
  children: ['{stac}/children'],
  sort: ['{stac}/item-search#sort', '{stac}/ogcapi-features#sort'],
  fields: ['{stac}/item-search#fields', '{stac}/ogcapi-features#fields'],
  query: ['{stac}/item-search#query', '{stac}/ogcapi-features#query'],
  'free-text': [
    '{stac}/item-search#free-text',
    '{stac}/ogcapi-features#free-text',
    'https://api.stacspec.org/v1.0.0-rc.1/item-search#free-text',
  ],
  'collection-search': [
    ...of('{stac}', [
      'collection-search',
      'collection-search#sort',
      'collection-search#fields',
      'collection-search#filter',
      'collection-search#free-text',
    ]),
    'https://api.stacspec.org/v1.0.0-rc.1/collection-search#free-text',
    'http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/simple-query',
  ],
  aggregation: [
    'https://api.stacspec.org/v0.3.0/aggregation',
    'https://api.stacspec.org/v0.3.0/aggregation#query',
    'https://api.stacspec.org/v0.3.0/aggregation#filter',
  ],
  filter: [
    '{stac}/item-search#filter',
    '{stac}/ogcapi-features#filter',
    ...of('http://www.opengis.net/spec/ogcapi-features-3/1.0/conf', [
      'filter',
      'features-filter',
      'queryables',
      'queryables-query-parameters',
    ]),
    ...of('http://www.opengis.net/spec/cql2/1.0/conf', [
      'cql2-text',
      'cql2-json',
      'basic-cql2',
      'advanced-comparison-operators',
      'case-insensitive-comparison',
      'accent-insensitive-comparison',
      'basic-spatial-functions',
      'basic-spatial-functions-plus',
      'spatial-functions',
      'temporal-functions',
      'array-functions',
      'property-property',
      'arithmetic',
      'functions',
    ]),
  ],
} as const;

const VERSIONS = ['https://api.stacspec.org/v1.0.0', 'https://api.stacspec.org/v1.1.0'];

/** The parts this project's STAC API has. */
export const STAC_PARTS: readonly StacPart[] = [
  ...(['core', 'collections', 'features', 'collection-search', 'item-search', 'children'] as const),
  ...(['sort', 'fields', 'query', 'free-text', 'filter', 'aggregation'] as const),
];

/** `conformsTo` of the service: its parts and its features. */
export function stacConformance(): readonly string[] {
  return [...conformanceOf(STAC_PARTS), ...STAC_FEATURES.flatMap(({ conformsTo }) => conformsTo)];
}

/** `conformsTo` of the given parts. */
export function conformanceOf(parts: readonly StacPart[]): readonly string[] {
  return parts.flatMap((part) =>
    CLASSES[part].flatMap((uri) =>
      uri.startsWith('{stac}') ? VERSIONS.map((base) => uri.replace('{stac}', base)) : [uri],
    ),
  );
}

function of(base: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `${base}/${name}`);
}
