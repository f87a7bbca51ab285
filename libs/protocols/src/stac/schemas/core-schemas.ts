import { COMMON_METADATA } from './common-metadata.js';
import {
  BOX,
  listOf,
  recordOf,
  TEXT,
  TEXTS,
  TIME,
  whenever,
  WORDS,
  type Fields,
  type JsonSchema,
} from './json-schema.js';

const HREF: JsonSchema = { type: 'string', minLength: 1, format: 'iri-reference' };

const LINK: JsonSchema = {
  type: 'object',
  required: ['rel', 'href'],
  properties: {
    rel: WORDS,
    href: HREF,
    type: TEXT,
    title: TEXT,
    method: { type: 'string', pattern: '^[A-Z]+$', description: 'the name of an HTTP method' },
    headers: recordOf({ anyOf: [TEXT, TEXTS], description: 'a text or a list of texts' }),
  },
};

const ASSET_FIELDS: Fields = { title: TEXT, description: TEXT, type: TEXT, roles: TEXTS };

const ASSET: JsonSchema = {
  type: 'object',
  required: ['href'],
  allOf: [COMMON_METADATA],
  properties: { href: HREF, ...ASSET_FIELDS },
};

const HEAD: Fields = {
  stac_version: { type: 'string', pattern: '^1\\.\\d+\\.\\d+', description: '1.x' },
  stac_extensions: listOf({ type: 'string', format: 'iri', description: 'the address of a schema' }),
  id: WORDS,
  links: listOf(LINK),
  assets: recordOf(ASSET),
};

const NO_BOX: JsonSchema = { not: {}, description: 'left out where there is no geometry' };

/**
 * STAC Item 1.1.0. Positions of the geometry are checked where it is read; links may be left out, as who writes need not know those of the mirror
 * (Transaction extension 1.0.0).
 */
export const ITEM_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['type', 'stac_version', 'id', 'geometry', 'properties', 'assets'],
  properties: {
    ...HEAD,
    type: { const: 'Feature', description: 'Feature' },
    collection: WORDS,
    geometry: { type: ['object', 'null'], description: 'a GeoJSON geometry or null' },
    properties: { type: 'object', required: ['datetime'], allOf: [COMMON_METADATA, dated()] },
  },
  allOf: [
    boxed('object', { required: ['bbox'], properties: { bbox: BOX } }),
    boxed('null', { properties: { bbox: NO_BOX } }),
  ],
};

/** What holds for the box where the geometry is of a type. */
function boxed(type: string, consequence: JsonSchema): JsonSchema {
  return whenever({ properties: { geometry: { type } } }, consequence);
}

/** Without an instant there is an interval. */
function dated(): JsonSchema {
  return whenever({ properties: { datetime: { type: 'null' } } }, { required: ['start_datetime', 'end_datetime'] });
}

const SUMMARY: JsonSchema = {
  anyOf: [
    { type: 'array', minItems: 1 },
    { type: 'object', minProperties: 1 },
  ],
  description: 'a list of values, a range or a JSON Schema',
};

const INTERVAL: JsonSchema = {
  type: 'array',
  minItems: 2,
  maxItems: 2,
  items: { anyOf: [TIME, { type: 'null' }], description: 'a time in UTC (RFC 3339) or null' },
};

/** The whole first; of parts there are at least two. */
const BOXES: JsonSchema = {
  type: 'array',
  items: BOX,
  minItems: 1,
  not: { minItems: 2, maxItems: 2 },
  description: 'a list of one box, or of the whole and at least two parts',
};

const EXTENT: JsonSchema = {
  type: 'object',
  required: ['spatial', 'temporal'],
  properties: {
    spatial: { type: 'object', required: ['bbox'], properties: { bbox: BOXES } },
    temporal: { type: 'object', required: ['interval'], properties: { interval: listOf(INTERVAL, 1) } },
  },
};

/** STAC Collection 1.1.0; links may be left out, as with items. */
export const COLLECTION_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['type', 'stac_version', 'id', 'description', 'license', 'extent'],
  allOf: [COMMON_METADATA],
  properties: {
    ...HEAD,
    type: { const: 'Collection', description: 'Collection' },
    extent: EXTENT,
    summaries: recordOf(SUMMARY),
    item_assets: recordOf({
      type: 'object',
      minProperties: 2,
      allOf: [COMMON_METADATA],
      properties: { href: { not: {}, description: 'left out of what assets have in common' }, ...ASSET_FIELDS },
    }),
  },
};
