import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { testDatabases, type TestDatabase } from '#test/support/database.js';

/** Servers start in here; on a busy machine a first embedded one takes a minute. */
jest.setTimeout(300_000);

describe.each(testDatabases().map((kind) => [kind.name, kind] as const))('DatabaseSql on %s', (_, kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await kind.open();
    await database.sql.execute('create table public.note (id int primary key, size int8, at timestamptz)');
  });
  beforeEach(() => database.sql.execute('truncate note'));
  afterAll(async () => {
    await database?.close();
    await kind.stop();
  });

  const count = async () => (await database.sql.query<{ n: number }>('select count(*) as n from note'))[0]?.n;

  it('gives rows with sizes as numbers and instants as Dates', async () => {
    const at = new Date('2024-02-29T23:59:59.999Z');
    expect(await database.sql.execute('insert into note values ($1, $2, $3), (2, null, null)', [1, 2 ** 40, at])).toBe(
      2,
    );
    expect(await database.sql.query('select * from note order by id')).toEqual([
      { id: 1, size: 2 ** 40, at },
      { id: 2, size: null, at: null },
    ]);
    expect(await database.sql.query('update note set size = 3 where id = 1 returning size')).toEqual([{ size: 3 }]);
  });

  it('has PostGIS', async () => {
    const [row] = await database.sql.query<{ text: string }>(
      'select st_astext(st_transform(st_setsrid(st_makepoint(9, 0), 4326), 32632), 0) as text',
    );
    expect(row?.text).toBe('POINT(500000 0)');
  });

  it('commits a transaction whole or not at all', async () => {
    await database.sql.transaction((sql) => sql.execute('insert into note values (1)'));
    const failing = database.sql.transaction(async (sql) => {
      await sql.execute('insert into note values (2)');
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await count()).toBe(1);
  });

  it('throws what the work threw as it is', async () => {
    const refused = Object.assign(new Error('another server is away'), { code: 'ECONNREFUSED' });
    await expect(database.sql.transaction(() => Promise.reject(refused))).rejects.toBe(refused);
  });

  it('does not pretend to commit after a failure the caller swallowed', async () => {
    const swallowed = database.sql.transaction(async (sql) => {
      await sql.execute('insert into note values (1)');
      await sql.execute('insert into note values (1)').catch(() => undefined);
    });
    await expect(swallowed).rejects.toMatchObject({ code: '23505' });
    expect(await count()).toBe(0);
  });

  it('undoes only the inner transaction that failed', async () => {
    await database.sql.transaction(async (sql) => {
      await sql.execute('insert into note values (1)');
      const inner = sql.transaction(async (nested) => {
        await nested.execute('insert into note values (2)');
        await nested.execute('insert into note values (1)');
      });
      await expect(inner).rejects.toMatchObject({ code: '23505' });
      await sql.transaction((nested) => nested.execute('insert into note values (3)'));
    });
    expect(await database.sql.query('select id from note order by id')).toEqual([{ id: 1 }, { id: 3 }]);
  });
});
