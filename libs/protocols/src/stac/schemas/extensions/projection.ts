import type { ExtensionSchema } from '../extension-schema.js';
import { between, BOX, INTEGER, NUMBER, type Fields, type JsonSchema } from '../json-schema.js';

const OBJECT_OR_NULL: JsonSchema = { type: ['object', 'null'], description: 'an object or null' };
const TEXT_OR_NULL: JsonSchema = { type: ['string', 'null'], description: 'a text or null' };

const EPSG: Fields = { 'proj:epsg': { type: ['integer', 'null'], description: 'a whole number or null' } };
const CODE: Fields = { 'proj:code': TEXT_OR_NULL };
const COMMON: Fields = {
  'proj:wkt2': TEXT_OR_NULL,
  'proj:projjson': OBJECT_OR_NULL,
  'proj:geometry': { type: 'object', required: ['type'], description: 'a GeoJSON geometry' },
  'proj:bbox': BOX,
  'proj:centroid': {
    type: 'object',
    required: ['lat', 'lon'],
    properties: { lat: between(-90, 90), lon: between(-180, 180) },
  },
  'proj:shape': { type: 'array', items: INTEGER, minItems: 2, maxItems: 2, description: 'a list of 2 whole numbers' },
  'proj:transform': {
    type: 'array',
    items: NUMBER,
    anyOf: [
      { minItems: 6, maxItems: 6 },
      { minItems: 9, maxItems: 9 },
    ],
    description: 'a list of 6 or 9 numbers',
  },
};

/** Projection extension with EPSG numbers only. */
export const PROJECTION_1: ExtensionSchema = projection(['1.0.0', '1.1.0'], EPSG);
/** Projection extension 1.2.0: with numbers and with codes. */
export const PROJECTION_1_2: ExtensionSchema = projection(['1.2.0'], { ...EPSG, ...CODE });
/** Projection extension 2.0.0: with codes only. */
export const PROJECTION_2: ExtensionSchema = projection(['2.0.0'], CODE);

function projection(versions: readonly string[], system: Fields): ExtensionSchema {
  const fields = { ...system, ...COMMON };
  return { name: 'projection', versions, prefix: 'proj:', tables: [{ in: ['properties', 'assets'], fields }] };
}
