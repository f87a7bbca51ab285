import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Inbox } from '#domain/ports/outbox.js';

/** An inbox to be held to the contract, an effect in the same database, and its end. */
export interface StartedInbox {
  readonly inbox: Inbox;
  /** Something the database remembers under a name; as a store does it, by itself in one transaction. */
  effect(name: string): Promise<void>;
  /** How often it was done. */
  effects(name: string): Promise<number>;
  stop(): Promise<void>;
}

/** Every promise of the Inbox port. */
export function inboxContract(name: string, start: () => Promise<StartedInbox>): void {
  describe(`Inbox contract: ${name}`, () => {
    let started: StartedInbox;
    let inbox: Inbox;
    beforeAll(async () => {
      started = await start();
      inbox = started.inbox;
    });
    afterAll(() => started?.stop());

    it('does an effect once, and says where it was a duplicate', async () => {
      const id = randomUUID();
      expect(await inbox.once('view', id, () => started.effect(id))).toBe(true);
      expect(await inbox.once('view', id, () => started.effect(id))).toBe(false);
      expect(await started.effects(id)).toBe(1);
    });

    it('remembers by consumer', async () => {
      const id = randomUUID();
      await inbox.once('view', id, () => started.effect(id));
      expect(await inbox.once('reporting', id, () => started.effect(id))).toBe(true);
      expect(await started.effects(id)).toBe(2);
    });

    it('remembers nothing of a failure, nor does the effect stay', async () => {
      const id = randomUUID();
      const failing = inbox.once('view', id, async () => {
        await started.effect(id);
        throw new Error('not now');
      });
      await expect(failing).rejects.toThrow('not now');
      expect(await started.effects(id)).toBe(0);
      expect(await inbox.once('view', id, () => started.effect(id))).toBe(true);
      expect(await started.effects(id)).toBe(1);
    });

    it('does an effect once where the event comes many times at once', async () => {
      const id = randomUUID();
      const handle = async () => {
        await sleep(20);
        await started.effect(id);
      };
      const done = await Promise.all([1, 2, 3, 4].map(() => inbox.once('view', id, handle)));
      expect(done.filter(Boolean)).toHaveLength(1);
      expect(await started.effects(id)).toBe(1);
    });

    it('lets effects of one event go on side by side', async () => {
      const id = randomUUID();
      await inbox.once('view', id, async () => {
        await Promise.all([started.effect(`${id}-a`), started.effect(`${id}-b`), started.effect(`${id}-a`)]);
      });
      expect(await started.effects(`${id}-a`)).toBe(2);
      expect(await started.effects(`${id}-b`)).toBe(1);
    });

    it('leaves alone what is started inside and ends later', async () => {
      const id = randomUUID();
      let later: Promise<void> | undefined;
      await inbox.once('view', id, async () => {
        await started.effect(id);
        later = sleep(50).then(() => started.effect(id));
      });
      await later;
      expect(await started.effects(id)).toBe(2);
    });
  });
}
