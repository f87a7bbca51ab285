import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { queryablesOf } from '#domain/catalog/queryables.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { testProduct } from '#test/support/catalogue-products.js';
import { StacModule } from './stac.module.js';

const CONTEXT = { source: 'test' };
const COLLECTION = 'sentinel-2-l1c';

interface Link {
  readonly rel: string;
  readonly href: string;
  readonly body?: object;
}

interface Page {
  readonly features: readonly { readonly id: string }[];
  readonly links: readonly Link[];
}

/** A product of a run: values repeat and are absent, so that every order has ties. */
function product(run: number, n: number, value: number): Product {
  return testProduct(`run${run}-${n}`, {
    collection: COLLECTION,
    acquiredFrom: new Date(Date.UTC(2016 + (n % 4), value % 12, 1)),
    properties: {
      datatake: `run${run}`,
      ...(value % 3 === 0 ? {} : { cloudCover: value % 5 }),
      ...(value % 4 === 0 ? {} : { platform: `p${value % 2}`, relativeOrbit: value % 3 }),
      ...(value % 5 === 0 ? {} : { processed: new Date(Date.UTC(2020, 0, value % 7)) }),
      ...(value % 7 === 0 ? {} : { polarisations: ['VV', 'VH'].slice(value % 2) }),
    },
  });
}

/**
 * More writes of one writer than most walks take. A walk upward by the time of change goes on to whatever is written
 * while it runs, as it must: against writers without an end it would have none either.
 */
const WRITES = 400;

/** Changes, adds and removes products until it is told to stop, or has done what one writer does. */
async function write(store: ProductStore, run: number, own: readonly number[], isOver: () => boolean): Promise<number> {
  let writes = 0;
  for (; !isOver() && writes < WRITES; writes++) {
    const n = own[writes % own.length]!;
    const made = product(run, n, writes * 31 + n);
    if (writes % 3 === 2) await store.remove(made, 'Obsolete product or Other', CONTEXT);
    else await store.publish([made], CONTEXT);
  }
  return writes;
}

const NAMES = [...queryablesOf('stac').keys(), 'datetime', 'created'];
const direction = fc.constantFrom('+', '-');
const sortby = fc
  .array(fc.tuple(direction, fc.constantFrom(...NAMES)), { maxLength: 3 })
  .map((keys) => keys.map(([sign, name]) => `${sign}${name}`).join());

describe('paging through the STAC API while others write', () => {
  let service: CatalogueService;
  beforeAll(async () => {
    service = await startCatalogueService([StacModule], []);
  }, 120_000);
  afterAll(() => service.stop());

  const read = async (answer: Promise<Response>): Promise<Page> => {
    const given = await answer;
    const body = (await given.json()) as Page;
    expect([given.status, given.status === 200 ? '' : body]).toEqual([200, '']);
    return body;
  };
  const post = (body: object) =>
    fetch(`${service.url}/stac/search`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  /** The ids of every page, as the links lead. */
  const walk = async (asked: Record<string, string>, by: 'GET' | 'POST'): Promise<readonly string[]> => {
    const { sortby: order, limit, ...rest } = asked;
    const body = { ...rest, limit: Number(limit), ...(order === '' ? {} : { sortby: order }) };
    const query = new URLSearchParams({ ...rest, limit: limit!, ...(order ? { sortby: order } : {}) }).toString();
    let page = await read(by === 'GET' ? fetch(`${service.url}/stac/search?${query}`) : post(body));
    const seen: string[] = [];
    for (;;) {
      seen.push(...page.features.map(({ id }) => id));
      const next = page.links.find(({ rel }) => rel === 'next');
      if (next === undefined) return seen;
      page = await read(by === 'GET' ? fetch(next.href) : post({ ...body, ...next.body }));
      await sleep(1);
    }
  };

  it('sorts by every queryable there is', async () => {
    await service.publish([0, 1, 2].map((n) => product(0, n, n)));
    for (const name of NAMES) expect(await walk({ sortby: `-${name}`, limit: '2' }, 'GET')).toHaveLength(3);
  }, 60_000);

  it('shows what nobody touches exactly once and in order, whatever the order', async () => {
    let run = 0;
    const property = fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 5, maxLength: 30 }),
      fc.array(sortby, { minLength: 2, maxLength: 3 }),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom('GET' as const, 'POST' as const),
      async (values, orders, limit, by) => {
        run += 1;
        const store = service.port(ProductStore);
        const all = values.map((value, n) => product(run, n, value));
        await store.publish(all, CONTEXT);
        const filter = `eopf:datatake_id = 'run${run}'`;
        const asked = (order: string, many: number) => ({
          filter,
          sortby: order,
          limit: String(many),
          'filter-lang': 'cql2-text',
        });
        // Every third is theirs to change, and as many are theirs to add.
        const untouched = new Set(all.filter((_, n) => n % 3 !== 0).map(({ id }) => id));
        const expected = await Promise.all(orders.map((order) => walk(asked(order, 1000), by)));
        let over = false;
        const theirs = all.flatMap((_, n) => (n % 3 === 0 ? [n, 100 + n] : []));
        const half = Math.ceil(theirs.length / 2);
        const writers = [theirs.slice(0, half), theirs.slice(half)]
          .filter((own) => own.length > 0)
          .map((own) => write(store, run, own, () => over));
        const shown = await Promise.all(orders.map((order) => walk(asked(order, limit), by))).finally(
          () => (over = true),
        );
        expect(Math.min(...(await Promise.all(writers)))).toBeGreaterThan(0);
        for (const [at, ids] of shown.entries()) {
          const order = expected[at]!.filter((id) => untouched.has(id));
          expect(ids.filter((id) => untouched.has(id))).toEqual(order);
        }
      },
    );
    const followingTheWriters: [number[], string[], number, 'GET'] = [
      [...Array(11).keys()],
      ['+updated', '-updated'],
      1,
      'GET',
    ];
    await fc.assert(property, { numRuns: 25, examples: [followingTheWriters] });
  }, 300_000);
});
