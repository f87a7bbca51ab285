import type { ExtensionSchema } from '../extension-schema.js';
import { BOOLEAN, listOf, recordOf, TEXT, WORDS } from '../json-schema.js';

/** Web Map Links extension: what links to maps tell of them. */
export const WEB_MAP_LINKS: ExtensionSchema = {
  name: 'web-map-links',
  versions: ['1.0.0', '1.1.0', '1.2.0'],
  tables: [
    {
      in: ['links'],
      fields: {
        'href:servers': listOf(TEXT, 2),
        'wms:layers': listOf(WORDS, 1),
        'wms:styles': listOf(WORDS),
        'wms:dimensions': recordOf(TEXT),
        'wms:transparent': BOOLEAN,
        'wmts:layer': { anyOf: [WORDS, listOf(WORDS, 1)], description: 'a text or a list of texts' },
        'wmts:dimensions': recordOf(TEXT),
        'pmtiles:layers': listOf(WORDS),
      },
    },
  ],
};
