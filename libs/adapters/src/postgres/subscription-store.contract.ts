import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NewSubscription, SubscriptionStore } from '#domain/ports/subscription-store.js';

/** A subscription store to be held to the contract, and its end. */
export interface StartedSubscriptionStore {
  readonly store: SubscriptionStore;
  clear(): Promise<void>;
  stop(): Promise<void>;
}

const REACHED = new Date('2024-06-01T10:00:00.123Z');
const pull = (): NewSubscription => ({
  id: randomUUID(),
  status: 'running',
  events: ['created', 'modified'],
  filter: "contains(Name,'it''s') -- drop",
  priority: 1,
  stageOrder: true,
  position: 'p0',
  reached: REACHED,
});
const push = (): NewSubscription => ({
  ...pull(),
  endpoint: { url: 'https://example.org/notify', username: 'me', password: 'secret' },
});
const in1Hour = (): Date => new Date(Date.now() + 3_600_000);
const at = (position: string, acknowledged: number) => ({ position, acknowledged, reached: REACHED });

/** Every promise of the SubscriptionStore port. */
export function subscriptionStoreContract(name: string, start: () => Promise<StartedSubscriptionStore>): void {
  describe(`SubscriptionStore contract: ${name}`, () => {
    let started: StartedSubscriptionStore;
    let store: SubscriptionStore;
    beforeAll(async () => {
      started = await start();
      store = started.store;
    });
    beforeEach(() => started.clear());
    afterAll(() => started?.stop());

    it('gives back what was created', async () => {
      for (const given of [pull(), push()]) {
        const created = await store.create(given);
        expect(created).toEqual({ ...given, submitted: expect.any(Date), acknowledged: 0, failures: 0 });
        expect(await store.find(given.id)).toEqual(created);
      }
      expect(await store.list()).toHaveLength(2);
      expect([await store.find(randomUUID()), await store.find('nothing')]).toEqual([undefined, undefined]);
    });

    it('changes what it is told and leaves the rest', async () => {
      const { id } = await store.create(push());
      const changed = await store.change(id, { status: 'paused', events: ['deleted'] });
      expect(changed).toMatchObject({
        status: 'paused',
        events: ['deleted'],
        priority: 1,
        endpoint: { username: 'me' },
      });
      const moved = await store.change(id, { endpoint: { url: 'https://example.org/else' } });
      expect(moved?.endpoint).toEqual({ url: 'https://example.org/else' });
      expect(await store.change(randomUUID(), { status: 'paused' })).toBeUndefined();
    });

    it('removes', async () => {
      const { id } = await store.create(pull());
      expect([await store.remove(id), await store.remove(id), await store.remove('nothing')]).toEqual([
        true,
        false,
        false,
      ]);
    });

    it('moves on from where it is only', async () => {
      const { id } = await store.create(pull());
      const now = new Date('2024-07-01T00:00:00Z');
      const [first, second] = [randomUUID(), randomUUID()];
      expect(await store.advance(id, 'p0', at('p1', 3), { at: now, created: [first] })).toBe(true);
      expect(await store.advance(id, 'p0', at('p2', 9), { at: now, created: [second] })).toBe(false);
      expect(await store.told(id, [first, second])).toEqual(new Set([first]));
      expect(await store.told(randomUUID(), [first])).toEqual(new Set());
      expect(await store.find(id)).toMatchObject({ position: 'p1', acknowledged: 3, lastNotified: now });
    });

    it('leases what is to be pushed to one process at a time', async () => {
      await store.create(pull());
      await store.create({ ...push(), status: 'paused' });
      const { id } = await store.create(push());
      const taken = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => store.lease(holder, 60_000)));
      expect(taken.flatMap((each) => (each === undefined ? [] : [each.id]))).toEqual([id]);
      const holder = 'abcd'[taken.findIndex((each) => each !== undefined)]!;
      expect([await store.renew(id, holder, 60_000), await store.renew(id, 'z', 60_000)]).toEqual([true, false]);

      await store.release(id, 'z', { failures: 9, nextTry: new Date(0) });
      expect((await store.find(id))?.failures).toBe(0);
      await store.release(id, holder, { failures: 2, lastError: 'no answer', nextTry: in1Hour() });
      expect(await store.lease('e', 60_000)).toBeUndefined();
      expect(await store.find(id)).toMatchObject({ failures: 2, lastError: 'no answer', nextTry: expect.any(Date) });

      const again = await store.change(id, { status: 'running' });
      expect([again?.failures, again?.lastError, again?.nextTry]).toEqual([0, undefined, undefined]);
      expect((await store.lease('e', 60_000))?.id).toBe(id);
    });

    it('lets another process go on where the holder died', async () => {
      const { id } = await store.create(push());
      expect((await store.lease('dead', 0))?.id).toBe(id);
      expect((await store.lease('heir', 60_000))?.id).toBe(id);
      expect(await store.renew(id, 'dead', 60_000)).toBe(false);
    });

    it('pauses what cannot be pushed, unless it was cancelled meanwhile', async () => {
      const { id } = await store.create(push());
      await store.lease('a', 60_000);
      await store.change(id, { status: 'cancelled' });
      expect(await store.renew(id, 'a', 60_000)).toBe(false);
      await store.release(id, 'a', { failures: 1, nextTry: in1Hour(), status: 'paused' });
      expect((await store.find(id))?.status).toBe('cancelled');
      const other = await store.create(push());
      await store.lease('a', 60_000);
      await store.release(other.id, 'a', { failures: 1, nextTry: in1Hour(), status: 'paused' });
      expect((await store.find(other.id))?.status).toBe('paused');
    });
  });
}
