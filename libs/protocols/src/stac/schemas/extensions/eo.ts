import type { ExtensionSchema } from '../extension-schema.js';
import { atLeast, listOf, NUMBER, oneOf, PERCENT, TEXT, WORDS, type JsonSchema } from '../json-schema.js';

const BEFORE_2 =
  'pan coastal blue green yellow red rededge nir nir08 nir09 cirrus swir16 swir22 lwir lwir11 lwir12'.split(' ');

const COVERS = { 'eo:cloud_cover': PERCENT, 'eo:snow_cover': PERCENT };

const BAND: JsonSchema = {
  type: 'object',
  minProperties: 1,
  properties: {
    name: TEXT,
    common_name: oneOf(...BEFORE_2),
    description: WORDS,
    center_wavelength: NUMBER,
    full_width_half_max: NUMBER,
    solar_illumination: atLeast(0),
  },
};

/** Electro-Optical extension before bands became common metadata. */
export const EO_1: ExtensionSchema = {
  name: 'eo',
  versions: ['1.0.0', '1.1.0'],
  prefix: 'eo:',
  tables: [{ in: ['properties', 'assets'], fields: { ...COVERS, 'eo:bands': listOf(BAND, 1) } }],
};

/** Electro-Optical extension 2.0.0. */
export const EO_2: ExtensionSchema = {
  name: 'eo',
  versions: ['2.0.0-beta.1', '2.0.0'],
  prefix: 'eo:',
  tables: [
    {
      in: ['properties', 'assets', 'bands', 'summaries'],
      fields: {
        ...COVERS,
        'eo:common_name': oneOf(...BEFORE_2, 'green05', 'rededge071', 'rededge075', 'rededge078'),
        'eo:center_wavelength': NUMBER,
        'eo:full_width_half_max': NUMBER,
        'eo:solar_illumination': atLeast(0),
      },
    },
  ],
};
