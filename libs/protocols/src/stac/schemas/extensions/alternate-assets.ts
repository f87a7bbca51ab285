import type { ExtensionSchema } from '../extension-schema.js';
import { TEXT, TEXTS, WORDS, type JsonSchema } from '../json-schema.js';

const ALTERNATE: JsonSchema = {
  type: 'object',
  required: ['href'],
  properties: {
    href: { type: 'string', minLength: 1, format: 'iri-reference' },
    title: TEXT,
    description: WORDS,
    roles: TEXTS,
    'alternate:name': WORDS,
  },
};

/** Alternate Assets extension: the same bytes elsewhere, by name. */
export const ALTERNATE_ASSETS: ExtensionSchema = {
  name: 'alternate-assets',
  versions: ['1.0.0', '1.1.0', '1.2.0'],
  tables: [
    {
      in: ['assets'],
      fields: {
        'alternate:name': WORDS,
        alternate: { type: 'object', minProperties: 1, additionalProperties: ALTERNATE },
      },
    },
    { in: ['item_assets'], fields: { 'alternate:name': WORDS } },
  ],
};
