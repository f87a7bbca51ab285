import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CatalogQuery, Filter } from '#domain/catalog/catalog-query.js';
import { productUuid } from '#domain/product/product-uuid.js';
import type { Product } from '#domain/product/product.js';
import { testBox, testCollection, testProduct } from '#test/support/catalogue-products.js';
import { testDatabases, type TestDatabase } from '#test/support/database.js';
import { seedCollections } from './catalog-collections.js';
import { CatalogMonths } from './catalog-months.js';
import { CatalogSample } from './catalog-sample.js';
import { compileCatalogQuery } from './compile-catalog-query.js';
import { CountProgress } from './count-progress.js';
import { CountMemory } from './count-memory.js';
import { countMatches } from './catalog-count.js';
import { LateCounts } from './late-counts.js';
import { SampleReader } from './sample-reader.js';
import { PostgresProductStore } from './postgres-product-store.js';
import type { ProductRow } from './product-row.js';
import type { ResultSlice } from './result-slice.js';

const CONTEXT = { source: 'test' };
const LIMITS = { readAtOnce: 0, sampleRows: 30_000, glanceRows: 3_000, timeRows: 1_000 };

/** Clouds go round in ten steps, places from west to east, two processings of each scene. */
function product(n: number, changes: Partial<Product> = {}): Product {
  const id = `p${n}`;
  return testProduct(id, {
    uuid: productUuid('a', id),
    acquiredFrom: new Date(Date.UTC(2020 + (n % 5), n % 12, 1)),
    geometry: testBox((n % 100) - 50, 0, (n % 100) - 49.5, 1),
    properties: { cloudCover: (n % 10) * 10 },
    scene: { id: `scene${Math.floor(n / 2)}`, version: String(n % 2) },
    assets: { data: { href: 'https://mirror.example/data', roles: ['data'] } },
    ...changes,
  });
}

