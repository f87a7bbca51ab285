import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CatalogQuery, Filter } from '#domain/catalog/catalog-query.js';
import { testCollection, testProduct } from '#test/support/catalogue-products.js';
import { testDatabases, type TestDatabase } from '#test/support/database.js';
import { serverUpkeep } from '#test/support/server-upkeep.js';
import { seedCollections } from './catalog-collections.js';
import { CountMemory } from './count-memory.js';
import { PostgresProductCatalog } from './postgres-product-catalog.js';
import { PostgresProductStore } from './postgres-product-store.js';
import type { Sql } from './sql.js';

const PAGE: CatalogQuery = { page: { kind: 'keyset', limit: 1 } };
const QUERY = { query: PAGE, longestMs: 0 };
/** Slow enough to be remembered. */
const SLOW = { text: 'select count(*) as n from catalogue.product p, pg_sleep(0.05)', parameters: [] };

/** Tells of each statement that is asked. */
function watched(sql: Sql, tell: (text: string) => void): Sql {
  return {
    query: (text, ...rest) => {
      tell(text);
      return sql.query(text, ...rest);
    },
    execute: (text, ...rest) => sql.execute(text, ...rest),
    transaction: (work) => sql.transaction(work),
  };
}

describe.each(testDatabases().map((kind) => [kind.name, kind] as const))('counts remembered on %s', (_name, kind) => {
  let database: TestDatabase;
  let store: PostgresProductStore;
  beforeAll(async () => {
    database = await kind.open();
    await seedCollections(database.sql, [testCollection('a')]);
    store = new PostgresProductStore(database.sql);
    await store.publish([testProduct('one'), testProduct('two')], { source: 'test' });
  }, 180_000);
  afterAll(async () => {
    await database?.close();
    await kind.stop();
  }, 60_000);

  it('are right until a product comes, changes or goes', async () => {
    const memory = new CountMemory(database.sql);
    const publish = (id: string, cloudCover: number) =>
      store.publish([testProduct(id, { properties: { cloudCover } })], { source: 'test' });
    const changes = [
      () => publish('three', 1),
      () => publish('three', 2),
      () => store.remove({ collection: 'a', id: 'one' }, 'Duplicated product', { source: 'test' }),
    ];
    expect(await memory.known(QUERY)).toBeUndefined();
    for (const change of changes) {
      const value = await memory.countRows(QUERY, SLOW);
      expect(await memory.known(QUERY)).toBe(value);
      expect(await memory.known({ ...QUERY, query: { ...PAGE, collections: ['a'] } })).toBeUndefined();
      expect(await memory.known({ ...QUERY, longestMs: 1 })).toBeUndefined();
      await change();
      expect(await memory.known(QUERY)).toBeUndefined();
    }
  }, 60_000);

  // The embedded database has one session: there is nothing to overlap.
  if (kind.name === 'postgres') {
    it('are not right any more when a transaction commits that was open while they were taken', async () => {
      const memory = new CountMemory(database.sql);
      await database.sql.transaction(async (sql) => {
        await new PostgresProductStore(sql).publish([testProduct('late')], { source: 'test' });
        await memory.countRows(QUERY, SLOW);
        expect(await memory.known(QUERY)).toBe(2);
      });
      expect(await memory.known(QUERY)).toBeUndefined();
    });
  }

  describe('told by the page', () => {
    const statements: string[] = [];
    let catalog: PostgresProductCatalog;
    beforeAll(() => {
      const sql = watched(database.sql, (text) => statements.push(text));
      catalog = new PostgresProductCatalog(sql, 'secret');
    });
    const interval = { start: new Date('2020-01-01T00:00:00Z'), end: new Date('2039-12-31T23:59:59Z') };
    const inTime: Filter = { op: 'temporal', relation: 'overlaps', interval };
    const cloudy: Filter = { op: 'lt', property: 'cloudCover', value: 101 };
    const counted = async (filter: Filter): Promise<[number | undefined, number]> => {
      const query: CatalogQuery = { ...PAGE, collections: ['a'], filter, count: 'exactOrNone' };
      statements.length = 0;
      const { matched } = await catalog.search(query);
      expect(matched?.exact).toBe(true);
      return [matched?.value, statements.filter((text) => /count\(\*\)|sum\(/.test(text)).length];
    };
    const publish = (id: string) =>
      store.publish([testProduct(id, { properties: { cloudCover: 1 } })], { source: 'test' });

    it.each([
      ['by tallies', inTime],
      ['row by row', cloudy],
    ])('are not taken again while nothing changes, and always right: %s', async (title, filter) => {
      await publish(`${title} one`);
      await publish(`${title} two`);
      for (const change of [() => undefined, () => publish(`${title} three`), () => publish(`${title} four`)]) {
        await change();
        const { products } = await catalog.search({ page: { kind: 'keyset', limit: 100 }, collections: ['a'], filter });
        for (let search = 0; search < 3; search++) {
          await serverUpkeep(database.sql);
          const [value, statementsOfCount] = await counted(filter);
          expect(value).toBe(products.length);
          if (search === 2) expect(statementsOfCount).toBe(0);
        }
      }
    });

    it('are not remembered by what a transaction has written and nobody else sees', async () => {
      const before = (await counted(inTime))[0]!;
      const rolledBack = database.sql.join(async () => {
        await publish('never there');
        for (let search = 0; search < 3; search++) expect((await counted(inTime))[0]).toBe(before + 1);
        throw new Error('rolled back');
      });
      await expect(rolledBack).rejects.toThrow('rolled back');
      for (let search = 0; search < 3; search++) expect((await counted(inTime))[0]).toBe(before);
    });
  });
});
