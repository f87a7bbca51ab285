import { z } from 'zod';
import { bulkItemsBody } from './bulk-items.js';
import type { StacFeature } from './stac-feature.js';
import { MEDIA_TYPES } from './stac-link.js';

const item = z.object({ type: z.literal('Feature'), id: z.string(), properties: z.looseObject({}) });
const collection = z.object({ type: z.literal('Collection'), id: z.string(), description: z.string() });
const patch = z.looseObject({});

const JSON_TYPES = [MEDIA_TYPES.json];
const ITEM_TYPES = [MEDIA_TYPES.geojson, MEDIA_TYPES.json];
const PATCH_TYPES = ['application/merge-patch+json', 'application/json-patch+json', MEDIA_TYPES.json];

const REFUSED = {
  400: 'It is not valid; `errors` says where and why.',
  401: 'The operator token is missing or wrong.',
};
const ABSENT = { 404: 'It is not there.' };
const OTHERWISE = { 412: 'It is not what If-Match names, or is what If-None-Match rules out: read it again.' };
const TOO_LARGE = { 413: 'The body is larger than 10 MiB.' };

const added = (what: string) => ({
  201: `The ${what} as it is now; its address as Location, its revision as ETag.`,
  ...REFUSED,
  409: `There is such a ${what}.`,
  ...TOO_LARGE,
});
const changed = (what: string, conflict: string) => ({
  200: `The ${what} as it is now; its revision as ETag.`,
  204: 'It is changed, and the document left out, as `Prefer: return=minimal` asks.',
  ...REFUSED,
  ...ABSENT,
  409: conflict,
  ...OTHERWISE,
  ...TOO_LARGE,
});
const removed = (conflict: string) => ({
  204: 'It is removed.',
  401: REFUSED[401],
  ...ABSENT,
  409: conflict,
  ...OTHERWISE,
});
const MANY = {
  200: 'All are there as asked, none of them new; a report.',
  201: 'All went in, some of them new; a report.',
  207: 'Some went in; the report names the others with pointer, id, kind and reason.',
  400: 'None went in, as the report says, or the body is not valid.',
  401: REFUSED[401],
  404: 'The collection is not there.',
  ...TOO_LARGE,
};

const HELD = 'Data the mirror holds would be lost.';
const NOT_OWN = 'It comes with the mirror.';

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
    '/collections': {
      post: {
        summary: 'Adds a collection (operators).',
        body: collection,
        bodyTypes: JSON_TYPES,
        answers: added('collection'),
      },
    },
    '/collections/{collectionId}': {
      put: {
        summary: 'Replaces a collection (operators).',
        body: collection,
        bodyTypes: JSON_TYPES,
        answers: changed('collection', NOT_OWN),
        isConditional: true,
      },
      patch: {
        summary: 'Changes a collection by JSON Merge Patch or JSON Patch (operators).',
        body: patch,
        bodyTypes: PATCH_TYPES,
        answers: changed('collection', NOT_OWN),
        isConditional: true,
      },
      delete: {
        summary: 'Removes a collection without items (operators).',
        answers: removed('It has items or comes with the mirror.'),
        isConditional: true,
      },
    },
    '/collections/{collectionId}/items': {
      post: {
        summary: 'Adds an item, or the good ones of a FeatureCollection (operators).',
        mediaType: MEDIA_TYPES.geojson,
        body: item,
        bodyTypes: ITEM_TYPES,
        answers: {
          ...added('item'),
          ...ABSENT,
          200: 'Of a FeatureCollection all are there already; a report as of bulk_items.',
          207: 'Of a FeatureCollection some went in; a report as of bulk_items.',
        },
      },
    },
    '/collections/{collectionId}/items/{itemId}': {
      put: {
        summary: 'Replaces an item (operators).',
        mediaType: MEDIA_TYPES.geojson,
        body: item,
        bodyTypes: ITEM_TYPES,
        answers: changed('item', HELD),
        isConditional: true,
      },
      patch: {
        summary: 'Changes an item by JSON Merge Patch or JSON Patch (operators).',
        mediaType: MEDIA_TYPES.geojson,
        body: patch,
        bodyTypes: PATCH_TYPES,
        answers: changed('item', HELD),
        isConditional: true,
      },
      delete: {
        summary: 'Removes an item whose data is not held here (operators).',
        answers: removed(HELD),
        isConditional: true,
      },
    },
    '/collections/{collectionId}/bulk_items': {
      post: {
        summary: 'Adds or changes many items, the good ones of them (operators).',
        body: bulkItemsBody,
        bodyTypes: JSON_TYPES,
        answers: MANY,
      },
    },
  },
};
