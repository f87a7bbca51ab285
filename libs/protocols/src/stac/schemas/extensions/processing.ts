import type { ExtensionSchema } from '../extension-schema.js';
import { recordOf, TEXT, TIME } from '../json-schema.js';

/** Processing extension. */
export const PROCESSING: ExtensionSchema = {
  name: 'processing',
  versions: ['1.0.0', '1.1.0', '1.2.0'],
  prefix: 'processing:',
  tables: [
    {
      in: ['properties', 'assets'],
      fields: {
        'processing:expression': {
          type: 'object',
          required: ['format', 'expression'],
          properties: { format: TEXT },
        },
        'processing:lineage': TEXT,
        'processing:level': TEXT,
        'processing:facility': TEXT,
        'processing:version': TEXT,
        'processing:datetime': TIME,
        'processing:software': recordOf(TEXT),
      },
    },
  ],
};
