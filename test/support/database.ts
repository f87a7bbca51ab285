import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDatabase, type ConnectedDatabase } from '#adapters/postgres/connect-database.js';
import { databaseConfig, type DatabaseConfig } from '#adapters/postgres/database.config.js';
import { administer, emptyDatabase, inDatabase, startPostgresServer, type PostgresServer } from './postgres-server.js';

/** An empty, migrated database of one test. */
export interface TestDatabase extends ConnectedDatabase {
  /** What opens the same database by configuration (the embedded one once this is closed). */
  readonly config: DatabaseConfig;
}

/** A kind of database every store is tested on. */
export interface TestDatabaseKind {
  readonly name: 'postgres' | 'embedded';
  /** Makes a database; the first call starts what is needed. */
  open(): Promise<TestDatabase>;
  /** Ends what `open` started. */
  stop(): Promise<void>;
}

const POSTGRES_FOLDER = 'libs/adapters/src/postgres';
/** Any number that nothing else on the server uses. */
const TEMPLATE_LOCK = 7_305_241_878;

/** Every kind of database, for `describe.each(testDatabases())`; call `stop` after all tests. */
export function testDatabases(): readonly TestDatabaseKind[] {
  return [postgresDatabases(), embeddedDatabases()];
}

/** A real PostgreSQL: each database a copy of a migrated template. */
export function postgresDatabases(): TestDatabaseKind {
  let started: Promise<{ server: PostgresServer; template: string }> | undefined;
  const start = async () => {
    const server = await startPostgresServer();
    try {
      return { server, template: await ensureTemplate(server.url) };
    } catch (error) {
      await server.stop();
      throw error;
    }
  };
  return {
    name: 'postgres',
    open: async () => {
      const { server, template } = await (started ??= start());
      const empty = await emptyDatabase(server.url, template);
      return connect({ DATABASE_URL: empty.url }, () => empty.drop());
    },
    stop: async () => {
      await (await started?.catch(() => undefined))?.server.stop();
    },
  };
}

/** Embedded PostGIS: each database in a temporary folder of its own. */
export function embeddedDatabases(): TestDatabaseKind {
  return {
    name: 'embedded',
    open: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'frombork-embedded-'));
      return connect({ FROMBORK_DATA: folder }, () => rm(folder, { recursive: true, force: true }));
    },
    stop: () => Promise.resolve(),
  };
}

async function connect(environment: Record<string, unknown>, drop: () => Promise<unknown>): Promise<TestDatabase> {
  const config = databaseConfig.parse({ DATABASE_POOL: 5, ...environment });
  const database = await connectDatabase(config);
  return {
    ...database,
    config,
    close: async () => {
      await database.close();
      await drop();
    },
  };
}

/** The template's name tells the migrations in it, so that a server that is kept never serves a stale one. */
async function ensureTemplate(url: string): Promise<string> {
  const template = `frombork_template_${await digestOfMigrations()}`;
  await administer(url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (rowCount !== 0) return;
    const making = `${template}_${process.pid}`;
    await client.query(`create database ${making}`);
    await (await connectDatabase(databaseConfig.parse({ DATABASE_URL: inDatabase(url, making) }))).close();
    await client.query(`alter database ${making} rename to ${template}`);
  });
  return template;
}

async function digestOfMigrations(): Promise<string> {
  const folder = join(POSTGRES_FOLDER, 'migrations');
  const hash = createHash('sha256');
  for (const name of (await readdir(folder)).toSorted()) hash.update(name).update(await readFile(join(folder, name)));
  hash.update(await readFile(join(POSTGRES_FOLDER, 'migrations.ts')));
  return hash.digest('hex').slice(0, 12);
}
