import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import type { Product } from '#domain/product/product.js';
import { testBox, testCollection, testProduct } from '#test/support/catalogue-products.js';
import { testDatabases, type TestDatabase } from '#test/support/database.js';
import { seedCollections } from './catalog-collections.js';
import { CatalogMonths } from './catalog-months.js';
import { compileCatalogQuery } from './compile-catalog-query.js';
import { NewestWalk } from './newest-walk.js';
import { PostgresProductCatalog } from './postgres-product-catalog.js';
import { PostgresProductStore } from './postgres-product-store.js';
import { SampleReader } from './sample-reader.js';

const PRODUCTS = 3_000;
const HOUR_MS = 3_600_000;

/** One every two hours until now; every other one in the west, one in a thousand in the south. */
function product(n: number): Product {
  const place =
    n % 1000 === 1 ? testBox(0, -50, 1, -49) : n % 2 === 0 ? testBox(-60, 0, -59, 1) : testBox(60, 0, 61, 1);
  const acquiredFrom = new Date(Date.now() - (n + 1) * 2 * HOUR_MS);
  return testProduct(`p${String(n).padStart(4, '0')}`, { acquiredFrom, acquiredTo: acquiredFrom, geometry: place });
}

const WEST = testBox(-70, -10, -50, 10);
const SOUTH = testBox(-10, -60, 10, -40);
const newest = (geometry: Geometry, changes: Partial<CatalogQuery> = {}): CatalogQuery => ({
  filter: { op: 'spatial', relation: 'intersects', geometry },
  page: { kind: 'keyset', limit: 10 },
  ...changes,
});

describe.each(testDatabases().map((kind) => [kind.name, kind] as const))(
  'the newest of an area on %s',
  (_name, kind) => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await kind.open();
      await seedCollections(database.sql, [testCollection('a')]);
      const products = Array.from({ length: PRODUCTS }, (_, n) => product(n));
      await new PostgresProductStore(database.sql).publish(products, { source: 'test' });
    }, 180_000);
    afterAll(async () => {
      await database?.close();
      await kind.stop();
    }, 60_000);

    const isSooner = (query: CatalogQuery) =>
      new NewestWalk(new SampleReader(database.sql), new CatalogMonths(database.sql)).isSooner(
        query,
        compileCatalogQuery(query, { longestMs: 0, now: new Date() }).count,
      );

    it.each<[string, CatalogQuery, boolean]>([
      ['an area with much', newest(WEST), true],
      ['an area with little', newest(SOUTH), false],
      ['more than the area has', newest(WEST, { page: { kind: 'keyset', limit: 5_000 } }), false],
      ['another order', newest(WEST, { sort: [{ property: 'id', direction: 'asc' }] }), false],
      ['named products', newest(WEST, { ids: ['p0000'] }), false],
      ['no area', { page: { kind: 'keyset', limit: 10 } }, false],
    ])('is walked back to or not: %s', async (_title, query, walked) => {
      expect(await isSooner(query)).toBe(walked);
    });

    it('is decided once a minute for small areas beside each other, and for the pages of one search', async () => {
      let readings = 0;
      const sample = new SampleReader({
        query: (...asked) => {
          readings++;
          return database.sql.query(...asked);
        },
        execute: () => Promise.reject(new Error('only reads')),
        transaction: () => Promise.reject(new Error('only reads')),
      });
      const walk = new NewestWalk(sample, new CatalogMonths(database.sql));
      const at = (longitude: number): Geometry => ({ type: 'Point', coordinates: [longitude, 0.5] });
      const clear = (geometry: Geometry): CatalogQuery => ({
        ...newest(geometry),
        filter: { op: 'and', args: [{ op: 'lt', property: 'cloudCover', value: 5 }, newest(geometry).filter!] },
      });
      const asked: readonly [CatalogQuery, number][] = [
        [newest(at(-59.9)), 1],
        [newest(at(-59.1)), 1],
        [clear(at(-59.9)), 2],
        [clear(at(-59.2)), 2],
        [newest(at(60.1)), 3],
        [newest(at(-59.9), { page: { kind: 'keyset', limit: 11 } }), 4],
        [newest(WEST), 5],
        [newest(WEST), 5],
        [newest(testBox(-70, -10, -50, 11)), 6],
      ];
      for (const [query, readingsThen] of asked) {
        await walk.isSooner(query, compileCatalogQuery(query, { longestMs: 0, now: new Date() }).count);
        expect(readings).toBe(readingsThen);
      }
    });

    it('is the same either way, page by page', async () => {
      const catalog = new PostgresProductCatalog(database.sql, 'secret');
      const west = Array.from({ length: PRODUCTS }, (_, n) => n).filter((n) => n % 2 === 0);
      const found: string[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < 3; page++) {
        const query = newest(WEST, {
          page: { kind: 'keyset', limit: 10, ...(cursor === undefined ? {} : { cursor }) },
        });
        const { products, next } = await catalog.search(query);
        found.push(...products.map(({ id }) => id));
        cursor = next;
      }
      expect(found).toEqual(west.slice(0, 30).map((n) => product(n).id));
      const { products } = await catalog.search(newest(SOUTH));
      expect(products.map(({ id }) => id)).toEqual(['p0001', 'p1001', 'p2001']);
    });
  },
);
