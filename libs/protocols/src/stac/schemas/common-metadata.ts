import {
  atLeast,
  listOf,
  NUMBER,
  oneOf,
  PERCENT,
  TEXT,
  TEXTS,
  TIME,
  WORDS,
  type Fields,
  type JsonSchema,
} from './json-schema.js';

/** Types of data values, STAC 1.1 and the Raster extension 1.x. */
export const DATA_TYPE: JsonSchema = oneOf(
  ...'int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64'.split(' '),
  ...'cint16 cint32 cfloat32 cfloat64 other'.split(' '),
);

/** The value that stands for none. */
export const NODATA: JsonSchema = {
  anyOf: [NUMBER, { enum: ['nan', 'inf', '-inf'] }],
  description: 'a number, nan, inf or -inf',
};

const PROVIDER: JsonSchema = {
  type: 'object',
  required: ['name'],
  properties: {
    name: WORDS,
    description: TEXT,
    roles: listOf(oneOf('producer', 'licensor', 'processor', 'host')),
    url: { type: 'string', format: 'iri' },
  },
};

const STATISTICS: JsonSchema = {
  type: 'object',
  minProperties: 1,
  properties: {
    minimum: NUMBER,
    maximum: NUMBER,
    mean: NUMBER,
    stddev: NUMBER,
    count: atLeast(0, 'integer'),
    valid_percent: PERCENT,
  },
};

const WITHOUT_BANDS: Fields = {
  title: TEXT,
  description: WORDS,
  keywords: TEXTS,
  roles: TEXTS,
  datetime: { anyOf: [TIME, { type: 'null' }], description: 'a time in UTC (RFC 3339) or null' },
  start_datetime: TIME,
  end_datetime: TIME,
  created: TIME,
  updated: TIME,
  data_type: DATA_TYPE,
  nodata: NODATA,
  statistics: STATISTICS,
  unit: TEXT,
  platform: TEXT,
  instruments: TEXTS,
  constellation: TEXT,
  mission: TEXT,
  gsd: { type: 'number', exclusiveMinimum: 0, description: 'a number above 0' },
  license: { type: 'string', pattern: '^[\\w.+-]+$', description: 'an SPDX identifier or "other"' },
  providers: listOf(PROVIDER),
};

/** STAC 1.1.0 Common Metadata: fields of properties, assets, bands and collections. */
export const COMMON_METADATA: JsonSchema = {
  type: 'object',
  dependencies: { start_datetime: ['end_datetime'], end_datetime: ['start_datetime'] },
  properties: {
    ...WITHOUT_BANDS,
    bands: listOf({ type: 'object', properties: { name: TEXT, ...WITHOUT_BANDS } }),
  },
};
