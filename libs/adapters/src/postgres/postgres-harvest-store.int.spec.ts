import { afterAll, jest } from '@jest/globals';
import { testDatabases, type TestDatabaseKind } from '#test/support/database.js';
import { harvestStoreContract, type StartedHarvestStore } from './harvest-store.contract.js';
import { PostgresHarvestStore } from './postgres-harvest-store.js';

/** Servers start in here; on a busy machine a first embedded one takes a minute. */
jest.setTimeout(300_000);

const kinds = testDatabases();
afterAll(() => Promise.all(kinds.map((kind) => kind.stop())));

async function start(kind: TestDatabaseKind): Promise<StartedHarvestStore> {
  const database = await kind.open();
  return {
    store: new PostgresHarvestStore(database.sql),
    clear: async () => {
      await database.sql.execute('truncate discovery.harvest');
    },
    stop: () => database.close(),
  };
}

for (const kind of kinds) harvestStoreContract(kind.name, () => start(kind));
