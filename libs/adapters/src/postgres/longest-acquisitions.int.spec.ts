import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import { testCollection, testProduct } from '#test/support/catalogue-products.js';
import { testDatabases, type TestDatabase } from '#test/support/database.js';
import { seedCollections } from './catalog-collections.js';
import { LongestAcquisitions } from './longest-acquisitions.js';
import { PostgresProductCatalog } from './postgres-product-catalog.js';
import { PostgresProductStore } from './postgres-product-store.js';

const HOUR_MS = 3_600_000;
const NOON = new Date('2024-06-01T12:00:00Z');
const AT_NOON: CatalogQuery = {
  filter: { op: 'temporal', relation: 'overlaps', interval: { start: NOON, end: NOON } },
  page: { kind: 'keyset', limit: 10 },
  count: 'exact',
};

/** Began so many hours before noon and lasts until after it. */
function lasting(hours: number, collection = 'a') {
  const acquiredFrom = new Date(NOON.getTime() - hours * HOUR_MS);
  return testProduct(`${hours}-hours`, { collection, acquiredFrom, acquiredTo: new Date(NOON.getTime() + 1) });
}

describe.each(testDatabases().map((kind) => [kind.name, kind] as const))(
  'the longest acquisition on %s',
  (_name, kind) => {
    let database: TestDatabase;
    let store: PostgresProductStore;
    beforeAll(async () => {
      database = await kind.open();
      await seedCollections(database.sql, [testCollection('a'), testCollection('b')]);
      store = new PostgresProductStore(database.sql);
    }, 180_000);
    afterAll(async () => {
      await database?.close();
      await kind.stop();
    }, 60_000);

    it('is known from before and looked at all the same: products that last longer than all before are found and counted at once', async () => {
      const catalog = new PostgresProductCatalog(database.sql, 'secret');
      const other = new PostgresProductCatalog(database.sql, 'secret');
      const expected: string[] = [];
      for (const hours of [1, 5, 30, 200]) {
        await store.publish([lasting(hours)], { source: 'test' });
        expected.push(`${hours}-hours`);
        for (const reader of [catalog, other, catalog]) {
          const { products, matched } = await reader.search(AT_NOON);
          expect(products.map(({ id }) => id)).toEqual(expected);
          expect(matched).toEqual({ value: expected.length, exact: true });
        }
        const facets = [{ name: 'collection', kind: 'value' }] as const;
        const [facet] = await catalog.facets({ query: { filter: AT_NOON.filter! }, facets });
        expect(facet?.values).toEqual([{ value: 'a', count: expected.length }]);
      }
    }, 120_000);

    it('is that of the collections asked for, and of no interest without a time', async () => {
      const longest = new LongestAcquisitions(database.sql);
      await store.publish([lasting(400, 'b')], { source: 'test' });
      const of = async (query: Partial<CatalogQuery>) => (await longest.of({ ...AT_NOON, ...query })).actual();
      expect(await of({ collections: ['a'] })).toBe(200 * HOUR_MS + 1);
      expect(await of({ collections: ['b'] })).toBe(400 * HOUR_MS + 1);
      expect(await of({})).toBe(400 * HOUR_MS + 1);
      expect(await of({ collections: ['none'] })).toBe(0);
      expect(await of({ filter: { op: 'eq', property: 'id', value: 'x' } })).toBe(0);
    });
  },
);
