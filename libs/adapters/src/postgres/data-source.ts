import pg from 'pg';
import { AbstractLogger, DataSource } from 'typeorm';
import { MIGRATIONS, MIGRATIONS_TABLE } from './migrations.js';

/** How to reach a PostgreSQL server, and what each connection is granted. */
export interface ConnectionSettings {
  /** `postgres://…`, or the folder of the unix socket. */
  readonly server: { readonly url: string } | { readonly socketFolder: string };
  readonly poolSize: number;
  /** Longest a statement may take; 0 is no limit. */
  readonly statementTimeoutMs: number;
  readonly applicationName: string;
}

const CONNECT_MS = 10_000;
const IDLE_IN_TRANSACTION_MS = 60_000;
/** What a session has learnt of the catalogue took it a tenth of a second, which the next search would wait for. */
const IDLE_MS = 600_000;
const INT8 = 20;

/**
 * Searches are short: compiling them takes longer than running them, and one that took several cores would slow the others down.
 * Pages of an index are as near as any other, on flash and in memory.
 */
const PLANNING = '-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1';

/** What `pg` needs to connect: dates and sizes as JavaScript has them, every wait bounded. */
export function clientOptions(settings: ConnectionSettings) {
  const where =
    'url' in settings.server
      ? { connectionString: settings.server.url, options: PLANNING }
      : { host: settings.server.socketFolder, user: 'postgres', database: 'postgres' };
  return {
    ...where,
    application_name: settings.applicationName,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: settings.statementTimeoutMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    idleTimeoutMillis: IDLE_MS,
    keepAlive: true,
    types: { getTypeParser },
  };
}

/** The pool and the schema's steps, not yet connected. Nothing is synchronised: the schema is the migrations' alone. */
export function createDataSource(settings: ConnectionSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    ...('url' in settings.server ? { url: settings.server.url } : {}),
    applicationName: settings.applicationName,
    poolSize: settings.poolSize,
    extra: clientOptions(settings),
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    synchronize: false,
    logger: new SilentLogger(),
    migrations: [...MIGRATIONS],
    migrationsTableName: MIGRATIONS_TABLE,
    // pg removes a broken idle connection from the pool by itself; the next statement says what is wrong.
    poolErrorHandler: () => undefined,
  });
}

/** Sizes and counts are int8; they stay far below 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');
}

/** What fails is thrown; TypeORM would print it as well. */
class SilentLogger extends AbstractLogger {
  protected override writeLog(): void {}
}
