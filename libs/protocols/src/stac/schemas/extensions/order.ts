import type { ExtensionSchema } from '../extension-schema.js';
import { TEXT, TIME } from '../json-schema.js';

const STATUS = ['order:status'];

/** Order extension: whether data is to be had at once. */
export const ORDER: ExtensionSchema = {
  name: 'order',
  versions: ['1.0.0', '1.1.0'],
  prefix: 'order:',
  tables: [
    {
      in: ['properties', 'assets', 'collection'],
      fields: {
        'order:status': TEXT,
        'order:id': TEXT,
        'order:date': TIME,
        'order:expiration_date': TIME,
      },
    },
  ],
  dependencies: { 'order:id': STATUS, 'order:date': STATUS, 'order:expiration_date': STATUS },
};
