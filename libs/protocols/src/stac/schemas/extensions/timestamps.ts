import type { ExtensionSchema } from '../extension-schema.js';
import { TIME } from '../json-schema.js';

/** Timestamps extension. */
export const TIMESTAMPS: ExtensionSchema = {
  name: 'timestamps',
  versions: ['1.0.0', '1.1.0'],
  tables: [
    {
      in: ['properties', 'assets', 'links', 'collection'],
      fields: { published: TIME, unpublished: TIME, expires: TIME },
    },
  ],
};
