import { mapApiRoot, JSON_TYPE } from './map-link.js';
import { TILE_FORMATS } from './tile-format.js';

/** A path that is read by GET. */
interface Reading {
  /** With the suffixes of OGC 20-057 §12.1 and 20-058, by which clients find operations. */
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly string[];
  /** True where the answer is a picture. */
  readonly isPicture?: true;
}

const TEXT = { type: 'string' };
const PARAMETERS: Readonly<Record<string, { readonly schema: object; readonly description: string }>> = {
  f: { schema: TEXT, description: 'png, jpg or webp, or a media type; else as Accept says.' },
  datetime: {
    schema: TEXT,
    description:
      'An instant, a day, an interval (a/b, a/.., ../b) or a list; without it the newest scene of every place.',
  },
  collections: {
    schema: TEXT,
    description: 'Collections to draw, comma separated, the upper one last; all without it.',
  },
  ids: { schema: TEXT, description: 'Products to draw, comma separated.' },
  filter: { schema: TEXT, description: 'Products to draw, by CQL2 text.' },
  bbox: { schema: TEXT, description: 'Corners of the map, in the axis order of bbox-crs; all there is without it.' },
  'bbox-crs': { schema: TEXT, description: 'URI or CURIE of the system of bbox; CRS84 without it.' },
  crs: { schema: TEXT, description: 'URI or CURIE of the system of the map; CRS84 without it.' },
  width: { schema: { type: 'integer', minimum: 1, maximum: 4096 }, description: 'Pixels.' },
  height: { schema: { type: 'integer', minimum: 1, maximum: 4096 }, description: 'Pixels.' },
  transparent: {
    schema: { type: 'boolean' },
    description: 'Whether nothing is transparent; default true but in JPEG.',
  },
  bgcolor: { schema: TEXT, description: 'Colour of nothing, 0xRRGGBB.' },
};

const CHOICE = ['collections', 'ids', 'filter'];
const EXTENT = ['bbox', 'bbox-crs', 'crs', 'width', 'height', 'transparent', 'bgcolor'];
/** What is drawn: where, by which name in operation ids, in words, and what may be said besides. */
const RESOURCES = [
  { path: '', id: 'dataset', what: 'the dataset', choice: CHOICE },
  { path: '/collections/{collectionId}', id: 'collection', what: 'a collection', choice: [] },
  {
    path: '/collections/{collectionId}/styles/{styleId}',
    id: 'collection.style',
    what: 'a styled collection',
    choice: [],
  },
  { path: '/collections/{collectionId}/items/{itemId}', id: 'item', what: 'an item', choice: [] },
  {
    path: '/collections/{collectionId}/items/{itemId}/styles/{styleId}',
    id: 'item.style',
    what: 'a styled item',
    choice: [],
  },
];

const DOCUMENTS: Readonly<Record<string, Reading>> = {
  '/': { operationId: 'getLandingPage', summary: 'The landing page.' },
  '/conformance': { operationId: 'getConformance', summary: 'Conformance classes.' },
  '/api': { operationId: 'getDescription', summary: 'This description.' },
  '/tileMatrixSets': { operationId: 'getTileMatrixSetsList', summary: 'The tile matrix sets.' },
  '/tileMatrixSets/{tileMatrixSetId}': { operationId: 'getTileMatrixSet', summary: 'One tile matrix set.' },
  '/collections': { operationId: 'getCollectionsList', summary: 'Collections that can be drawn.' },
  '/collections/{collectionId}': { operationId: 'getCollection', summary: 'One collection.' },
  '/collections/{collectionId}/styles': { operationId: 'collection.getStyles', summary: 'The styles of a collection.' },
};

/** The paths and what they take: what the controllers have routes for. */
export const MAP_API_PATHS: Readonly<Record<string, Reading>> = {
  ...DOCUMENTS,
  ...Object.fromEntries(RESOURCES.flatMap((resource) => Object.entries(readingsOf(resource)))),
};

function readingsOf({ path, id, what, choice }: (typeof RESOURCES)[number]): Readonly<Record<string, Reading>> {
  const tiles = `${path}/map/tiles`;
  const chosen = ['datetime', ...choice];
  return {
    [`${path}/map`]: {
      operationId: `${id}.getMap`,
      summary: `A map of ${what}.`,
      parameters: ['f', ...chosen, ...EXTENT],
      isPicture: true,
    },
    [tiles]: {
      operationId: `${id}.map.getTileSetsList`,
      summary: `The map tilesets of ${what}.`,
      parameters: chosen,
    },
    [`${tiles}/{tileMatrixSetId}`]: {
      operationId: `${id}.map.getTileSet`,
      summary: `A map tileset of ${what}.`,
      parameters: chosen,
    },
    [`${tiles}/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}`]: {
      operationId: `${id}.map.getTile`,
      summary: `A map tile of ${what}.`,
      parameters: ['f', ...chosen],
      isPicture: true,
    },
  };
}

/** The OpenAPI 3.0 description of the maps and tiles (OGC 20-057 §12). */
export function writeMapDescription(title: string, mirror: string): object {
  const paths = Object.entries(MAP_API_PATHS).map(([path, reading]) => [path, { get: writeOperation(path, reading) }]);
  return {
    openapi: '3.0.3',
    info: { title, version: '1.0.0', license: { name: 'Apache-2.0' } },
    servers: [{ url: mapApiRoot(mirror) }],
    paths: Object.fromEntries(paths) as object,
  };
}

function writeOperation(path: string, { operationId, summary, parameters = [], isPicture }: Reading): object {
  const within = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: TEXT,
  }));
  const asked = parameters.map((name) => ({ name, in: 'query', required: false, ...PARAMETERS[name] }));
  const picture = Object.fromEntries(
    TILE_FORMATS.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
  );
  const document = { [JSON_TYPE]: { schema: { type: 'object' } } };
  const problem = { 'application/problem+json': { schema: { type: 'object' } } };
  return {
    operationId,
    summary,
    parameters: [...within, ...asked],
    responses: {
      200: { description: 'The answer.', content: isPicture ? picture : document },
      404: { description: 'There is no such thing.', content: problem },
      default: { description: 'What went wrong (RFC 9457).', content: problem },
    },
  };
}
