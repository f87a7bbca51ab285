import type { Sql } from './sql.js';

const BATCH = 5_000;
/** The memory of handled events outlives the events, so that re-publishing what is left repeats no effect. */
const INBOX_EXTRA_DAYS = 7;

/** Removes published events and handled ones older than so many days, in small steps; never an unpublished one. Returns how many rows. */
export async function forgetEvents(sql: Sql, days: number): Promise<number> {
  const outbox = await inSteps(
    sql,
    `delete from bus.outbox where position in (
       select position from bus.outbox
       where published is not null and appended < now() - make_interval(days => $1) limit ${BATCH})`,
    days,
  );
  const inbox = await inSteps(
    sql,
    `delete from bus.inbox where (consumer, event_id) in (
       select consumer, event_id from bus.inbox where handled < now() - make_interval(days => $1) limit ${BATCH})`,
    days + INBOX_EXTRA_DAYS,
  );
  return outbox + inbox;
}

async function inSteps(sql: Sql, statement: string, days: number): Promise<number> {
  let total = 0;
  for (;;) {
    const removed = await sql.execute(statement, [days]);
    total += removed;
    if (removed < BATCH) return total;
  }
}
