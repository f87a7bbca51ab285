import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { cancelStatement, createDataSource } from '#adapters/postgres/data-source.js';
import { databaseConfig, type DatabaseConfig } from '#adapters/postgres/database.config.js';
import { DatabaseSql } from '#adapters/postgres/database-sql.js';
import { migrate } from '#adapters/postgres/migrations.js';
import type { Sql } from '#adapters/postgres/sql.js';
import { startPostgresServer, type PostgresServer } from './postgres-server.js';

/** An empty, migrated database of one test. */
export interface TestDatabase {
  readonly sql: Sql;
  /** What opens the same database by configuration. */
  readonly config: DatabaseConfig;
  close(): Promise<void>;
}

/** A kind of database every store is tested on. */
export interface TestDatabaseKind {
  readonly name: 'postgres' | 'embedded';
  /** Makes a database; the first call starts what is needed. */
  open(): Promise<TestDatabase>;
  /** Ends what `open` started. */
  stop(): Promise<void>;
}

const POSTGRES_FOLDER = join(import.meta.dirname, '../../libs/adapters/src/postgres');
/** Any number that nothing else on the server uses. */
const TEMPLATE_LOCK = 7_305_241_878;

/** Every kind of database, for `describe.each(testDatabases())`; call `stop` after all tests. */
export function testDatabases(): readonly TestDatabaseKind[] {
  return [postgresDatabases()];
}

/** A real PostgreSQL: each database a copy of a migrated template. */
export function postgresDatabases(): TestDatabaseKind {
  let started: Promise<{ server: PostgresServer; template: string }> | undefined;
  const start = async () => {
    const server = await startPostgresServer();
    return { server, template: await ensureTemplate(server.url) };
  };
  return {
    name: 'postgres',
    open: async () => {
      const { server, template } = await (started ??= start());
      const name = `frombork_test_${randomBytes(6).toString('hex')}`;
      await administer(server.url, (client) => client.query(`create database ${name} template ${template}`));
      return connect(inDatabase(server.url, name), () =>
        administer(server.url, (client) => client.query(`drop database ${name} with (force)`)),
      );
    },
    stop: async () => {
      await (await started)?.server.stop();
    },
  };
}

async function connect(url: string, drop: () => Promise<unknown>): Promise<TestDatabase> {
  const config = databaseConfig.parse({ DATABASE_URL: url, DATABASE_POOL: 5 });
  const source = createDataSource({
    server: { url },
    poolSize: config.DATABASE_POOL,
    statementTimeoutMs: config.DATABASE_STATEMENT_TIMEOUT_MS,
    applicationName: 'frombork-test',
  });
  await source.initialize();
  const sql = new DatabaseSql(source, (runner) => cancelStatement(source, runner));
  return {
    sql,
    config,
    close: async () => {
      await source.destroy();
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
    const source = createDataSource({
      server: { url: inDatabase(url, making) },
      poolSize: 1,
      statementTimeoutMs: 0,
      applicationName: 'frombork-test-template',
    });
    await source.initialize();
    try {
      await migrate(source);
    } finally {
      await source.destroy();
    }
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

async function administer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function inDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}
