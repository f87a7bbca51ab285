import type { ExtensionSchema } from '../extension-schema.js';
import { BOOLEAN, listOf, TEXT, whenever, WORDS, type JsonSchema } from '../json-schema.js';

const AMAZON = whenever(
  { properties: { type: { const: 'aws-s3' } } },
  {
    properties: {
      platform: { const: 'https://{bucket}.s3.{region}.amazonaws.com', description: 'the address of Amazon S3' },
      bucket: { type: 'string', pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$', description: 'the name of a bucket' },
      region: { type: 'string', pattern: '^[a-z0-9-]+$', description: 'the name of a region' },
    },
  },
);

const SCHEME: JsonSchema = {
  type: 'object',
  required: ['type', 'platform'],
  properties: {
    type: TEXT,
    platform: { type: 'string', pattern: '^[\\w+.-]+://', description: 'the address of a storage' },
    region: TEXT,
    requester_pays: BOOLEAN,
  },
  allOf: [AMAZON],
};

const SCHEMES = {
  'storage:schemes': { type: 'object', propertyNames: { minLength: 1 }, additionalProperties: SCHEME },
} as const;

/** Storage extension before there were schemes. */
export const STORAGE_1: ExtensionSchema = {
  name: 'storage',
  versions: ['1.0.0'],
  prefix: 'storage:',
  tables: [
    {
      in: ['properties', 'assets'],
      fields: {
        'storage:platform': TEXT,
        'storage:region': TEXT,
        'storage:requester_pays': BOOLEAN,
        'storage:tier': TEXT,
      },
    },
  ],
};

/** Storage extension 2.0.0: schemes, and what refers to them. */
export const STORAGE_2: ExtensionSchema = {
  name: 'storage',
  versions: ['2.0.0'],
  prefix: 'storage:',
  tables: [
    { in: ['properties', 'collection'], fields: SCHEMES },
    { in: ['assets', 'links'], fields: { 'storage:refs': listOf(WORDS) } },
  ],
};
