import { afterAll, jest } from '@jest/globals';
import { testDatabases, type TestDatabaseKind } from '#test/support/database.js';
import { subscriptionStoreContract, type StartedSubscriptionStore } from './subscription-store.contract.js';
import { PostgresSubscriptionStore } from './postgres-subscription-store.js';

/** Servers start in here; on a busy machine a first embedded one takes a minute. */
jest.setTimeout(300_000);

const kinds = testDatabases();
afterAll(() => Promise.all(kinds.map((kind) => kind.stop())));

async function start(kind: TestDatabaseKind): Promise<StartedSubscriptionStore> {
  const database = await kind.open();
  return {
    store: new PostgresSubscriptionStore(database.sql),
    clear: async () => {
      await database.sql.execute('truncate discovery.subscription cascade');
    },
    stop: () => database.close(),
  };
}

for (const kind of kinds) subscriptionStoreContract(kind.name, () => start(kind));
