import type { ExtensionSchema } from '../extension-schema.js';
import { DATA_TYPE, NODATA } from '../common-metadata.js';
import { INTEGER, listOf, NUMBER, oneOf, TEXT, type Fields, type JsonSchema } from '../json-schema.js';

const HISTOGRAM: JsonSchema = {
  type: 'object',
  required: ['count', 'min', 'max', 'buckets'],
  additionalProperties: false,
  properties: { count: NUMBER, min: NUMBER, max: NUMBER, buckets: listOf(INTEGER, 3) },
};

const SAMPLES: Fields = {
  bits_per_sample: INTEGER,
  sampling: oneOf('area', 'point'),
  scale: NUMBER,
  offset: NUMBER,
  spatial_resolution: NUMBER,
  histogram: HISTOGRAM,
};

const STATISTICS: JsonSchema = {
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  properties: Object.fromEntries(
    ['mean', 'minimum', 'maximum', 'stddev', 'valid_percent'].map((name) => [name, NUMBER]),
  ),
};

const BAND: JsonSchema = {
  type: 'object',
  minProperties: 1,
  properties: { data_type: DATA_TYPE, unit: TEXT, nodata: NODATA, statistics: STATISTICS, ...SAMPLES },
};

/** Raster extension before bands became common metadata. */
export const RASTER_1: ExtensionSchema = {
  name: 'raster',
  versions: ['1.0.0', '1.1.0'],
  prefix: 'raster:',
  tables: [{ in: ['assets'], fields: { 'raster:bands': listOf(BAND, 1) } }],
};

/** Raster extension 2.0.0. */
export const RASTER_2: ExtensionSchema = {
  name: 'raster',
  versions: ['2.0.0-beta.1', '2.0.0'],
  prefix: 'raster:',
  tables: [
    {
      in: ['properties', 'assets', 'bands', 'summaries'],
      fields: Object.fromEntries(Object.entries(SAMPLES).map(([name, schema]) => [`raster:${name}`, schema])),
    },
  ],
};
