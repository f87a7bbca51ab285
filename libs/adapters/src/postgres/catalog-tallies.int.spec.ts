import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CatalogQuery, Filter, SortKey } from '#domain/catalog/catalog-query.js';
import { testCollection, testProduct } from '#test/support/catalogue-products.js';
import { testDatabases, type TestDatabase } from '#test/support/database.js';
import { seedCollections } from './catalog-collections.js';
import { bookmarkByTallies } from './catalog-tallies.js';
import { compileCatalogQuery } from './compile-catalog-query.js';
import { PostgresProductStore } from './postgres-product-store.js';

const HOUR_MS = 3_600_000;
const LONGEST_MS = 30 * HOUR_MS;
const at = (text: string) => new Date(`${text}Z`);
const sort = (direction: SortKey['direction']): SortKey[] => [{ property: 'acquiredFrom', direction }];
const during = (start?: string, end?: string): Filter => ({
  op: 'temporal',
  relation: 'overlaps',
  interval: { ...(start === undefined ? {} : { start: at(start) }), ...(end === undefined ? {} : { end: at(end) }) },
});

const QUERIES: readonly (readonly [string, Omit<CatalogQuery, 'page'>])[] = [
  ['everything, newest first', {}],
  ['everything, oldest first', { sort: sort('asc') }],
  ['a collection', { collections: ['b'] }],
  ['days cut at both ends', { filter: during('2024-03-02T11:00:00', '2024-03-05T13:00:00') }],
  ['the same, oldest first', { sort: sort('asc'), filter: during('2024-03-02T11:00:00', '2024-03-05T13:00:00') }],
  ['what began before and lasts', { sort: sort('asc'), filter: during('2024-03-03T00:00:00') }],
  ['up to an instant', { filter: during(undefined, '2024-03-04T18:00:00') }],
];

describe.each(testDatabases().map((kind) => [kind.name, kind] as const))(
  'bookmarks by tallies on %s',
  (_name, kind) => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await kind.open();
      await seedCollections(database.sql, ['a', 'b'].map(testCollection));
      const products = Array.from({ length: 40 }, (_, n) => {
        const acquiredFrom = new Date(at('2024-03-01T01:00:00').getTime() + n * 4 * HOUR_MS);
        const acquiredTo = new Date(acquiredFrom.getTime() + (n % 5 === 0 ? LONGEST_MS : 0));
        return testProduct(`p${n}`, { collection: n % 3 === 0 ? 'b' : 'a', acquiredFrom, acquiredTo });
      });
      await new PostgresProductStore(database.sql).publish(products, { source: 'test' });
    }, 180_000);
    afterAll(async () => {
      await database?.close();
      await kind.stop();
    });

    it.each(QUERIES)('count right what comes before: %s', async (_title, shape) => {
      const query: CatalogQuery = { ...shape, page: { kind: 'number', limit: 1, offset: 0 } };
      const compiled = compileCatalogQuery(query, { longestMs: LONGEST_MS, now: new Date() });
      const rows = async (place?: Parameters<typeof compiled.pagesAfter>[0]) => {
        const found = await Promise.all(
          compiled
            .pagesAfter(place)
            .map(({ text, parameters }) => database.sql.query<{ id: string }>(text, [...parameters, 100])),
        );
        return found.flat().map(({ id }) => id);
      };
      const all = await rows();
      const offsets = all.map((_, offset) => offset).filter((offset) => offset % 3 === 0);
      for (const offset of offsets) {
        const request = { query, compiled, longestMs: LONGEST_MS, offset, signal: undefined };
        const bookmark = await bookmarkByTallies(database.sql, request);
        if (bookmark === undefined) continue;
        expect(bookmark.offset).toBeLessThanOrEqual(offset);
        expect(await rows(bookmark.place)).toEqual(all.slice(bookmark.offset));
      }
      const last = await bookmarkByTallies(database.sql, {
        query,
        compiled,
        longestMs: LONGEST_MS,
        offset: 1e6,
        signal: undefined,
      });
      expect(last?.offset).toBeGreaterThan(0);
    });

    it('are for no other order or filter', async () => {
      for (const shape of [
        { sort: [{ property: 'cloudCover', direction: 'asc' }] },
        { filter: { op: 'lt', property: 'cloudCover', value: 1 } },
        { ids: ['p1'] },
        { latestOnly: true },
      ] satisfies Omit<CatalogQuery, 'page'>[]) {
        const query: CatalogQuery = { ...shape, page: { kind: 'number', limit: 1, offset: 9 } };
        const compiled = compileCatalogQuery(query, { longestMs: 0, now: new Date() });
        const request = { query, compiled, longestMs: 0, offset: 9, signal: undefined };
        expect(await bookmarkByTallies(database.sql, request)).toBeUndefined();
      }
    });
  },
);
