import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { testCollection, testProduct } from '#test/support/catalogue-products.js';
import { testDatabases, type TestDatabase } from '#test/support/database.js';
import { seedCollections } from './catalog-collections.js';
import { PostgresProductCatalog } from './postgres-product-catalog.js';
import { PostgresProductStore } from './postgres-product-store.js';
import type { Sql } from './sql.js';

describe.each(testDatabases().map((kind) => [kind.name, kind] as const))('catalogue.product on %s', (_name, kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await kind.open();
    await seedCollections(database.sql, [testCollection('a')]);
  }, 180_000);
  afterEach(() => database?.close());
  afterAll(() => kind.stop());

  const partitionOf = async (id: string) => {
    const rows = await database.sql.query<{ partition: string }>(
      'select tableoid::regclass::text as partition from catalogue.product where id = $1',
      [id],
    );
    return rows.map(({ partition }) => partition);
  };

  it('has a partition for every year up to the year after next, and moves what waited for a later one', async () => {
    const year = new Date().getUTCFullYear();
    const publishAt = (id: string, acquiredFrom: string) =>
      new PostgresProductStore(database.sql).publish([testProduct(id, { acquiredFrom: new Date(acquiredFrom) })], {
        source: 'test',
      });
    await publishAt('old', '1984-03-01T00:00:00Z');
    await publishAt('edge', '2024-01-01T00:00:00Z');
    await publishAt('before', '2023-12-31T23:59:59.999Z');
    await publishAt('ahead', `${year + 2}-06-01T00:00:00Z`);
    await publishAt('far', `${year + 4}-06-01T00:00:00Z`);
    expect(await partitionOf('old')).toEqual(['catalogue.product_before']);
    expect(await partitionOf('edge')).toEqual(['catalogue.product_2024']);
    expect(await partitionOf('before')).toEqual(['catalogue.product_2023']);
    expect(await partitionOf('ahead')).toEqual([`catalogue.product_${year + 2}`]);
    expect(await partitionOf('far')).toEqual(['catalogue.product_after']);
    await database.sql.execute('select catalogue.create_years($1)', [year + 4]);
    await database.sql.execute('select catalogue.create_years($1)', [year + 4]);
    expect(await partitionOf('far')).toEqual([`catalogue.product_${year + 4}`]);
    const catalog = new PostgresProductCatalog(database.sql, 'secret');
    const { products } = await catalog.search({ page: { kind: 'keyset', limit: 10 } });
    expect(products.map(({ id }) => id)).toEqual(['far', 'ahead', 'edge', 'before', 'old']);
  }, 60_000);

  const feed = (after: string) =>
    database.sql.query<{ id: string; place: string }>(
      `select id, change_xid::text as place from catalogue.product
       where change_xid > $1::xid8 and change_xid < pg_snapshot_xmin(pg_current_snapshot())
       order by change_xid, change_seq`,
      [after],
    );
  const publish = (id: string, sql: Sql) =>
    new PostgresProductStore(sql).publish([testProduct(id)], { source: 'test' });

  it('orders changes by their transactions', async () => {
    await publish('one', database.sql);
    const first = await feed('0');
    await publish('two', database.sql);
    await publish('three', database.sql);
    expect(first.map(({ id }) => id)).toEqual(['one']);
    expect((await feed(first[0]!.place)).map(({ id }) => id)).toEqual(['two', 'three']);
  });

  // The embedded database has one session: there is nothing to overtake.
  if (kind.name === 'postgres') {
    it('holds back a change until every earlier transaction has ended, so that a reader misses none', async () => {
      let finish: () => void = () => undefined;
      const finished = new Promise<void>((resolve) => (finish = resolve));
      let begun: () => void = () => undefined;
      const beginning = new Promise<void>((resolve) => (begun = resolve));
      const slow = database.sql.transaction(async (sql) => {
        await publish('slow', sql);
        begun();
        await finished;
      });
      await beginning;
      await publish('quick', database.sql);
      expect(await feed('0')).toEqual([]);
      finish();
      await slow;
      expect((await feed('0')).map(({ id }) => id)).toEqual(['slow', 'quick']);
    });
  }
});
