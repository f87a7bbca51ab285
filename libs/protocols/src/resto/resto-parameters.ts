import { findQueryable, QUERYABLES, queryablesOf, type Queryable } from '#domain/catalog/queryables.js';

/** A parameter of a search: name, OpenSearch term in templates, and what it is. */
export interface RestoParameter {
  readonly name: string;
  readonly term: string;
  readonly title: string;
}

/** Parameters with a meaning of their own (resto 2.2 and the extras of CREODIAS and CDSE). */
export const RESTO_PARAMETERS: readonly RestoParameter[] = [
  { name: 'q', term: 'searchTerms', title: 'Free text: all words must occur' },
  { name: 'maxRecords', term: 'count', title: 'Features on a page' },
  { name: 'index', term: 'startIndex', title: 'First feature, from 1' },
  { name: 'page', term: 'startPage', title: 'Page, from 1; has precedence over index' },
  { name: 'lang', term: 'language', title: 'Language; English is spoken here' },
  { name: 'identifier', term: 'geo:uid', title: 'UUID or product name' },
  { name: 'geometry', term: 'geo:geometry', title: 'Area as WKT, longitude latitude' },
  { name: 'box', term: 'geo:box', title: 'west,south,east,north' },
  { name: 'lon', term: 'geo:lon', title: 'Longitude, with lat' },
  { name: 'lat', term: 'geo:lat', title: 'Latitude, with lon' },
  { name: 'radius', term: 'geo:radius', title: 'Metres around lat and lon' },
  { name: 'startDate', term: 'time:start', title: 'The acquisition begins at or after' },
  { name: 'completionDate', term: 'time:end', title: 'The acquisition begins at or before' },
  { name: 'parentIdentifier', term: 'eo:parentIdentifier', title: 'Collection' },
  { name: 'organisationName', term: 'eo:organisationName', title: 'Who makes the products' },
  { name: 'updated', term: 'dc:date', title: 'Changed here at or after' },
  { name: 'publishedAfter', term: 'resto:publishedAfter', title: 'Published here at or after' },
  { name: 'publishedBefore', term: 'resto:publishedBefore', title: 'Published here at or before' },
  { name: 'status', term: 'resto:status', title: 'ONLINE, OFFLINE or ALL' },
  { name: 'productIdentifier', term: 'resto:productIdentifier', title: 'Product name; % stands for anything' },
  {
    name: 'sortParam',
    term: 'resto:sortParam',
    title: 'startDate, completionDate, published, updated or any property',
  },
  { name: 'sortOrder', term: 'resto:sortOrder', title: 'ascending or descending' },
];

/** Accepted for the sake of clients and without effect here: one mirror is one location, and JSON is JSON. */
export const INERT_PARAMETERS: readonly string[] = ['location', 'dataset', '_pretty'];

/** resto 2.2's land cover percentages: nothing the vocabulary knows, so they are looked for among a product's further properties. */
export const COVERS: readonly string[] = [
  'cultivatedCover',
  'desertCover',
  'floodedCover',
  'forestCover',
  'herbaceousCover',
  'iceCover',
  'urbanCover',
  'waterCover',
];

const SPECIAL = new Set(RESTO_PARAMETERS.map(({ name }) => name.toUpperCase()));

/** Properties that have a resto name, in the vocabulary's order. */
export const RESTO_PROPERTIES: readonly (readonly [name: string, queryable: Queryable])[] = [
  ...queryablesOf('resto'),
].filter(([name]) => !SPECIAL.has(name.toUpperCase()));

const PROPERTIES: ReadonlyMap<string, Queryable> = new Map([
  // Names of other doors first, so that resto's own win.
  ...QUERYABLES.flatMap((queryable) =>
    [queryable.name, queryable.names.opensearch, queryable.names.odata].flatMap((name) =>
      name === undefined ? [] : [[name.toUpperCase(), queryable] as const],
    ),
  ),
  ...[...queryablesOf('resto')].map(([name, queryable]) => [name.toUpperCase(), queryable] as const),
  ...[
    ['ABSOLUTEORBITNUMBER', 'absoluteOrbit'] as const,
    ['MGRS', 'tile'] as const,
    ['SENSOROPERATIONALMODE', 'instrumentMode'] as const,
  ].flatMap(([name, property]) => {
    const queryable = findQueryable(property);
    return queryable === undefined ? [] : [[name, queryable] as const];
  }),
]);

/** The property a parameter (upper case) is about; undefined for special and unknown ones. */
export function findRestoProperty(name: string): Queryable | undefined {
  return SPECIAL.has(name) ? undefined : PROPERTIES.get(name);
}
