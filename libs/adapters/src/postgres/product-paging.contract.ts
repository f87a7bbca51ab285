import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CatalogPage } from '#domain/catalog/catalog-page.js';
import type { SortKey } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import type { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { testProduct } from '#test/support/catalogue-products.js';
import type { StartedCatalogue } from './product-store.contract.js';

const CONTEXT = { source: 'test' };

/** What others do to the catalogue between two pages. */
type Change = { readonly kind: 'insert' | 'delete' | 'update'; readonly at: number; readonly cloud: number | null };

const cloudValue = fc.option(fc.integer({ min: 0, max: 3 }));
const change = fc.record<Change>({
  kind: fc.constantFrom('insert', 'delete', 'update'),
  at: fc.nat(),
  cloud: cloudValue,
});
const direction = fc.constantFrom('asc' as const, 'desc' as const);
const sorts: fc.Arbitrary<SortKey[]> = fc.oneof(
  fc.constant<SortKey[]>([]),
  direction.map((way): SortKey[] => [{ property: 'cloudCover', direction: way }]),
  direction.map((way): SortKey[] => [{ property: 'id', direction: way }]),
  fc.tuple(direction, direction, direction).map(([one, two, three]): SortKey[] => [
    { property: 'platform', direction: one },
    { property: 'cloudCover', direction: two },
    { property: 'acquiredFrom', direction: three },
  ]),
);

function product(run: number, n: number, cloud: number | null): Product {
  return testProduct(`run${run}-${n}`, {
    acquiredFrom: new Date(Date.UTC(2015 + (n % 3) * 4, 0, 1 + (n % 2))),
    properties: {
      ...(cloud === null ? {} : { cloudCover: cloud }),
      ...(n % 4 === 0 ? {} : { platform: `p${n % 2}` }),
      datatake: `run${run}`,
    },
  });
}

/** Keyset and number paging of the ProductCatalog port. */
export function productPagingContract(name: string, start: () => Promise<StartedCatalogue>): void {
  describe(`ProductCatalog paging contract: ${name}`, () => {
    let started: StartedCatalogue;
    let store: ProductStore;
    let catalog: ProductCatalog;
    let run = 0;
    beforeAll(async () => {
      started = await start();
      ({ store, catalog } = started);
    }, 180_000);
    afterAll(() => started?.stop());

    const ofRun = (n: number) => ({ op: 'eq', property: 'datatake', value: `run${n}` }) as const;
    const page = (sort: SortKey[], limit: number, cursor?: string) =>
      catalog.search({
        filter: ofRun(run),
        sort,
        page: cursor === undefined ? { kind: 'keyset', limit } : { kind: 'keyset', limit, cursor },
      });
    const numbered = (sort: SortKey[], limit: number, offset: number) =>
      catalog.search({ filter: ofRun(run), sort, page: { kind: 'number', limit, offset } });
    const ids = ({ products }: CatalogPage) => products.map(({ id }) => id);

    const apply = async ({ kind, at, cloud }: Change, fresh: number, present: Map<string, Product>) => {
      const chosen = [...present.values()][at % Math.max(present.size, 1)];
      if (kind === 'insert') await store.publish([product(run, fresh, cloud)], CONTEXT);
      else if (chosen !== undefined) {
        present.delete(chosen.id);
        if (kind === 'delete') await store.remove(chosen, 'Duplicated product', CONTEXT);
        else
          await store.publish([{ ...chosen, properties: { ...chosen.properties, cloudCover: cloud ?? 9 } }], CONTEXT);
      }
    };

    it('shows every untouched product exactly once and in order while others come, go and change', async () => {
      const property = fc.asyncProperty(
        fc.array(cloudValue, { minLength: 1, maxLength: 25 }),
        sorts,
        fc.integer({ min: 1, max: 7 }),
        fc.array(change, { maxLength: 12 }),
        async (clouds, sort, limit, changes) => {
          run += 1;
          const all = clouds.map((cloud, n) => product(run, n, cloud));
          await store.publish(all, CONTEXT);
          const order = ids(await page(sort, 1000));
          expect(order).toHaveLength(all.length);
          const untouched = new Map(all.map((each) => [each.id, each]));
          const seen: string[] = [];
          const waiting = [...changes];
          let next: string | undefined;
          do {
            const result: CatalogPage = await page(sort, limit, next);
            if (result.next !== undefined) expect(result.products).toHaveLength(limit);
            seen.push(...ids(result));
            next = result.next;
            const now = waiting.shift();
            if (now !== undefined) await apply(now, 100 + waiting.length, untouched);
          } while (next !== undefined && seen.length < 500);
          const shown = seen.filter((id) => untouched.has(id));
          expect(shown).toEqual(order.filter((id) => untouched.has(id)));
        },
      );
      await fc.assert(property, { numRuns: 25 });
    }, 120_000);

    it('shows them so page by page by number too', async () => {
      const property = fc.asyncProperty(
        fc.array(cloudValue, { minLength: 1, maxLength: 25 }),
        sorts,
        fc.integer({ min: 1, max: 7 }),
        fc.array(change, { maxLength: 12 }),
        async (clouds, sort, limit, changes) => {
          run += 1;
          const all = clouds.map((cloud, n) => product(run, n, cloud));
          await store.publish(all, CONTEXT);
          const order = ids(await page(sort, 1000));
          const untouched = new Map(all.map((each) => [each.id, each]));
          const seen: string[] = [];
          const waiting = [...changes];
          let isLast = false;
          while (!isLast && seen.length < 500) {
            const result = await numbered(sort, limit, seen.length);
            isLast = result.next === undefined;
            if (!isLast) expect(result.products).toHaveLength(limit);
            seen.push(...ids(result));
            const now = waiting.shift();
            if (now !== undefined) await apply(now, 100 + waiting.length, untouched);
          }
          const shown = seen.filter((id) => untouched.has(id));
          expect(shown).toEqual(order.filter((id) => untouched.has(id)));
        },
      );
      await fc.assert(property, { numRuns: 20 });
    }, 120_000);

    it('jumps to any number, from nowhere or from where others have been', async () => {
      const property = fc.asyncProperty(
        fc.array(cloudValue, { minLength: 1, maxLength: 25 }),
        sorts,
        fc.array(fc.tuple(fc.nat({ max: 30 }), fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 8 }),
        async (clouds, sort, jumps) => {
          run += 1;
          await store.publish(
            clouds.map((cloud, n) => product(run, n, cloud)),
            CONTEXT,
          );
          const order = ids(await page(sort, 1000));
          for (const [offset, limit] of jumps) {
            const result = await numbered(sort, limit, offset);
            expect(ids(result)).toEqual(order.slice(offset, offset + limit));
            expect(result.next !== undefined && limit > 0).toBe(offset + limit < order.length && limit > 0);
          }
        },
      );
      await fc.assert(property, { numRuns: 10 });
    }, 120_000);

    it('goes back over the same pages', async () => {
      const property = fc.asyncProperty(
        fc.array(cloudValue, { minLength: 1, maxLength: 20 }),
        sorts,
        fc.integer({ min: 1, max: 6 }),
        async (clouds, sort, limit) => {
          run += 1;
          await store.publish(
            clouds.map((cloud, n) => product(run, n, cloud)),
            CONTEXT,
          );
          const forward: CatalogPage[] = [await page(sort, limit)];
          expect(forward[0]?.previous).toBeUndefined();
          for (let cursor = forward[0]?.next; cursor !== undefined; cursor = forward.at(-1)?.next) {
            forward.push(await page(sort, limit, cursor));
          }
          const backward: CatalogPage[] = [forward.at(-1)!];
          for (let cursor = backward[0]?.previous; cursor !== undefined; cursor = backward.at(-1)?.previous) {
            backward.push(await page(sort, limit, cursor));
          }
          expect(backward.map(ids).toReversed()).toEqual(forward.map(ids));
        },
      );
      await fc.assert(property, { numRuns: 20 });
    }, 120_000);

    it('goes on where the product at the place was deleted', async () => {
      run += 1;
      const all = [0, 1, 2, 3].map((n) => product(run, n, n));
      await store.publish(all, CONTEXT);
      const sort: SortKey[] = [{ property: 'cloudCover', direction: 'asc' }];
      const first = await page(sort, 2);
      await store.remove(all[1]!, 'Duplicated product', CONTEXT);
      expect(ids(await page(sort, 2, first.next))).toEqual([all[2]!.id, all[3]!.id]);
    });

    it('pages by number, and says where pages end', async () => {
      run += 1;
      await store.publish(
        [0, 1, 2, 3, 4].map((n) => product(run, n, n % 2 === 0 ? n : null)),
        CONTEXT,
      );
      const sort: SortKey[] = [{ property: 'cloudCover', direction: 'desc' }];
      const all = ids(await page(sort, 10));
      for (const offset of [0, 1, 2, 3, 4, 5, 1_000_000]) {
        const query = { filter: ofRun(run), sort, count: 'exact' as const };
        const result = await catalog.search({ ...query, page: { kind: 'number', limit: 2, offset } });
        expect(ids(result)).toEqual(all.slice(offset, offset + 2));
        expect(result.matched).toEqual({ value: 5, exact: true });
        expect(result.next === undefined).toBe(offset >= 3);
      }
    });

    it('refuses a forged cursor, one of another query, and impossible pages', async () => {
      run += 1;
      await store.publish(
        [0, 1, 2].map((n) => product(run, n, n)),
        CONTEXT,
      );
      const { next } = await page([], 1);
      const refused = [
        () => page([], 1, 'bmV4dA'),
        () => page([], 1, `${next!.slice(0, -2)}AA`),
        () => page([{ property: 'id', direction: 'asc' }], 1, next),
        () => page([], -1),
        () => page([], 1.5),
        () => page([], 1_000_000),
        () => catalog.search({ page: { kind: 'number', limit: 1, offset: -1 } }),
      ];
      const subjects = ['cursor', 'cursor', 'cursor', 'limit', 'limit', 'limit', 'offset'];
      for (const [at, search] of refused.entries()) {
        await expect(search()).rejects.toThrow(InvalidError);
        await expect(search()).rejects.toMatchObject({ subject: subjects[at] });
      }
    });
  });
}
