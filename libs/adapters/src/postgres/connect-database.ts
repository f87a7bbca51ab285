import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { UnavailableError } from '#domain/errors.js';
import { AmbientSql } from './ambient-sql.js';
import { cancelStatement } from './cancel-statement.js';
import { clientOptions, createDataSource, type ConnectionSettings } from './data-source.js';
import type { DatabaseConfig } from './database.config.js';
import { databaseError } from './database-error.js';
import { DatabaseSql } from './database-sql.js';
import { openEmbeddedDatabase } from './embedded/embedded-database.js';
import { migrate } from './migrations.js';
import { NotificationListener } from './notification-listener.js';

/** A database with its schema up to date, ready for the stores. */
export interface ConnectedDatabase {
  readonly sql: AmbientSql;
  readonly listener: NotificationListener;
  /** What opens another connection by hand. */
  readonly clientOptions: ReturnType<typeof clientOptions>;
  /** Whether it is the embedded one, which has one session. */
  readonly embedded: boolean;
  /** Throws UnavailableError. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** One session serves all: more connections only wait. */
const EMBEDDED_POOL = 5;
const OLDEST_POSTGRES = 150_000;

/** Connects to the server DATABASE_URL names, or starts the embedded database, and brings the schema up to date. Throws UnavailableError, ConflictError. */
export async function connectDatabase(config: DatabaseConfig): Promise<ConnectedDatabase> {
  const { DATABASE_URL: url } = config;
  const limits = { statementTimeoutMs: config.DATABASE_STATEMENT_TIMEOUT_MS, applicationName: 'frombork' };
  if (url !== undefined) {
    return connect({ ...limits, server: { url }, poolSize: config.DATABASE_POOL }, false);
  }
  const engine = await openEmbeddedDatabase(join(config.FROMBORK_DATA, 'database'));
  const poolSize = Math.min(config.DATABASE_POOL, EMBEDDED_POOL);
  try {
    const server = { socketFolder: engine.socketFolder };
    const database = await connect({ ...limits, server, poolSize }, true);
    return {
      ...database,
      check: async () => {
        engine.check();
        await database.check();
      },
      close: async () => {
        await database.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function connect(settings: ConnectionSettings, embedded: boolean): Promise<ConnectedDatabase> {
  const source = createDataSource(settings);
  try {
    await source.initialize();
    await requireVersion(source);
    await migrate(source);
  } catch (error) {
    if (source.isInitialized) await source.destroy();
    throw databaseError(error);
  }
  // The embedded engine knows neither cancel requests nor a statement timeout: there the answer is given up.
  const control = embedded ? { budgetMs: settings.statementTimeoutMs } : { cancel: cancelStatement };
  const sql = new AmbientSql(new DatabaseSql(source, control));
  const options = clientOptions(settings);
  const listener = new NotificationListener(options);
  return {
    sql,
    listener,
    clientOptions: options,
    embedded,
    check: async () => {
      await sql.query('select 1');
    },
    close: async () => {
      await listener.close();
      await source.destroy();
    },
  };
}

async function requireVersion(source: DataSource): Promise<void> {
  const [server] = (await source.query(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  )) as { number: number; version: string }[];
  if (server !== undefined && server.number >= OLDEST_POSTGRES) return;
  throw new UnavailableError(`The database is PostgreSQL ${server?.version}; 15 or newer is needed.`);
}
