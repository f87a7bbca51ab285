import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_COUNTS, type HarvestOrder } from '#domain/harvest/harvest.js';
import type { HarvestStore } from '#domain/ports/harvest-store.js';

/** A harvest store to be held to the contract, and its end. */
export interface StartedHarvestStore {
  readonly store: HarvestStore;
  clear(): Promise<void>;
  stop(): Promise<void>;
}

const order = (changes: Partial<HarvestOrder> = {}): HarvestOrder => ({
  id: randomUUID(),
  kind: 'csw',
  source: 'https://catalogue.example/csw?a="b"',
  filter: { constraint: "AnyText like '%x%'" },
  ...changes,
});
const LONG = { holder: 'one', leaseMs: 60_000 };
const SHORT = { holder: 'one', leaseMs: 1 };
const OTHER = { holder: 'other', leaseMs: 60_000 };

/** Every promise of the HarvestStore port. */
export function harvestStoreContract(name: string, start: () => Promise<StartedHarvestStore>): void {
  describe(`HarvestStore contract: ${name}`, () => {
    let started: StartedHarvestStore;
    let store: HarvestStore;
    beforeAll(async () => {
      started = await start();
      store = started.store;
    });
    beforeEach(() => started.clear());
    afterAll(() => started?.stop());

    it('gives back what was ordered, waiting and due', async () => {
      const given = order({ interval: 3600, responseHandler: 'https://client.example/done' });
      const created = await store.create(given);
      expect(created).toMatchObject({ ...given, state: 'waiting', counts: NO_COUNTS, failures: 0 });
      expect(created).not.toHaveProperty('position');
      expect(await store.find(given.id)).toEqual(created);
      expect(await store.find(randomUUID())).toBeUndefined();
      expect(await store.find("' or true --")).toBeUndefined();
    });

    it('gives each due harvest to one only, however many ask', async () => {
      const orders = [order(), order(), order()];
      for (const each of orders) await store.create(each);
      const claimed = await Promise.all(Array.from({ length: 6 }, (_, n) => store.claim({ ...LONG, holder: `h${n}` })));
      const ids = claimed.flatMap((harvest) => (harvest === undefined ? [] : [harvest.id]));
      expect(new Set(ids).size).toBe(ids.length);
      while (ids.length < 3) ids.push((await store.claim(LONG))!.id);
      expect(ids.toSorted()).toEqual(orders.map(({ id }) => id).toSorted());
      expect(await store.claim(LONG)).toBeUndefined();
    });

    it('goes on after the last page noted when whoever worked is gone', async () => {
      const { id } = await store.create(order());
      await store.claim(LONG);
      const page = { position: 'page 2', counts: { ...NO_COUNTS, read: 10, created: 7, kept: 3 } };
      expect(await store.advance(id, SHORT, page)).toBe(true);
      await sleep(10);
      const again = await store.claim(OTHER);
      expect(again).toMatchObject({ id, state: 'running', position: 'page 2', counts: page.counts });
      expect(await store.renew(id, LONG)).toBe(false);
      expect(await store.advance(id, LONG, page)).toBe(false);
      expect(await store.finish(id, 'one', { state: 'failed', due: new Date(), failures: 1, finished: false })).toBe(
        false,
      );
      expect(await store.advance(id, OTHER, { ...page, position: 'page 3' })).toBe(true);
      expect(await store.find(id)).toMatchObject({ position: 'page 3', counts: { read: 20, created: 14, kept: 6 } });
    });

    it('waits until it is due again, tells why, and counts anew after a complete run', async () => {
      const { id } = await store.create(order({ interval: 60 }));
      await store.claim(LONG);
      await store.advance(id, LONG, { position: 'p', counts: { ...NO_COUNTS, read: 5, created: 5 } });
      const later = new Date(Date.now() + 60_000);
      const failed = { state: 'waiting', due: later, failures: 2, error: 'busy', finished: false } as const;
      expect(await store.finish(id, 'one', failed)).toBe(true);
      expect(await store.claim(LONG)).toBeUndefined();
      expect(await store.find(id)).toMatchObject({ state: 'waiting', error: 'busy', failures: 2, position: 'p' });
      await started.clear();

      const second = await store.create(order({ interval: 60 }));
      await store.claim(LONG);
      await store.advance(second.id, LONG, { position: 'p', counts: { ...NO_COUNTS, read: 5, created: 5 } });
      const now = new Date(Date.now() - 1000);
      await store.finish(second.id, 'one', { state: 'waiting', due: now, failures: 0, position: 'w', finished: true });
      expect(await store.find(second.id)).toMatchObject({ counts: { read: 5 }, finished: expect.any(Date) });
      expect(await store.claim(LONG)).toMatchObject({ id: second.id, position: 'w', counts: NO_COUNTS });
    });

    it('ends what is cancelled, whoever works on it, and nothing that has ended', async () => {
      const { id } = await store.create(order());
      await store.claim(LONG);
      expect(await store.cancel(id)).toMatchObject({ id, state: 'cancelled' });
      expect(await store.renew(id, LONG)).toBe(false);
      expect(await store.finish(id, 'one', { state: 'succeeded', due: new Date(), failures: 0, finished: true })).toBe(
        false,
      );
      const done = await store.create(order());
      await store.claim(LONG);
      await store.finish(done.id, 'one', { state: 'succeeded', due: new Date(), failures: 0, finished: true });
      expect(await store.cancel(done.id)).toMatchObject({ state: 'succeeded' });
      expect(await store.cancel(randomUUID())).toBeUndefined();
      expect(await store.cancel('x')).toBeUndefined();
    });

    it('lists newest first, by state and by page', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 4; n++) {
        ids.push((await store.create(order())).id);
        // `created` counts milliseconds.
        await sleep(3);
      }
      await store.cancel(ids[1]!);
      const listed = await store.list({ limit: 10 });
      expect(listed.map(({ id }) => id)).toEqual(ids.toReversed());
      expect((await store.list({ state: 'cancelled', limit: 10 })).map(({ id }) => id)).toEqual([ids[1]]);
      const [, second] = await store.list({ limit: 2 });
      expect((await store.list({ limit: 2, before: second!.created })).map(({ id }) => id)).toEqual([ids[1], ids[0]]);
    });
  });
}
