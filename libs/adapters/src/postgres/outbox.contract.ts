import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '#domain/event/event.js';
import type { Outbox } from '#domain/ports/outbox.js';

/** An outbox to be held to the contract, how events get into it, and its end. */
export interface StartedOutbox {
  readonly outbox: Outbox;
  /** In one transaction; `beforeCommit` runs inside it, and rolls it back where it throws. */
  append(events: readonly DomainEvent[], beforeCommit?: () => Promise<void>): Promise<void>;
  clear(): Promise<void>;
  stop(): Promise<void>;
}

const NOTICED_MS = 5_000;

function anEvent(subject: string, more: Partial<DomainEvent> = {}): DomainEvent {
  const time = new Date('2024-05-06T07:08:09.123Z');
  return {
    id: randomUUID(),
    type: 'frombork.product.published',
    source: 'acquisition',
    subject,
    time,
    data: {},
    ...more,
  };
}

const events = (count: number) => Array.from({ length: count }, (_, i) => anEvent(`sentinel-2-l1c/${i}`));
const nothing = () => Promise.resolve();

/** Every promise of the Outbox port. */
export function outboxContract(name: string, start: () => Promise<StartedOutbox>): void {
  describe(`Outbox contract: ${name}`, () => {
    let started: StartedOutbox;
    let outbox: Outbox;
    beforeAll(async () => {
      started = await start();
      outbox = started.outbox;
    });
    beforeEach(() => started.clear());
    afterAll(() => started?.stop());

    const drained = async (limit = 1_000) => {
      const out: DomainEvent[] = [];
      await outbox.drain(limit, async (batch) => void out.push(...batch));
      return out;
    };

    it('hands over what was appended, oldest first, once', async () => {
      const given = [
        anEvent('a', { requestId: 'r-1', data: { name: 'Frombork ąę 🛰', nested: { list: [1, null, 'two'] } } }),
        anEvent('b', { time: new Date('1999-12-31T23:59:59.001Z') }),
      ];
      await started.append(given);
      await started.append([anEvent('c')]);
      expect(await outbox.backlog()).toBe(3);
      const out = await drained();
      expect(out.slice(0, 2)).toEqual(given);
      expect(out[1]).not.toHaveProperty('requestId');
      expect(out[2]?.subject).toBe('c');
      expect(await outbox.backlog()).toBe(0);
      expect(await drained()).toEqual([]);
    });

    it('says how many it handed over, and keeps to the limit', async () => {
      await started.append(events(5));
      expect(await outbox.drain(2, nothing)).toBe(2);
      expect(await outbox.drain(2, nothing)).toBe(2);
      expect(await outbox.drain(2, nothing)).toBe(1);
      expect(await outbox.drain(2, nothing)).toBe(0);
    });

    it('keeps everything where publishing fails', async () => {
      await started.append(events(3));
      await expect(outbox.drain(10, () => Promise.reject(new Error('bus is away')))).rejects.toThrow('bus is away');
      expect(await outbox.backlog()).toBe(3);
      expect(await drained()).toHaveLength(3);
    });

    it('hands each event to one of several publishers', async () => {
      await started.append(events(60));
      const seen: string[] = [];
      const publisher = async () => {
        const take = async (batch: readonly DomainEvent[]) => {
          await sleep(5);
          seen.push(...batch.map(({ id }) => id));
        };
        while ((await outbox.drain(7, take)) > 0);
      };
      await Promise.all([publisher(), publisher(), publisher()]);
      // A publisher may find everything locked by others and stop; what is left then is still there.
      seen.push(...(await drained()).map(({ id }) => id));
      expect(seen).toHaveLength(60);
      expect(new Set(seen).size).toBe(60);
    });

    it('does not mark what was appended while it published', async () => {
      await started.append(events(1));
      await outbox.drain(10, () => started.append([anEvent('meanwhile')]));
      expect((await drained()).map(({ subject }) => subject)).toEqual(['meanwhile']);
    });

    it('knows nothing of a transaction that was rolled back', async () => {
      const failing = started.append(events(2), () => Promise.reject(new Error('no')));
      await expect(failing).rejects.toThrow('no');
      expect(await outbox.backlog()).toBe(0);
    });

    it('gives everything again after a reset', async () => {
      const given = events(3);
      await started.append(given);
      await drained();
      expect(await outbox.reset()).toBe(3);
      expect((await drained()).map(({ id }) => id)).toEqual(given.map(({ id }) => id));
    });

    it('gives again only what is newer than the moment a reset names', async () => {
      await started.append([anEvent('old')]);
      await sleep(20);
      const since = new Date();
      await sleep(20);
      await started.append([anEvent('new')]);
      await drained();
      expect(await outbox.reset(since)).toBe(1);
      expect((await drained()).map(({ subject }) => subject)).toEqual(['new']);
    });

    it('remembers the generation of the bus', async () => {
      expect(await outbox.lastGeneration()).toBeUndefined();
      await outbox.rememberGeneration('one');
      await outbox.rememberGeneration('two');
      expect(await outbox.lastGeneration()).toBe('two');
    });

    it('wakes after a commit, not before, and not once stopped', async () => {
      let woken = 0;
      const stop = await outbox.onAppended(() => void woken++);
      await started.append(events(1), async () => {
        await sleep(100);
        expect(woken).toBe(0);
      });
      for (const deadline = Date.now() + NOTICED_MS; woken === 0 && Date.now() < deadline;) await sleep(10);
      expect(woken).toBeGreaterThan(0);
      await stop();
      woken = 0;
      await started.append(events(1));
      await sleep(200);
      expect(woken).toBe(0);
    });
  });
}
