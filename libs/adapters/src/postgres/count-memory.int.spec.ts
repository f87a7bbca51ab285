import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import { testCollection, testProduct } from '#test/support/catalogue-products.js';
import { testDatabases, type TestDatabase } from '#test/support/database.js';
import { seedCollections } from './catalog-collections.js';
import { CountMemory } from './count-memory.js';
import { PostgresProductStore } from './postgres-product-store.js';

const PAGE: CatalogQuery = { page: { kind: 'keyset', limit: 1 } };
const QUERY = { query: PAGE, longestMs: 0 };
/** Slow enough to be remembered. */
const SLOW = { text: 'select count(*) as n from catalogue.product p, pg_sleep(0.05)', parameters: [] };

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
});
