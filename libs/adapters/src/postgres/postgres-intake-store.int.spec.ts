import { afterAll, jest } from '@jest/globals';
import { testDatabases, type TestDatabaseKind } from '#test/support/database.js';
import { intakeStoreContract, type StartedIntakeStore } from './intake-store.contract.js';
import { PostgresIntakeStore } from './postgres-intake-store.js';

/** Servers start in here; on a busy machine a first embedded one takes a minute. */
jest.setTimeout(300_000);

const kinds = testDatabases();
afterAll(() => Promise.all(kinds.map((kind) => kind.stop())));

async function start(kind: TestDatabaseKind): Promise<StartedIntakeStore> {
  const database = await kind.open();
  return {
    store: new PostgresIntakeStore(database.sql),
    clear: async () => {
      await database.sql.execute('truncate acquisition.intake');
    },
    stop: () => database.close(),
  };
}

for (const kind of kinds) intakeStoreContract(kind.name, () => start(kind));
