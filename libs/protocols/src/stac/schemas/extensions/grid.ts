import type { ExtensionSchema } from '../extension-schema.js';

/** Grid extension: a tile as grid and cell. */
export const GRID: ExtensionSchema = {
  name: 'grid',
  versions: ['1.0.0', '1.1.0'],
  prefix: 'grid:',
  tables: [
    {
      in: ['properties'],
      fields: {
        'grid:code': {
          type: 'string',
          pattern: '^[A-Z0-9]+-[-_.A-Za-z0-9]+$',
          description: 'a grid and a cell of it, such as MGRS-32UPC',
        },
      },
    },
  ],
};
