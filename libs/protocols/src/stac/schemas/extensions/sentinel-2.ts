import type { ExtensionSchema } from '../extension-schema.js';
import { between, NUMBER, PERCENT, TEXT, TIME, type Fields, type JsonSchema } from '../json-schema.js';

const all = (names: readonly string[], schema: JsonSchema): Fields =>
  Object.fromEntries(names.map((name) => [`s2:${name}`, schema]));

const TEXTS = ['tile_id', 'granule_id', 'datatake_id', 'product_uri', 'datastrip_id', 'product_type', 'datatake_type'];
const SHARES = `water snow_ice vegetation thin_cirrus cloud_shadow nodata_pixel unclassified dark_features not_vegetated
  degraded_msi_data high_proba_clouds medium_proba_clouds saturated_defective_pixel`.split(/\s+/);

/** Sentinel-2 extension 1.0.0. */
export const SENTINEL_2: ExtensionSchema = {
  name: 'sentinel-2',
  versions: ['1.0.0'],
  prefix: 's2:',
  tables: [
    {
      in: ['properties'],
      fields: {
        ...all(TEXTS, TEXT),
        ...all(
          SHARES.map((name) => `${name}_percentage`),
          PERCENT,
        ),
        ...all(['mean_solar_zenith', 'mean_solar_azimuth'], between(0, 180)),
        's2:generation_time': TIME,
        's2:processing_baseline': {
          type: 'string',
          pattern: '^\\d\\d\\.\\d\\d$',
          description: 'a baseline such as 05.10',
        },
        's2:reflectance_conversion_factor': NUMBER,
        's2:mgrs_tile': {
          type: 'string',
          pattern: '^\\d\\d?[C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V]$',
          description: 'a tile such as 32UPC',
        },
      },
    },
  ],
};
