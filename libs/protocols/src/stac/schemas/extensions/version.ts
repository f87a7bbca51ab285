import type { ExtensionSchema } from '../extension-schema.js';
import { BOOLEAN, TEXT } from '../json-schema.js';

/** Versioning Indicators extension. */
export const VERSION: ExtensionSchema = {
  name: 'version',
  versions: ['1.0.0', '1.1.0', '1.2.0'],
  tables: [
    {
      in: ['properties', 'assets', 'links', 'collection'],
      fields: { version: TEXT, deprecated: BOOLEAN, experimental: BOOLEAN },
    },
  ],
};
