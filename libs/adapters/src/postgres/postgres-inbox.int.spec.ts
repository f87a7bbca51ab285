import { afterAll, jest } from '@jest/globals';
import { testDatabases, type TestDatabaseKind } from '#test/support/database.js';
import { inboxContract, type StartedInbox } from './inbox.contract.js';
import { PostgresInbox } from './postgres-inbox.js';

/** Servers start in here; on a busy machine a first embedded one takes a minute. */
jest.setTimeout(300_000);

const kinds = testDatabases();
afterAll(() => Promise.all(kinds.map((kind) => kind.stop())));

async function start(kind: TestDatabaseKind): Promise<StartedInbox> {
  const database = await kind.open();
  const { sql } = database;
  await sql.execute('create table public.effect (name text, times int)');
  return {
    inbox: new PostgresInbox(sql),
    effect: (name) =>
      sql.transaction(async (transaction) => {
        await transaction.execute('insert into effect values ($1, 0)', [name]);
        await transaction.execute('update effect set times = 1 where name = $1', [name]);
      }),
    effects: async (name) => {
      const [row] = await sql.query<{ n: number }>('select count(*) as n from effect where name = $1', [name]);
      return row?.n ?? 0;
    },
    stop: () => database.close(),
  };
}

for (const kind of kinds) inboxContract(kind.name, () => start(kind));
