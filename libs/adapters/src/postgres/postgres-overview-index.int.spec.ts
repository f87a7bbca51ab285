import { afterAll, jest } from '@jest/globals';
import { testDatabases, type TestDatabaseKind } from '#test/support/database.js';
import { overviewIndexContract, type StartedOverviewIndex } from './overview-index.contract.js';
import { PostgresOverviewIndex } from './postgres-overview-index.js';

/** Servers start in here; on a busy machine a first embedded one takes a minute. */
jest.setTimeout(300_000);

const kinds = testDatabases();
afterAll(() => Promise.all(kinds.map((kind) => kind.stop())));

async function start(kind: TestDatabaseKind): Promise<StartedOverviewIndex> {
  const database = await kind.open();
  return {
    index: new PostgresOverviewIndex(database.sql),
    clear: async () => {
      await database.sql.execute('truncate view.overview');
    },
    stop: () => database.close(),
  };
}

for (const kind of kinds) overviewIndexContract(kind.name, () => start(kind));
