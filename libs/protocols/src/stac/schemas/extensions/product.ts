import type { ExtensionSchema } from '../extension-schema.js';
import { oneOf, WORDS, type Fields } from '../json-schema.js';

const FIELDS: Fields = {
  'product:type': WORDS,
  'product:timeliness': { type: 'string', format: 'duration', description: 'an ISO 8601 duration, such as PT3H' },
  'product:timeliness_category': WORDS,
  'product:acquisition_type': oneOf('nominal', 'calibration', 'other'),
};

/** Product extension: a category of timeliness stands beside its duration. */
export const PRODUCT: ExtensionSchema = {
  name: 'product',
  versions: ['0.1.0', '1.0.0'],
  prefix: 'product:',
  tables: [{ in: ['properties', 'assets', 'collection', 'summaries'], fields: FIELDS }],
  dependencies: { 'product:timeliness_category': ['product:timeliness'] },
};
