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
const OLDEST_POSTGIS = 303;

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
    await requireVersions(source);
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

async function requireVersions(source: DataSource): Promise<void> {
  const [found] = (await source.query(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as server,
       (select default_version from pg_available_extensions where name = 'postgis') as postgis`,
  )) as { number: number; server: string; postgis: string | null }[];
  if (found === undefined || found.number < OLDEST_POSTGRES) {
    throw new UnavailableError(`The database is PostgreSQL ${found?.server}; 15 or newer is needed.`);
  }
  const [major = 0, minor = 0] = (found.postgis ?? '').split('.').map(Number);
  if (major * 100 + minor < OLDEST_POSTGIS) {
    throw new UnavailableError(`The database server has PostGIS ${found.postgis ?? '(none)'}; 3.3 or newer is needed.`);
  }
}
