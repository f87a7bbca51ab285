import { randomUUID } from 'node:crypto';
import { appendEvents } from '#adapters/postgres/append-events.js';
import { connectDatabase } from '#adapters/postgres/connect-database.js';
import { databaseConfig } from '#adapters/postgres/database.config.js';

/**
 * A process for the kill test: writes rows 0, 1, 2, … each with an event in one transaction, and says each number once it is committed.
 * Its first line says what it found: rows, events, and the highest number.
 */
const [folder = '', pauseMs = '0'] = process.argv.slice(2);
const began = performance.now();
const { sql } = await connectDatabase(databaseConfig.parse({ FROMBORK_DATA: folder }));
await sql.execute('create table if not exists public.written (n int primary key, filler text)');
const [found] = await sql.query<{ rows: number; events: number; highest: number | null }>(
  'select count(*) as rows, (select count(*) from bus.outbox) as events, max(n) as highest from written',
);
process.stdout.write(`${JSON.stringify({ ...found, startMs: Math.round(performance.now() - began) })}\n`);
for (let n = (found?.highest ?? -1) + 1; ; n++) {
  await sql.transaction(async (transaction) => {
    await transaction.execute('insert into written values ($1, $2)', [n, 'x'.repeat(500)]);
    const event = { type: 'frombork.test.written', source: 'test', subject: String(n), time: new Date(), data: {} };
    await appendEvents(transaction, [{ ...event, id: randomUUID() }]);
  });
  process.stdout.write(`${n}\n`);
  if (Number(pauseMs) > 0) await new Promise((resolve) => setTimeout(resolve, Number(pauseMs)));
}
