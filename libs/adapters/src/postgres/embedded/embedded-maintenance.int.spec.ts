import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { openEmbeddedDatabase, type EmbeddedDatabase } from './embedded-database.js';

/** Servers start in here; on a busy machine a first embedded one takes a minute. */
jest.setTimeout(300_000);

describe('maintenance of the embedded database', () => {
  let folder: string;
  let database: EmbeddedDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'frombork-embedded-'));
    database = await openEmbeddedDatabase(join(folder, 'database'), 300);
    client = new pg.Client({ host: database.socketFolder, user: 'postgres', database: 'postgres' });
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await database?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  const one = async <T>(statement: string) => (await client.query<{ value: T }>(statement)).rows[0]?.value;

  it('gathers statistics and clears dead rows as autovacuum would, between the clients', async () => {
    await client.query('create table many as select n, n % 7 as seven from generate_series(1, 5000) n');
    await client.query('delete from many where n <= 2500');
    const rows = () => one<number>("select reltuples::int as value from pg_class where relname = 'many'");
    for (let i = 0; (await rows()) !== 2500 && i < 100; i++) await sleep(100);
    expect(await rows()).toBe(2500);
    expect(await one<number>("select n_dead_tup::int as value from pg_stat_user_tables where relname = 'many'")).toBe(
      0,
    );
  });

  it('makes checkpoints, so that the write-ahead log stays small', async () => {
    const redo = () => one<string>('select redo_lsn::text as value from pg_control_checkpoint()');
    const before = await redo();
    await client.query('insert into many select n, 1 from generate_series(1, 100) n');
    for (let i = 0; (await redo()) === before && i < 100; i++) await sleep(100);
    expect(await redo()).not.toBe(before);
    expect(await one<string>("select setting as value from pg_settings where name = 'max_wal_size'")).toBe('256');
  });

  it('leaves an open transaction alone', async () => {
    await client.query('begin');
    await client.query('create table kept (n int)');
    await sleep(700);
    await client.query('commit');
    expect(await one<string>("select to_regclass('kept')::text as value")).toBe('kept');
  });
});
