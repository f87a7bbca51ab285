import type { Sql } from './sql.js';

/** What positions are good for, and how far changes may be read now. */
export interface ChangeEpoch {
  readonly epoch: string;
  /** Rows numbered up to this came with a dump: their transaction ids are another server's and say nothing here. */
  readonly restoredSeq: string;
  readonly since: Date;
  /** Every transaction before this one has ended. */
  readonly horizon: string;
}

const HORIZON = 'pg_snapshot_xmin(pg_current_snapshot())';

const CURRENT = `select epoch, since, restored_seq::text as "restoredSeq", ${HORIZON}::text as horizon
  from catalogue.change_epoch where identity = catalogue.change_identity()`;

/** The epoch of the catalogue; a new one is begun where the database is not the one the last was begun in. */
export async function readEpoch(sql: Sql, signal?: AbortSignal): Promise<ChangeEpoch> {
  const [current] = await sql.query<ChangeEpoch>(CURRENT, [], signal);
  if (current !== undefined) return current;
  await beginEpoch(sql);
  const [begun] = await sql.query<ChangeEpoch>(CURRENT, [], signal);
  if (begun === undefined) throw new Error('catalogue.change_epoch was not written');
  return begun;
}

/**
 * Writers are kept out while it is decided whether rows of another server are here: no transaction that wrote is still running then. Rows from before
 * keep their transaction ids where those lie behind (a stand-by that took over); where they may lie ahead, the number they reach tells them apart.
 * Throws ConflictError where a writer takes longer than is worth waiting for.
 */
function beginEpoch(sql: Sql): Promise<void> {
  return sql.transaction(async (transaction) => {
    await transaction.execute("set local lock_timeout = '5s'");
    await transaction.execute('lock table catalogue.product, catalogue.tombstone in share mode');
    const [row] = await transaction.query<{ restored: string }>(
      `select (case when exists (select from catalogue.product where change_xid >= ${HORIZON})
           or exists (select from catalogue.tombstone where change_xid >= ${HORIZON})
         then (select last_value from catalogue.change_seq) else 0 end)::text as restored`,
    );
    const restored = BigInt(row?.restored ?? 0);
    // A restart takes from every session the numbers it had put by.
    if (restored > 0n) await transaction.execute(`alter sequence catalogue.change_seq restart with ${restored + 1n}`);
    await transaction.execute(
      `insert into catalogue.change_epoch (identity, restored_seq) values (catalogue.change_identity(), $1::bigint)
       on conflict (single) do update set epoch = excluded.epoch, identity = excluded.identity,
         restored_seq = excluded.restored_seq, since = excluded.since
       where change_epoch.identity <> excluded.identity`,
      [String(restored)],
    );
  });
}

/** Sessions of other users hide when they began; none of ours writes for longer than this. */
const HIDDEN = "interval '10 minutes'";
/** A session takes the time a moment before it tells of its transaction. */
const MARGIN = "interval '1 second'";

const OLDEST = `select date_trunc('milliseconds', least(clock_timestamp(), min(xact_start) filter (where pid <> pg_backend_pid()),
      clock_timestamp() - case when bool_or(query = '<insufficient privilege>') then ${HIDDEN} else interval '0' end) - ${MARGIN}) as at
  from pg_stat_activity where datname = current_database() and backend_type = 'client backend'`;

/**
 * The instant before which no transaction that still runs is dated: what is read by date after this call, up to it, misses none.
 * Rows are dated by the begin of their transaction and seen from its end on.
 */
export async function readCompleteUntil(sql: Sql): Promise<Date> {
  const [row] = await sql.query<{ at: Date }>(OLDEST);
  if (row === undefined) throw new Error('pg_stat_activity is empty');
  return row.at;
}
