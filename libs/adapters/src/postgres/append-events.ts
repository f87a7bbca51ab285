import type { DomainEvent } from '#domain/event/event.js';
import type { Sql } from './sql.js';

/** What the outbox's publishers listen to. */
export const OUTBOX_CHANNEL = 'frombork_outbox';

/** Writes events to the outbox in the caller's transaction; publishers are woken when it commits. */
export async function appendEvents(sql: Sql, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ requestId, ...event }, place) => ({ ...event, request_id: requestId, place }));
  await sql.execute(
    `insert into bus.outbox (id, type, source, subject, time, request_id, data)
     select id, type, source, subject, time, request_id, data
     from jsonb_to_recordset($1::jsonb)
       as event (id text, type text, source text, subject text, time timestamptz, request_id text, data jsonb, place int)
     order by place`,
    [JSON.stringify(rows)],
  );
  await sql.execute('select pg_notify($1, $2)', [OUTBOX_CHANNEL, '']);
}
