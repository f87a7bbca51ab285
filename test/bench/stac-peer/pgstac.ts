import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '#test/support/daemon.js';
import { runProgram } from './run-program.js';

/** The releases measured; uvicorn with its C parser and event loop, as it is deployed. */
const PACKAGES = ['stac-fastapi.pgstac==7.2.0', 'pypgstac[psycopg]==0.10.0', 'uvicorn[standard]==0.54.0'];
const CONNECTIONS = 10;

/** stac-fastapi-pgstac in a Python environment of its own, over a database of its own. */
export class Pgstac {
  private constructor(
    private readonly home: string,
    readonly databaseUrl: string,
  ) {}

  /** Installs it (once per folder). */
  static async install(home: string, databaseUrl: string): Promise<Pgstac> {
    if (!existsSync(join(home, 'bin', 'pypgstac'))) {
      await runProgram('python3', ['-m', 'venv', home]);
      await runProgram(join(home, 'bin', 'pip'), ['-q', 'install', ...PACKAGES]);
    }
    return new Pgstac(home, databaseUrl);
  }

  /** Makes its database anew: its schema, the collections in partitions of a year (as ours are), and an index on the cloud cover. */
  async create(collections: readonly object[]): Promise<void> {
    const url = new URL(this.databaseUrl);
    const name = url.pathname.slice(1);
    url.pathname = '/postgres';
    await execute(url.href, `drop database if exists ${name}`, `create database ${name}`);
    await execute(this.databaseUrl, 'create extension postgis', 'create extension btree_gist');
    await this.pypgstac(['migrate']);
    await this.pypgstac(
      ['load', 'collections', 'stdin'],
      collections.map((each) => `${JSON.stringify(each)}\n`),
    );
    await execute(
      this.databaseUrl,
      'set search_path to pgstac, public',
      "update collections set partition_trunc = 'year'",
      `insert into queryables (name, definition, property_wrapper, property_index_type)
       select 'eo:cloud_cover', '{"type": "number"}', 'to_float', 'BTREE'
       where not exists (select from queryables where name = 'eo:cloud_cover')`,
      "update queryables set property_wrapper = 'to_float', property_index_type = 'BTREE' where name = 'eo:cloud_cover'",
    );
  }

  /** Loads items, one a line, by its fastest way: COPY into the partitions, and plain inserts. */
  async load(lines: Iterable<string> | AsyncIterable<string>): Promise<void> {
    await this.pypgstac(['load', 'items', 'stdin', '--method', 'insert'], lines);
  }

  /** The same from a file. */
  async loadFile(file: string): Promise<void> {
    await this.pypgstac(['load', 'items', file, '--method', 'insert']);
  }

  /** What its operators are told to do after a bulk load. */
  async settle(): Promise<void> {
    await execute(this.databaseUrl, 'vacuum analyze');
  }

  /** One uvicorn worker, as ours is one process; `writable`: with its transactions. */
  async serve({ writable = false } = {}): Promise<{
    readonly url: string;
    readonly pid: number;
    stop(): Promise<void>;
  }> {
    const port = await freePort();
    const { hostname, port: databasePort, username, password, pathname } = new URL(this.databaseUrl);
    const application = 'stac_fastapi.pgstac.app:create_app';
    const flags = ['--factory', '--host', '127.0.0.1', '--port', String(port), '--no-access-log'];
    const server = spawn(join(this.home, 'bin', 'uvicorn'), [application, ...flags, '--workers', '1'], {
      env: {
        PATH: process.env['PATH'],
        PGHOST: hostname,
        PGPORT: databasePort,
        PGUSER: username,
        PGPASSWORD: password || 'none',
        PGDATABASE: pathname.slice(1),
        DB_MAX_CONN_SIZE: String(CONNECTIONS),
        ENABLE_TRANSACTIONS_EXTENSIONS: String(writable),
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const url = `http://127.0.0.1:${port}`;
    await untilAnswers(url);
    const stop = async (): Promise<void> => {
      const gone = once(server, 'exit');
      server.kill('SIGTERM');
      await gone;
    };
    return { url, pid: server.pid ?? 0, stop };
  }

  private pypgstac(words: readonly string[], lines: Iterable<string> | AsyncIterable<string> = []): Promise<void> {
    const dsn = this.databaseUrl.replace(/^postgres:/, 'postgresql:');
    return runProgram(join(this.home, 'bin', 'pypgstac'), [...words, '--dsn', dsn], lines);
  }
}

async function execute(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function untilAnswers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const answered = await fetch(`${url}/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
    await wait(200);
  }
  throw new Error('stac-fastapi-pgstac does not answer');
}
