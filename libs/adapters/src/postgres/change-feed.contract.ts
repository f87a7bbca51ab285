import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CatalogChange } from '#domain/catalog/catalog-change.js';
import { InvalidError } from '#domain/errors.js';
import type { ChangeFeed, DeletedQuery } from '#domain/ports/change-feed.js';
import type { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { testProduct } from '#test/support/catalogue-products.js';
import { CatalogueReplica } from '#test/support/catalogue-replica.js';
import { runWriter, writerPlans } from '#test/support/catalogue-writers.js';

/** A feed to be held to its contract, over a catalogue with the collections `a` and `b`. */
export interface StartedChangeFeed {
  readonly feed: ChangeFeed;
  readonly store: ProductStore;
  readonly catalog: ProductCatalog;
  /** Whether transactions can run beside each other; where not, they wait. */
  readonly concurrent: boolean;
  /** What `work` does with the store commits together. */
  transaction(work: () => Promise<void>): Promise<void>;
  /** As after restoring a dump elsewhere; `ahead`: from a server that had seen more transactions. */
  restoreElsewhere(ahead: boolean): Promise<void>;
  /** Outside the transaction around it, as another client. */
  apart<T>(work: () => Promise<T>): Promise<T>;
  clear(): Promise<void>;
  stop(): Promise<void>;
}

const CONTEXT = { source: 'test' };
const OBSOLETE = 'Obsolete product or Other';
const cloudy = (id: string, cloudCover: number): Product => testProduct(id, { properties: { cloudCover } });
const told = (change: CatalogChange) =>
  change.kind === 'deleted' ? `deleted ${change.tombstone.id}` : `${change.kind} ${change.product.id}`;

/** Every promise of the ChangeFeed port. */
export function changeFeedContract(name: string, start: () => Promise<StartedChangeFeed>): void {
  describe(`ChangeFeed contract: ${name}`, () => {
    let started: StartedChangeFeed;
    let feed: ChangeFeed;
    beforeAll(async () => {
      started = await start();
      feed = started.feed;
    });
    beforeEach(() => started.clear());
    afterAll(() => started?.stop());

    const publish = (...products: Product[]) => started.store.publish(products, CONTEXT);
    const remove = (id: string) => started.store.remove({ collection: 'a', id }, OBSOLETE, CONTEXT);
    const aside = <T>(work: () => Promise<T>) => started.apart(work);
    const replica = (limit?: number) => new CatalogueReplica(feed, limit);

    it('tells of what was created, modified and deleted, in order, with the products whole', async () => {
      const reader = replica();
      await publish(cloudy('one', 1), cloudy('two', 2));
      expect((await reader.follow()).map(told)).toEqual(['created one', 'created two']);
      await publish(cloudy('one', 3));
      await publish(cloudy('three', 3));
      await remove('two');
      const changes = await reader.follow();
      expect(changes.map(told)).toEqual(['modified one', 'created three', 'deleted two']);
      const { revision, ...product } = (await started.catalog.find({ collection: 'a', id: 'one' }))!;
      expect(revision).toBeDefined();
      expect(changes[0]).toMatchObject({ product });
      expect(changes[2]).toMatchObject({
        tombstone: { collection: 'a', id: 'two', cause: OBSOLETE, uuid: cloudy('two', 2).uuid },
        at: expect.any(Date),
      });
      expect(await reader.follow()).toEqual([]);
    });

    it('tells a reader that comes for the first time of products only, each created, whatever happened to them', async () => {
      await publish(cloudy('one', 1), cloudy('two', 2), cloudy('three', 3));
      await publish(cloudy('one', 9));
      expect((await replica(1).follow()).map(told)).toEqual(['created two', 'created three', 'created one']);
    });

    it('goes on behind each single change', async () => {
      await publish(cloudy('one', 1), cloudy('two', 2), cloudy('three', 3));
      const { changes } = await feed.read({ limit: 10 });
      const after = changes[0]?.position ?? '';
      expect((await feed.read({ after, limit: 10 })).changes.map(told)).toEqual(['created two', 'created three']);
      expect(await feed.read({ after, limit: 1 })).toMatchObject({ hasMore: true, changes: [{ kind: 'created' }] });
    });

    it('takes back a deletion where the product came again', async () => {
      await publish(cloudy('again', 1));
      const reader = replica();
      await reader.follow();
      await remove('again');
      await publish(cloudy('again', 2));
      expect((await reader.follow()).map(told)).toEqual(['created again']);
      expect((await feed.deleted({ limit: 10, offset: 0 })).deleted).toEqual([]);
      await remove('again');
      expect((await reader.follow()).map(told)).toEqual(['deleted again']);
      expect((await feed.deleted({ limit: 10, offset: 0 })).deleted).toHaveLength(1);
    });

    it('follows single collections', async () => {
      await publish(cloudy('in a', 1), testProduct('in b', { collection: 'b' }));
      await started.store.remove({ collection: 'b', id: 'in b' }, OBSOLETE, CONTEXT);
      const { changes } = await feed.read({ limit: 10, collections: ['b', 'none\0'] });
      expect(changes.map(told)).toEqual(['deleted in b']);
    });

    it('begins at the head for those who know the catalogue already', async () => {
      await publish(cloudy('before', 1));
      const after = await feed.head();
      expect((await feed.read({ after, limit: 10 })).changes).toEqual([]);
      await publish(cloudy('after', 1));
      expect((await feed.read({ after, limit: 10 })).changes.map(told)).toEqual(['created after']);
    });

    it.each(['', 'x', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '%00', 'A'.repeat(600)])(
      'refuses the position %j, which it did not give',
      async (after) => {
        const reading = feed.read({ after, limit: 1 });
        await expect(reading).rejects.toThrow(InvalidError);
        await expect(reading).rejects.toMatchObject({ subject: 'after' });
      },
    );

    it.each([true, false])('starts anew after a restoration (transactions ahead: %s)', async (ahead) => {
      await publish(cloudy('one', 1), cloudy('two', 2), cloudy('gone', 3));
      await remove('gone');
      const before = await feed.head();
      await started.restoreElsewhere(ahead);
      const reading = feed.read({ after: before, limit: 10 });
      await expect(reading).rejects.toThrow(/restored or moved.*start again/);
      await expect(reading).rejects.toMatchObject({ subject: 'after' });
      const reader = replica(1);
      expect((await reader.follow()).map(told).toSorted()).toEqual(['created one', 'created two', 'deleted gone']);
      await publish(cloudy('two', 9), cloudy('three', 3));
      await remove('one');
      expect((await reader.follow()).map(told)).toEqual(['modified two', 'created three', 'deleted one']);
      expect(reader.content()).toEqual(await CatalogueReplica.contentOf(started.catalog));
    });

    it('searches, sorts, pages and counts what was deleted', async () => {
      await publish(cloudy('x', 1), cloudy('y', 2), cloudy('z', 3));
      for (const id of ['y', 'z', 'x']) await remove(id);
      const deleted = async (query: Partial<DeletedQuery>) => {
        const page = await feed.deleted({ limit: 10, offset: 0, ...query });
        return [page.deleted.map(({ id }) => id).join(''), page.hasNext, page.matched?.value];
      };
      expect(await deleted({})).toEqual(['xzy', false, undefined]);
      expect(await deleted({ limit: 1, offset: 1, count: true })).toEqual(['z', true, 3]);
      expect(await deleted({ sort: [{ property: 'id', direction: 'asc' }] })).toEqual(['xyz', false, undefined]);
      const { deleted: all } = await feed.deleted({ limit: 10, offset: 0 });
      expect(
        await deleted({ filter: { op: 'lt', property: 'deleted', value: all[0]!.deleted.toISOString() }, count: true }),
      ).toEqual(['zy', false, 2]);
      expect(
        await deleted({
          filter: {
            op: 'and',
            args: [
              { op: 'in', property: 'uuid', values: [cloudy('x', 1).uuid, cloudy('y', 1).uuid] },
              { op: 'not', arg: { op: 'like', property: 'id', pattern: 'X%', caseInsensitive: true } },
              { op: 'eq', property: 'cause', value: OBSOLETE },
            ],
          },
        }),
      ).toEqual(['y', false, undefined]);
    });

    it.each<Partial<DeletedQuery>>([
      { filter: { op: 'eq', property: 'cloudCover', value: 1 } },
      { sort: [{ property: 'cloudCover', direction: 'asc' }] },
      { filter: { op: 'text', text: 'x' } },
      { filter: { op: 'gt', property: 'deleted', value: 'yesterday' } },
      { filter: { op: 'eq', property: 'uuid', value: 'x' } },
      { filter: { op: 'eq', property: 'id', value: '\0' } },
      { limit: -1 },
      { offset: Number.NaN },
    ])('refuses %j about deleted products', async (query) => {
      await expect(feed.deleted({ limit: 1, offset: 0, ...query })).rejects.toThrow(InvalidError);
    });

    it('holds back what committed while an older transaction runs, and its dates', async () => {
      if (!started.concurrent) return;
      const reader = replica();
      await started.transaction(async () => {
        const begun = new Date();
        await publish(cloudy('late', 1));
        await sleep(20);
        await aside(() => publish(cloudy('early', 1)));
        expect(await aside(() => reader.follow())).toEqual([]);
        expect((await aside(() => feed.completeUntil())).getTime()).toBeLessThanOrEqual(begun.getTime());
      });
      expect((await reader.follow()).map(told)).toEqual(['created late', 'created early']);
      const late = await started.catalog.find({ collection: 'a', id: 'late' });
      await sleep(1_100);
      expect((await feed.completeUntil()).getTime()).toBeGreaterThan(late!.updated!.getTime());
    });

    it('keeps a product whose transaction is older than that of its removal before', async () => {
      if (!started.concurrent) return;
      await publish(cloudy('back', 1));
      const reader = replica();
      await reader.follow();
      await started.transaction(async () => {
        await publish(cloudy('something', 1));
        await aside(() => remove('back'));
        await publish(cloudy('back', 2));
      });
      await reader.follow();
      expect(reader.content()).toEqual(await CatalogueReplica.contentOf(started.catalog));
      expect(reader.content()).toHaveLength(2);
    });

    it('lets every replica end equal to the catalogue, wherever it began and whoever wrote meanwhile', async () => {
      await fc.assert(
        fc.asyncProperty(writerPlans, fc.integer({ min: 1, max: 7 }), async (plans, limit) => {
          await started.clear();
          const replicas = [replica(limit)];
          let writing = true;
          // All of them end before a failure is told: one left behind would write into the next run.
          const writers = Promise.allSettled(plans.map((plan) => runWriter(plan, started))).finally(
            () => (writing = false),
          );
          try {
            while (writing) {
              await replicas.at(-1)?.step();
              // One that goes on from where the last stands, and one more from the beginning.
              if (replicas.length < 12) replicas.push(replicas.at(-1)!.copy(), replica(limit));
              await sleep(3);
            }
          } finally {
            await writers;
          }
          expect((await writers).filter(({ status }) => status === 'rejected')).toEqual([]);
          const expected = await CatalogueReplica.contentOf(started.catalog);
          for (const each of replicas) {
            await each.follow();
            expect(each.content()).toEqual(expected);
          }
        }),
        { numRuns: started.concurrent ? 25 : 6 },
      );
    }, 240_000);
  });
}
