import type { ExtensionSchema } from '../extension-schema.js';
import { between } from '../json-schema.js';

/** View Geometry extension, angles in degrees. */
export const VIEW: ExtensionSchema = {
  name: 'view',
  versions: ['1.0.0', '1.1.0'],
  prefix: 'view:',
  tables: [
    {
      in: ['properties', 'assets'],
      fields: {
        'view:off_nadir': between(0, 90),
        'view:incidence_angle': between(0, 90),
        'view:azimuth': between(0, 360),
        'view:sun_azimuth': between(0, 360),
        'view:sun_elevation': between(-90, 90),
        'view:moon_azimuth': between(0, 360),
        'view:moon_elevation': between(0, 90),
      },
    },
  ],
};
