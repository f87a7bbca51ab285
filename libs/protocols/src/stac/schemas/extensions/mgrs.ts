import type { ExtensionSchema } from '../extension-schema.js';
import { INTEGER, TEXT } from '../json-schema.js';

const WHOLE = ['mgrs:latitude_band', 'mgrs:grid_square'];

/** MGRS extension 1.0.0: the parts of a square; the zone may be left out. */
export const MGRS: ExtensionSchema = {
  name: 'mgrs',
  versions: ['1.0.0'],
  prefix: 'mgrs:',
  tables: [
    {
      in: ['properties', 'assets'],
      fields: { 'mgrs:latitude_band': TEXT, 'mgrs:grid_square': TEXT, 'mgrs:utm_zone': INTEGER },
    },
  ],
  dependencies: Object.fromEntries([...WHOLE, 'mgrs:utm_zone'].map((field) => [field, WHOLE])),
};
