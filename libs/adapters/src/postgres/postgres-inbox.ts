import { Inbox } from '#domain/ports/outbox.js';
import type { AmbientSql } from './ambient-sql.js';

/**
 * Inbox in `bus.inbox`. `handle` runs inside the transaction that remembers the event, and everything the stores do there is part of it; a second
 * delivery at the same time waits for the first. So keep `handle` to the effect: long work (drawing, fetching) belongs before `once`.
 */
export class PostgresInbox extends Inbox {
  private readonly sql: AmbientSql;

  constructor(sql: AmbientSql) {
    super();
    this.sql = sql;
  }

  override once(consumer: string, eventId: string, handle: () => Promise<void>): Promise<boolean> {
    return this.sql.join(async (sql) => {
      const remembered = await sql.execute(
        'insert into bus.inbox (consumer, event_id) values ($1, $2) on conflict do nothing',
        [consumer, eventId],
      );
      if (remembered === 0) return false;
      await handle();
      return true;
    });
  }
}
