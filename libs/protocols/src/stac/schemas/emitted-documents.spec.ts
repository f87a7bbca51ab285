import { describe, expect, it } from '@jest/globals';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { RECORD_COLLECTION } from '#domain/collection/record-collection.js';
import type { OnlineState } from '#domain/product/online-state.js';
import { generateItems } from '#test/bench/generate-items.js';
import { OfficialStacSchemas } from '#test/support/official-stac-schemas.js';
import { SENTINEL_1, SENTINEL_2, SENTINEL_2_L1C } from '#test/support/sample-products.js';
import { writeItem } from '../item.js';
import { writeCollection } from '../stac-collection.js';
import { stacFaults } from './validate-stac.js';

const ADDRESS = 'https://mirror.example';
const STATES: readonly OnlineState[] = ['online', 'staging', 'offline', 'metadata-only'];
const official = OfficialStacSchemas.open();
if (official === undefined) console.warn('skipped: STAC_SCHEMAS names no folder with the repositories of the schemas');

const asSent = (document: object): object => JSON.parse(JSON.stringify(document)) as object;
const ITEMS = [
  ...[SENTINEL_1, SENTINEL_2].flatMap((product) => STATES.map((online) => ({ ...product, online }))),
  ...generateItems(600, 7),
].map((product) => asSent(writeItem(product, ADDRESS)));
const COLLECTIONS = [...SENTINEL_COLLECTIONS, SENTINEL_2_L1C, RECORD_COLLECTION].map((collection) =>
  asSent(writeCollection({ collection, count: 0 }, ADDRESS)),
);

describe('what the mirror gives out', () => {
  it('has only items that are right', () => {
    expect(ITEMS.flatMap((item) => stacFaults('Item', item))).toEqual([]);
  });

  it('has only collections that are right', () => {
    expect(COLLECTIONS.flatMap((collection) => stacFaults('Collection', collection))).toEqual([]);
  });

  (official === undefined ? it.skip : it)('is right by the official schemas, too', () => {
    for (const document of [...ITEMS, ...COLLECTIONS]) expect(official?.faults(document)).toBeUndefined();
  });
});
