import type { ExtensionSchema } from '../extension-schema.js';
import { atLeast, listOf, NUMBER, oneOf, TEXTS, WORDS, type Fields } from '../json-schema.js';

const POLARIZATION = oneOf('HH', 'VV', 'HV', 'VH', 'LH', 'LV', 'RH', 'RV', 'CH', 'CV');

const LENGTHS: Fields = Object.fromEntries(
  ['resolution_range', 'resolution_azimuth', 'pixel_spacing_range', 'pixel_spacing_azimuth'].map((name) => [
    `sar:${name}`,
    atLeast(0),
  ]),
);

/** Synthetic Aperture Radar extension. */
export const SAR: ExtensionSchema = {
  name: 'sar',
  versions: ['1.0.0', '1.1.0', '1.2.0', '1.3.0'],
  prefix: 'sar:',
  tables: [
    {
      in: ['properties', 'assets', 'collection'],
      fields: {
        'sar:instrument_mode': WORDS,
        'sar:frequency_band': oneOf('P', 'L', 'S', 'C', 'X', 'Ku', 'K', 'Ka'),
        'sar:center_frequency': NUMBER,
        'sar:bandwidth': NUMBER,
        'sar:polarizations': listOf(POLARIZATION, 1),
        'sar:product_type': WORDS,
        ...LENGTHS,
        'sar:looks_range': atLeast(0, 'integer'),
        'sar:looks_azimuth': atLeast(0, 'integer'),
        'sar:looks_equivalent_number': atLeast(0),
        'sar:observation_direction': oneOf('left', 'right'),
        'sar:beam_ids': TEXTS,
      },
    },
  ],
};
