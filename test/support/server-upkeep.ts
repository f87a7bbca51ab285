import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '#adapters/postgres/sql.js';

const AT_WORK = `select count(*) as n from pg_stat_activity where backend_type <> 'client backend' and backend_xid is not null`;

/**
 * Waits until the server's own transactions have ended. One of autovacuum holds back the horizon of changes as any other does: for a moment, which is
 * as promised and yet not what a test means that compares right after the last write.
 */
export async function serverUpkeep(sql: Sql): Promise<void> {
  while ((await sql.query<{ n: number }>(AT_WORK))[0]?.n !== 0) await sleep(5);
}
