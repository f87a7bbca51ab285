import type { DomainEvent } from '#domain/event/event.js';
import { Outbox } from '#domain/ports/outbox.js';
import { OUTBOX_CHANNEL } from './append-events.js';
import type { AmbientSql } from './ambient-sql.js';
import type { NotificationListener } from './notification-listener.js';
import type { Sql } from './sql.js';

interface OutboxRow {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly time: Date;
  readonly request_id: string | null;
  readonly data: unknown;
}

/** How the outbox is drained and listened to. */
export interface OutboxOptions {
  readonly listener: NotificationListener;
  /** The database has one session only (embedded): a transaction held while events are published would stop everything else, so turns are taken in this process. */
  readonly singleSession: boolean;
}

const WAITING = `
  select position, id, type, source, subject, time, request_id, data from bus.outbox
  where published is null order by position limit $1 for update skip locked`;

/** Outbox in `bus.outbox`. Publishing has a minute: a database connection idle for longer in its transaction is cut, and the events are published again. */
export class PostgresOutbox extends Outbox {
  private readonly sql: AmbientSql;
  private readonly options: OutboxOptions;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(sql: AmbientSql, options: OutboxOptions) {
    super();
    this.sql = sql;
    this.options = options;
  }

  override drain(limit: number, publish: (events: readonly DomainEvent[]) => Promise<void>): Promise<number> {
    return this.sql.apart(() => {
      if (!this.options.singleSession) return this.sql.transaction((sql) => hand(sql, limit, publish));
      const turn = this.turn.then(() => hand(this.sql, limit, publish));
      this.turn = turn.catch(() => undefined);
      return turn;
    });
  }

  override reset(since?: Date): Promise<number> {
    return this.sql.execute(
      `update bus.outbox set published = null
       where published is not null and ($1::timestamptz is null or greatest(time, appended) >= $1)`,
      [since ?? null],
    );
  }

  override async lastGeneration(): Promise<string | undefined> {
    const [row] = await this.sql.query<{ generation: string }>('select generation from bus.generation');
    return row?.generation;
  }

  override async rememberGeneration(generation: string): Promise<void> {
    await this.sql.execute(
      `insert into bus.generation (generation) values ($1)
       on conflict (single) do update set generation = excluded.generation`,
      [generation],
    );
  }

  override onAppended(wake: () => void): Promise<() => Promise<void>> {
    return this.options.listener.listen(OUTBOX_CHANNEL, wake);
  }

  override async backlog(): Promise<number> {
    const [row] = await this.sql.query<{ n: number }>('select count(*) as n from bus.outbox where published is null');
    return row?.n ?? 0;
  }
}

async function hand(
  sql: Sql,
  limit: number,
  publish: (events: readonly DomainEvent[]) => Promise<void>,
): Promise<number> {
  const rows = await sql.query<OutboxRow>(WAITING, [limit]);
  if (rows.length === 0) return 0;
  await publish(rows.map(toEvent));
  await sql.execute('update bus.outbox set published = clock_timestamp() where position = any($1)', [
    rows.map(({ position }) => position),
  ]);
  return rows.length;
}

function toEvent({ id, type, source, subject, time, request_id: requestId, data }: OutboxRow): DomainEvent {
  return { id, type, source, subject, time, ...(requestId === null ? {} : { requestId }), data };
}
