import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { findProgram, freePort, startDaemon } from './daemon.js';

/** A real PostgreSQL server with PostGIS to test against. */
export interface PostgresServer {
  /** Of a database a superuser may make others from. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A PostgreSQL server of our own, which a test may kill. */
export interface OwnPostgresServer extends PostgresServer {
  readonly pid: number;
  /** `kill -9`; the data stay. */
  kill(): Promise<void>;
  /** Starts again on the same port and data. */
  restart(): Promise<void>;
}

const run = promisify(execFile);
const INSTALL = 'apt-get install postgresql-15 postgresql-15-postgis-3, or give TEST_DATABASE_URL';
/** Nothing in a test outlives the server, so nothing need reach the disk. */
const UNSAFE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

/** The server TEST_DATABASE_URL names, else one of our own. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const url = process.env['TEST_DATABASE_URL'] ?? '';
  if (url === '') return startOwnPostgresServer();
  process.stdout.write('PostgreSQL: the server of TEST_DATABASE_URL\n');
  return { url, stop: () => Promise.resolve() };
}

/** Makes a cluster in a temporary folder and starts it on loopback and a free port. Throws, saying what to install, where it is missing. */
export async function startOwnPostgresServer(): Promise<OwnPostgresServer> {
  const programs = findPrograms();
  const asUser = await unprivileged();
  const folder = await mkdtemp(join(tmpdir(), 'frombork-pg-'));
  const data = join(folder, 'data');
  await mkdir(data);
  for (const path of [folder, data]) await chown(path, asUser.uid, asUser.gid);
  await run(
    ...command([
      ...asUser.prefix,
      programs.initdb,
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-N',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
    ]),
    { cwd: folder },
  );
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const settings = [...UNSAFE, 'listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`];
  const server = [...asUser.prefix, programs.postgres, '-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  const start = () => startDaemon(server, () => answers(url));
  let daemon = await start();
  process.stdout.write(`PostgreSQL: started ${programs.postgres} on port ${port} (pid ${daemon.pid})\n`);
  return {
    url,
    get pid() {
      return daemon.pid;
    },
    kill: () => daemon.kill(),
    restart: async () => {
      await daemon.kill();
      daemon = await start();
    },
    stop: async () => {
      // Immediate shutdown: open connections are cut, and the cluster is thrown away.
      process.kill(daemon.pid, 'SIGQUIT');
      await daemon.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Makes a database on a server: empty, or a copy of a template. */
export async function emptyDatabase(
  serverUrl: string,
  template = 'template1',
): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `frombork_test_${randomBytes(6).toString('hex')}`;
  await administer(serverUrl, (client) => client.query(`create database ${name} template ${template}`));
  return {
    url: inDatabase(serverUrl, name),
    drop: () => administer(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}

/** Runs work on a connection of its own. */
export async function administer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** The same server, another database. */
export function inDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** Debian keeps the server's programs out of every PATH, by version. */
function findPrograms(): { initdb: string; postgres: string } {
  const root = '/usr/lib/postgresql';
  const newest = listFolder(root)
    .filter((name) => Number(name) >= 15)
    .toSorted((a, b) => Number(b) - Number(a))[0];
  const find = (name: string) => {
    const path = join(root, newest ?? '', 'bin', name);
    return existsSync(path) ? path : findProgram(name);
  };
  const [initdb, postgres] = [find('initdb'), find('postgres')];
  if (initdb === undefined || postgres === undefined) throw new Error(`PostgreSQL is missing: ${INSTALL}.`);
  return { initdb, postgres };
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** PostgreSQL refuses to run as root: there it runs as the user `postgres`, in place of the shell so that its pid is the server's. */
async function unprivileged(): Promise<{ prefix: string[]; uid: number; gid: number }> {
  const [uid = 0, gid = 0] = [process.getuid?.(), process.getgid?.()];
  if (uid !== 0) return { prefix: [], uid, gid };
  const setpriv = findProgram('setpriv');
  if (setpriv === undefined)
    throw new Error(`PostgreSQL does not run as root and setpriv is missing: give TEST_DATABASE_URL.`);
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  return {
    prefix: [setpriv, '--reuid=postgres', '--regid=postgres', '--init-groups', '--'],
    uid: await id('-u'),
    gid: await id('-g'),
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function command([program = '', ...words]: readonly string[]): [string, string[]] {
  return [program, words];
}
