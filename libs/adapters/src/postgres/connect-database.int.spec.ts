import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ConflictError, TimeoutError, UnavailableError } from '#domain/errors.js';
import { freePort } from '#test/support/daemon.js';
import { startOwnPostgresServer, type OwnPostgresServer } from '#test/support/postgres-server.js';
import { connectDatabase, type ConnectedDatabase } from './connect-database.js';
import { databaseConfig } from './database.config.js';

/** Servers start in here; on a busy machine a first embedded one takes a minute. */
jest.setTimeout(300_000);

describe('connectDatabase to PostgreSQL', () => {
  let server: OwnPostgresServer;
  let database: ConnectedDatabase;
  const connect = (more: Record<string, unknown> = {}) =>
    connectDatabase(databaseConfig.parse({ DATABASE_URL: server.url, DATABASE_POOL: 4, ...more }));
  beforeAll(async () => {
    server = await startOwnPostgresServer();
    database = await connect();
    await database.sql.execute('create table public.counter (id int primary key, n int)');
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });

  const sleeping = async () =>
    (
      await database.sql.query<{ n: number }>(
        "select count(*) as n from pg_stat_activity where state = 'active' and query like 'select pg_sleep%'",
      )
    )[0]?.n;

  const nothingRuns = async () => {
    for (let i = 0; (await sleeping()) !== 0 && i < 50; i++) await sleep(20);
    expect(await sleeping()).toBe(0);
  };

  it('cancels a statement past its budget', async () => {
    const hasty = await connect({ DATABASE_STATEMENT_TIMEOUT_MS: 100 });
    await expect(hasty.sql.query('select pg_sleep(20)')).rejects.toThrow(TimeoutError);
    expect(await hasty.sql.query('select 1 as one')).toEqual([{ one: 1 }]);
    await hasty.close();
  });

  it('cancels on the server what the caller gave up', async () => {
    const controller = new AbortController();
    const given = database.sql.query('select pg_sleep(20)', [], controller.signal);
    await sleep(200);
    expect(await sleeping()).toBe(1);
    controller.abort(new Error('client went away'));
    await expect(given).rejects.toThrow('client went away');
    await nothingRuns();
    await expect(database.sql.query('select pg_sleep(20)', [], AbortSignal.timeout(50))).rejects.toThrow(TimeoutError);
  });

  it('cancels also while every connection of the pool is busy', async () => {
    const controller = new AbortController();
    const busy = Array.from({ length: 4 }, () => database.sql.query('select pg_sleep(20)', [], controller.signal));
    await sleep(200);
    const began = Date.now();
    controller.abort(new Error('enough'));
    for (const statement of busy) await expect(statement).rejects.toThrow('enough');
    await nothingRuns();
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('repeats a transaction after a deadlock', async () => {
    await database.sql.execute('insert into counter values (1, 0), (2, 0)');
    const crossing = (first: number, second: number) =>
      database.sql.transaction(async (sql) => {
        await sql.execute('update counter set n = n + 1 where id = $1', [first]);
        await sleep(50);
        await sql.execute('update counter set n = n + 1 where id = $1', [second]);
      });
    await Promise.all([crossing(1, 2), crossing(2, 1)]);
    expect(await database.sql.query('select n from counter order by id')).toEqual([{ n: 2 }, { n: 2 }]);
  });

  it('gives up with ConflictError where every attempt collides', async () => {
    let attempts = 0;
    const colliding = database.sql.transaction(async (sql) => {
      attempts++;
      await sql.execute("do $$ begin raise exception 'collision' using errcode = '40001'; end $$");
    });
    await expect(colliding).rejects.toThrow(ConflictError);
    expect(attempts).toBe(4);
  });

  it('says UnavailableError where nobody listens or the password is wrong', async () => {
    const nobody = `postgres://nobody@127.0.0.1:${await freePort()}/x`;
    await expect(connect({ DATABASE_URL: nobody })).rejects.toThrow(UnavailableError);
    await expect(connect({ DATABASE_URL: server.url.replace(/\/postgres$/, '/missing') })).rejects.toThrow(
      UnavailableError,
    );
  });

  it('says UnavailableError while the server is away, then goes on, and wakes listeners', async () => {
    let woken = 0;
    const stop = await database.listener.listen('news', () => void woken++);
    await server.kill();
    await expect(database.check()).rejects.toThrow(UnavailableError);
    await expect(database.sql.transaction((sql) => sql.query('select 1'))).rejects.toThrow(UnavailableError);
    await server.restart();
    await expect(database.check()).resolves.toBeUndefined();
    for (let i = 0; woken === 0 && i < 500; i++) await sleep(20);
    expect(woken).toBe(1);
    await database.sql.execute("select pg_notify('news', '')");
    for (let i = 0; woken === 1 && i < 100; i++) await sleep(20);
    expect(woken).toBe(2);
    await stop();
  });
});
