import { afterAll, describe, jest } from '@jest/globals';
import type { ChangePage } from '#domain/catalog/catalog-change.js';
import type { ChangeQuery } from '#domain/ports/change-feed.js';
import { testCollection } from '#test/support/catalogue-products.js';
import { testDatabases, type TestDatabaseKind } from '#test/support/database.js';
import { serverUpkeep } from '#test/support/server-upkeep.js';
import { seedCollections } from './catalog-collections.js';
import { changeFeedContract, type StartedChangeFeed } from './change-feed.contract.js';
import { PostgresChangeFeed } from './postgres-change-feed.js';
import { PostgresProductCatalog } from './postgres-product-catalog.js';
import { PostgresProductStore } from './postgres-product-store.js';
import type { Sql } from './sql.js';

/** Servers start in here; on a busy machine a first embedded one takes a minute. */
jest.setTimeout(300_000);

/** The feed as it is while the server does nothing of its own accord. */
class UndisturbedFeed extends PostgresChangeFeed {
  constructor(private readonly database: Sql) {
    super(database, 'secret');
  }

  override async read(query: ChangeQuery, signal?: AbortSignal): Promise<ChangePage> {
    await serverUpkeep(this.database);
    return super.read(query, signal);
  }

  override async head(): Promise<string> {
    await serverUpkeep(this.database);
    return super.head();
  }
}

async function start(kind: TestDatabaseKind): Promise<StartedChangeFeed> {
  const database = await kind.open();
  const { sql } = database;
  await seedCollections(sql, ['a', 'b'].map(testCollection));
  const feed = new UndisturbedFeed(sql);
  return {
    feed,
    store: new PostgresProductStore(sql),
    catalog: new PostgresProductCatalog(sql, 'secret'),
    concurrent: !database.embedded,
    transaction: (work) => sql.join(work),
    apart: (work) => sql.apart(work),
    restoreElsewhere: async (ahead) => {
      await sql.execute("update catalogue.change_epoch set identity = 'elsewhere'");
      if (!ahead) return;
      for (const table of ['product', 'tombstone']) {
        await sql.execute(`update catalogue.${table} set change_xid = (change_xid::text::numeric + 1e12)::text::xid8`);
      }
    },
    clear: async () => {
      for (const table of ['product', 'product_key', 'scene', 'tally', 'tombstone', 'change_epoch']) {
        await sql.execute(`delete from catalogue.${table}`);
      }
      await feed.head();
    },
    stop: () => database.close(),
  };
}

describe.each(testDatabases().map((kind) => [kind.name, kind] as const))('%s', (name, kind) => {
  afterAll(() => kind.stop());
  changeFeedContract(name, () => start(kind));
});
