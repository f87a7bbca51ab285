import type { ExtensionSchema } from '../extension-schema.js';
import { atLeast, oneOf, TEXT } from '../json-schema.js';

const INSTANT = { type: 'string', format: 'date-time', description: 'a time (RFC 3339)' } as const;

/** Satellite extension; its state vectors by time are six to nine numbers each. */
export const SAT: ExtensionSchema = {
  name: 'sat',
  versions: ['1.0.0', '1.1.0', '1.2.0'],
  prefix: 'sat:',
  tables: [
    {
      in: ['properties', 'assets'],
      fields: {
        'sat:platform_international_designator': TEXT,
        'sat:orbit_state': oneOf('ascending', 'descending', 'geostationary', 'crossing'),
        'sat:absolute_orbit': atLeast(1, 'integer'),
        'sat:relative_orbit': atLeast(1, 'integer'),
        'sat:anx_datetime': INSTANT,
        'sat:orbit_cycle': atLeast(1, 'integer'),
        'sat:orbit_state_vectors': {
          type: 'object',
          propertyNames: INSTANT,
          additionalProperties: {
            type: 'array',
            items: { type: 'number' },
            minItems: 6,
            maxItems: 9,
          },
        },
        'sat:acquisition_station': TEXT,
      },
    },
  ],
};