describe.each(testDatabases().map((kind) => [kind.name, kind] as const))('the sample on %s', (_name, kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await kind.open();
    await seedCollections(database.sql, [testCollection('a')]);
    const all = Array.from({ length: 3_000 }, (_, n) => product(n));
    await new PostgresProductStore(database.sql).publish(all, CONTEXT);
  }, 180_000);
  afterAll(async () => {
    await database?.close();
    await kind.stop();
  }, 60_000);

  const count = async (
    query: Partial<CatalogQuery>,
    limits: { small: number; few: number },
    progress = new CountProgress(),
  ) => {
    const whole: CatalogQuery = { page: { kind: 'keyset', limit: 1 }, ...query };
    const compiled = compileCatalogQuery(whole, { longestMs: 0, now: new Date() });
    const sample = new CatalogSample(new SampleReader(database.sql), new CatalogMonths(database.sql), {
      ...LIMITS,
      ...limits,
    });
    return sample.count({ query: whole, count: compiled.count, progress });
  };

  it('holds every 16th product by chance, as it is now', async () => {
    const store = new PostgresProductStore(database.sql);
    for (let n = 0; n < 64; n++) {
      if (n % 3 === 0) await store.remove(product(n), 'Duplicated product', CONTEXT);
      else if (n % 3 === 1) {
        const acquiredFrom = new Date(Date.UTC(2016, 0, 1));
        await store.publish([product(n, { acquiredFrom, properties: { cloudCover: 5 } })], CONTEXT);
      }
    }
    const rows = (table: string, where: string) =>
      database.sql.query(
        `select id, uuid, acquired_from, acquired_to, cloud_cover, updated, predecessor, successor, st_astext(footprint) as place,
           words::text as words, change_seq from ${table} p where ${where} order by id`,
      );
    const sampled = await rows('catalogue.sample', 'true');
    expect(sampled).toEqual(await rows('catalogue.product', 'get_byte(uuid_send(p.uuid), 15) & 15 = 0'));
    expect(sampled.length).toBeGreaterThan(3_000 / 16 / 2);
    const [kept] = await database.sql.query<{ n: number }>(
      `select count(*) as n from catalogue.sample where content is not null or assets <> '{}'`,
    );
    expect(kept?.n).toBe(0);
  }, 60_000);

  it.each([
    ['of clouds', { filter: { op: 'lt', property: 'cloudCover', value: 50 } }, 1_500],
    ['of a place', { filter: { op: 'spatial', relation: 'intersects', geometry: testBox(-60, -10, -0.1, 10) } }, 1_500],
    ['of the latest processings', { latestOnly: true }, 1_500],
  ] as const)('estimates the number %s', async (_title, query, truth) => {
    const progress = new CountProgress();
    const counted = await count(query, { small: 0, few: 100 }, progress);
    await progress.begun;
    expect(progress.latest).toBe(counted?.value);
    expect(counted?.exact).toBe(false);
    expect(counted?.value).toBeGreaterThan(truth / 1.6);
    expect(counted?.value).toBeLessThan(truth * 1.6);
  });

  it('estimates by the page where that walks through time', async () => {
    const [start, end] = [new Date(Date.UTC(2020, 0, 1)), new Date(Date.UTC(2024, 11, 31))];
    const filter: Filter = {
      op: 'and',
      args: [
        { op: 'temporal', relation: 'overlaps', interval: { start, end } },
        { op: 'lt', property: 'cloudCover', value: 50 },
      ],
    };
    const rows = await database.sql.query<ProductRow>(
      'select acquired_from from catalogue.product where cloud_cover < 50 and acquired_from >= $1 order by acquired_from desc limit 300',
      [start],
    );
    const page = { kind: 'keyset', limit: 300 } as const;
    const progress = new CountProgress(Promise.resolve({ rows, hasNext: true, hasPrevious: false }));
    const counted = await count({ filter, page }, { small: 0, few: 100 }, progress);
    expect(counted?.exact).toBe(false);
    expect(counted?.value).toBeGreaterThan(1_500 / 1.6);
    expect(counted?.value).toBeLessThan(1_500 * 1.6);
    expect(progress.latest).toBe(counted?.value);
  });

  it.each([
    ['few', 55, 'exactOrNone', { value: 0, exact: true }],
    ['many', 100, 'exactOrNone', undefined],
    ['many', 100, 'auto', { value: expect.any(Number), exact: false }],
  ] as const)(
    'is nothing to those who want exact counts or none: %s below %s, %s',
    async (_title, below, mode, told) => {
      const filter: Filter =
        below === 55
          ? { op: 'eq', property: 'cloudCover', value: below }
          : { op: 'lt', property: 'cloudCover', value: below };
      const query: CatalogQuery = { filter, page: { kind: 'keyset', limit: 0 }, count: mode };
      const compiled = compileCatalogQuery(query, { longestMs: 0, now: new Date() });
      const months = new CatalogMonths(database.sql);
      const sample = new CatalogSample(new SampleReader(database.sql), months, { ...LIMITS, small: 0, few: 100 });
      const sources = { sql: database.sql, sample, memory: new CountMemory(database.sql), late: new LateCounts() };
      const reading = new Promise<ResultSlice>((resolve) => {
        setTimeout(() => resolve({ rows: [], hasNext: true, hasPrevious: false }), 2_000);
      });
      expect(await countMatches(sources, { query, compiled, longestMs: 0, signal: undefined }, reading)).toEqual(told);
    },
  );

  it('leaves small results and small catalogues to be counted', async () => {
    expect(
      await count({ filter: { op: 'eq', property: 'cloudCover', value: 55 } }, { small: 0, few: 100 }),
    ).toBeUndefined();
    expect(await count({}, { small: 1_000_000, few: 0 })).toBeUndefined();
    expect(await count({ ids: ['p100'] }, { small: 0, few: 0 })).toBeUndefined();
  });
});
