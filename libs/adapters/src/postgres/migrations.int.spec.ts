import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ConflictError } from '#domain/errors.js';
import { emptyDatabase, startPostgresServer, type PostgresServer } from '#test/support/postgres-server.js';
import { createDataSource } from './data-source.js';
import { migrate, MIGRATIONS, MIGRATIONS_TABLE } from './migrations.js';

/** Servers start in here; on a busy machine a first embedded one takes a minute. */
jest.setTimeout(300_000);

describe('migrate', () => {
  let server: PostgresServer | undefined;
  let database: { url: string; drop(): Promise<void> };
  beforeEach(async () => {
    server ??= await startPostgresServer();
    database = await emptyDatabase(server.url);
  });
  afterEach(() => database?.drop());
  afterAll(() => server?.stop());

  const open = () =>
    createDataSource({
      server: { url: database.url },
      poolSize: 2,
      statementTimeoutMs: 10_000,
      applicationName: 'frombork-test',
    }).initialize();

  it('lets several processes start at once, each step done once', async () => {
    const sources = await Promise.all([open(), open(), open(), open()]);
    await Promise.all(sources.map((source) => migrate(source)));
    const done: unknown = await sources[0]?.query(`select name from ${MIGRATIONS_TABLE} order by timestamp`);
    expect(done).toEqual(MIGRATIONS.map((step) => ({ name: new step().name })));
    await Promise.all(sources.map((source) => source.destroy()));
  });

  it('refuses a database that is newer than the code, and changes nothing', async () => {
    const source = await open();
    await migrate(source);
    await source.query(
      `insert into ${MIGRATIONS_TABLE} (timestamp, name) values (9999, 'from-the-future-0000000009999')`,
    );
    await expect(migrate(source)).rejects.toThrow(ConflictError);
    await expect(migrate(source)).rejects.toThrow(/newer than this version.*from-the-future/);
    await source.destroy();
  });

  it('leaves nothing of steps of which one failed', async () => {
    const source = await open();
    await source.query('create table public.frombork_probe (id int)');
    await source.query('create schema bus');
    await source.query('create table bus.outbox (id int)');
    await expect(migrate(source)).rejects.toThrow(/outbox/);
    const [found] = (await source.query("select to_regclass('frombork_migrations') as name")) as { name: unknown }[];
    expect(found?.name).toBeNull();
    await source.destroy();
  });

  it('numbers its steps in order', () => {
    const names = MIGRATIONS.map((step) => new step().name);
    const numbers = names.map((name) => Number(/-(\d{13})$/.exec(name)?.[1]));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
