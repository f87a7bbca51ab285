import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { testDatabases, type TestDatabaseKind } from '#test/support/database.js';
import { appendEvents } from './append-events.js';
import { forgetEvents } from './forget-events.js';
import { outboxContract, type StartedOutbox } from './outbox.contract.js';
import { PostgresOutbox } from './postgres-outbox.js';

/** Servers start in here; on a busy machine a first embedded one takes a minute. */
jest.setTimeout(300_000);

const kinds = testDatabases();
afterAll(() => Promise.all(kinds.map((kind) => kind.stop())));

async function start(kind: TestDatabaseKind): Promise<StartedOutbox> {
  const database = await kind.open();
  const { sql, listener, embedded } = database;
  return {
    outbox: new PostgresOutbox(sql, { listener, singleSession: embedded }),
    append: (events, beforeCommit) =>
      sql.transaction(async (transaction) => {
        await appendEvents(transaction, events);
        await beforeCommit?.();
      }),
    clear: async () => {
      await sql.execute('truncate bus.outbox, bus.inbox, bus.generation');
    },
    stop: () => database.close(),
  };
}

for (const kind of kinds) outboxContract(kind.name, () => start(kind));

describe.each(kinds.map((kind) => [kind.name, kind] as const))('forgetEvents on %s', (_, kind) => {
  it('removes what is published and old, never what waits', async () => {
    const database = await kind.open();
    const { sql } = database;
    const event = (subject: string) => ({
      id: randomUUID(),
      type: 'frombork.test.done',
      source: 'test',
      subject,
      time: new Date(),
      data: {},
    });
    await appendEvents(sql, ['old, published', 'old, waiting', 'new, published'].map(event));
    await sql.execute("update bus.outbox set published = now() where subject like '%published'");
    await sql.execute("update bus.outbox set appended = now() - interval '31 days' where subject like 'old%'");
    await sql.execute(`insert into bus.inbox values ('view', 'kept', now() - interval '36 days'),
                                                    ('view', 'gone', now() - interval '38 days')`);
    expect(await forgetEvents(sql, 30)).toBe(2);
    expect(await sql.query('select subject from bus.outbox order by position')).toEqual([
      { subject: 'old, waiting' },
      { subject: 'new, published' },
    ]);
    expect(await sql.query('select event_id from bus.inbox')).toEqual([{ event_id: 'kept' }]);
    await database.close();
  });
});
