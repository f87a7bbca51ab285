import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { embeddedDatabases, type TestDatabase } from '#test/support/database.js';
import { ConflictError, TimeoutError } from '#domain/errors.js';
import { connectDatabase } from '../connect-database.js';
import { databaseConfig } from '../database.config.js';

/** Servers start in here; on a busy machine a first embedded one takes a minute. */
jest.setTimeout(300_000);

/** Two squares crossing themselves: their difference throws inside GEOS 3.14. */
const BROKEN = `st_difference('POLYGON((0 0,2 2,0 2,2 0,0 0))'::geometry, 'POLYGON((0 1,2 1,1 0,1 2,0 1))'::geometry)`;
const SWALLOWED = /geometry library failed/;

describe('embedded database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await embeddedDatabases().open();
    await database.sql.execute('create table public.place (id int, geom geometry)');
  });
  afterAll(() => database?.close());

  const ids = async () =>
    (await database.sql.query<{ id: number }>('select id from place order by id')).map(({ id }) => id);
  const clear = () => database.sql.execute('truncate place');

  it('says that GEOS failed, by the simple protocol and with parameters', async () => {
    await expect(database.sql.query(`select ${BROKEN}`)).rejects.toThrow(SWALLOWED);
    await expect(database.sql.query(`select $1::int, ${BROKEN}`, [1])).rejects.toThrow(SWALLOWED);
    expect(await database.sql.query('select 7 as seven')).toEqual([{ seven: 7 }]);
  });

  it('commits nothing of a statement that lost its exception half way', async () => {
    await clear();
    const halfWay = `insert into place select i, case when i = 3 then ${BROKEN.replaceAll("'::geometry", "'::text::geometry")} end from generate_series(1, 5) i`;
    await expect(database.sql.query(halfWay)).rejects.toThrow(SWALLOWED);
    await expect(database.sql.query(`${halfWay} where i > $1`, [0])).rejects.toThrow(SWALLOWED);
    await expect(database.sql.query(`insert into place values (100); ${halfWay}`)).rejects.toThrow(SWALLOWED);
    expect(await ids()).toEqual([]);
  });

  it('aborts the transaction in which GEOS failed', async () => {
    await clear();
    const transaction = database.sql.transaction(async (sql) => {
      await sql.execute('insert into place values (1)');
      await sql.execute(`insert into place select $1, ${BROKEN}`, [2]);
    });
    await expect(transaction).rejects.toThrow(SWALLOWED);
    expect(await ids()).toEqual([]);
    await database.sql.transaction(async (sql) => {
      await sql.execute('insert into place values (3)');
      const inner = sql.transaction((nested) => nested.execute(`insert into place select 4, ${BROKEN}`));
      await expect(inner).rejects.toThrow(SWALLOWED);
    });
    expect(await ids()).toEqual([3]);
  });

  it('keeps transactions apart though there is one session', async () => {
    await clear();
    const writer = (id: number) =>
      database.sql.transaction(async (sql) => {
        await sql.execute('insert into place values ($1)', [id]);
        await sleep(5);
        if (id % 3 === 0) throw new Error('roll back');
        await sql.execute('insert into place values ($1)', [id + 100]);
      });
    const done = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => writer(i)));
    expect(done.filter(({ status }) => status === 'rejected')).toHaveLength(4);
    const kept = Array.from({ length: 12 }, (_, i) => i).filter((i) => i % 3 !== 0);
    expect(await ids()).toEqual([...kept, ...kept.map((i) => i + 100)]);
  });

  it('rolls back what a broken connection left open', async () => {
    await clear();
    const client = await rawClient();
    await client.query('begin');
    await client.query('insert into place values (1)');
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    await database.sql.execute('insert into place values (2)');
    expect(await ids()).toEqual([2]);
  });

  it('gives up an answer past its budget or signal, and goes on', async () => {
    const slow = 'select count(*) from generate_series(1, 3000000)';
    const began = Date.now();
    await expect(database.sql.query(slow, [], AbortSignal.timeout(1))).rejects.toThrow(TimeoutError);
    const controller = new AbortController();
    controller.abort(new Error('client went away'));
    await expect(database.sql.query(slow, [], controller.signal)).rejects.toThrow('client went away');
    expect(await database.sql.query('select 1 as one')).toEqual([{ one: 1 }]);
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  it('tells every listener on every connection, after the commit', async () => {
    const heard: string[] = [];
    const [a, b] = [await rawClient(), await rawClient()];
    for (const client of [a, b]) {
      await client.query('listen news');
      client.on('notification', ({ payload }) => heard.push(payload ?? ''));
    }
    await database.sql.transaction(async (sql) => {
      await sql.execute("select pg_notify('news', 'kept')");
      await sleep(50);
      expect(heard).toEqual([]);
    });
    await database.sql
      .transaction(async (sql) => {
        await sql.execute("select pg_notify('news', 'lost')");
        throw new Error('no');
      })
      .catch(() => undefined);
    await sleep(100);
    expect(heard).toEqual(['kept', 'kept']);
    await Promise.all([a.end(), b.end()]);
  });

  it('starts over where its first start was killed half way', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'frombork-half-'));
    await mkdir(join(folder, 'database/data/base'), { recursive: true });
    await writeFile(join(folder, 'database/data/PG_VERSION'), '18');
    const begun = await connectDatabase(databaseConfig.parse({ FROMBORK_DATA: folder }));
    await begun.check();
    await begun.close();
    await rm(folder, { recursive: true });
  });

  it('opens also where the folder is too deep for a socket', async () => {
    const root = await mkdtemp(join(tmpdir(), 'frombork-deep-'));
    const folder = join(root, 'a-mirror-of-the-whole-archive'.repeat(4));
    const deep = await connectDatabase(databaseConfig.parse({ FROMBORK_DATA: folder }));
    expect(await deep.sql.query('select 1 as one')).toEqual([{ one: 1 }]);
    await deep.close();
    await rm(root, { recursive: true });
  });

  it('is refused to anybody else while it is open', async () => {
    await expect(connectDatabase(database.config)).rejects.toThrow(ConflictError);
    await expect(connectDatabase(database.config)).rejects.toThrow(/in use by process \d+/);
  });

  async function rawClient() {
    const client = new pg.Client(database.clientOptions);
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
});
