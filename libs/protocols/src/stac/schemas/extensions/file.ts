import type { ExtensionSchema } from '../extension-schema.js';
import { atLeast, listOf, oneOf, WORDS } from '../json-schema.js';

/** File Info extension; checksums are multihashes. */
export const FILE: ExtensionSchema = {
  name: 'file',
  versions: ['2.0.0', '2.1.0'],
  prefix: 'file:',
  tables: [
    {
      in: ['assets', 'links'],
      fields: {
        'file:byte_order': oneOf('big-endian', 'little-endian'),
        'file:checksum': {
          type: 'string',
          pattern: '^[a-f0-9]+$',
          description: 'a multihash in lower-case hexadecimal digits',
        },
        'file:header_size': atLeast(0, 'integer'),
        'file:size': atLeast(0, 'integer'),
        'file:values': listOf(
          {
            type: 'object',
            required: ['values', 'summary'],
            properties: { values: { type: 'array', minItems: 1 }, summary: WORDS },
          },
          1,
        ),
        'file:local_path': {
          type: 'string',
          pattern: '^[^\\r\\n\\t\\\\:\'"/]+(/[^\\r\\n\\t\\\\:\'"/]+)*/?$',
          description: 'a relative path',
        },
      },
    },
  ],
};
