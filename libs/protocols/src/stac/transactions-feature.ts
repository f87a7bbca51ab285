import { z } from 'zod';
import { bulkItemsBody } from './bulk-items.js';
import type { StacFeature } from './stac-feature.js';
import { MEDIA_TYPES } from './stac-link.js';

const item = z.object({ type: z.literal('Feature'), id: z.string(), properties: z.looseObject({}) });
const collection = z.object({ type: z.literal('Collection'), id: z.string(), description: z.string() });
const patch = z.looseObject({});

/** STAC API Transaction and Collection Transaction extensions 1.0.0, OGC API Features Part 4 (OGC 20-002). For operators. */
export const TRANSACTIONS: StacFeature = {
  conformsTo: [
    'https://api.stacspec.org/v1.0.0/ogcapi-features/extensions/transaction',
    'https://api.stacspec.org/v1.0.0/collections/extensions/transaction',
    ...['create-replace-delete', 'update', 'optimistic-locking-etags', 'features'].map(
      (name) => `http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/${name}`,
    ),
  ],
  links: () => [],
  paths: {
    '/collections': { post: { summary: 'Adds a collection (operators).', body: collection } },
    '/collections/{collectionId}': {
      put: { summary: 'Replaces a collection (operators).', body: collection },
      patch: { summary: 'Changes a collection by JSON Merge Patch or JSON Patch (operators).', body: patch },
      delete: { summary: 'Removes a collection without items (operators).' },
    },
    '/collections/{collectionId}/items': {
      post: {
        summary: 'Adds an item, or the good ones of a FeatureCollection (operators).',
        mediaType: MEDIA_TYPES.geojson,
        body: item,
      },
    },
    '/collections/{collectionId}/items/{itemId}': {
      put: { summary: 'Replaces an item (operators).', mediaType: MEDIA_TYPES.geojson, body: item },
      patch: {
        summary: 'Changes an item by JSON Merge Patch or JSON Patch (operators).',
        mediaType: MEDIA_TYPES.geojson,
        body: patch,
      },
      delete: { summary: 'Removes an item whose data is not held here (operators).' },
    },
    '/collections/{collectionId}/bulk_items': {
      post: { summary: 'Adds or changes many items, the good ones of them (operators).', body: bulkItemsBody },
    },
  },
};
