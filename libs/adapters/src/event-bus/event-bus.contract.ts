import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import type { DomainEvent } from '#domain/event/event.js';
import type { EventBus } from '#domain/ports/event-bus.js';

/** A bus to be held to the contract; failed deliveries come again after some 50 ms, abandoned ones after about a second. */
export interface StartedEventBus {
  readonly bus: EventBus;
  /** The bus as another instance of the service sees it. */
  another(): Promise<EventBus>;
  /** The first instance vanishes as by `kill -9`; gives one started afterwards. */
  crash(): Promise<EventBus>;
  stop(): Promise<void>;
}

let serial = 0;

/** A word no other test uses, to tell subjects and consumers apart on a shared server. */
export const word = () => `t${process.pid}x${Date.now().toString(36)}x${++serial}`;

/** An event of `frombork.<context>.created`. */
export function anEvent(context: string, data: unknown = {}): DomainEvent {
  const id = randomUUID();
  return { id, type: `frombork.${context}.created`, source: 'test', subject: `test/${id}`, time: new Date(), data };
}

/** Waits until the condition holds; fails after `ms`. */
export async function until(condition: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> {
  for (const deadline = Date.now() + ms; !(await condition()); await sleep(10)) {
    if (Date.now() > deadline) throw new Error(`not within ${ms} ms: ${String(condition)}`);
  }
}

/** Every promise of the EventBus port, kept on every bus. The order of events is not promised. */
export function eventBusContract(name: string, start: () => Promise<StartedEventBus>): void {
  describe(`EventBus contract: ${name}`, () => {
    let started: StartedEventBus;
    let bus: EventBus;
    beforeAll(async () => {
      started = await start();
      bus = started.bus;
    }, 60_000);
    afterAll(() => started?.stop());

    it('carries an event whole', async () => {
      const context = word();
      const event = { ...anEvent(context, { uuid: 'ä', n: [1, { deep: null }] }), requestId: 'r-1' };
      const seen: DomainEvent[] = [];
      await bus.subscribe({ name: context, pattern: event.type, handler: async (got) => void seen.push(got) });
      await bus.publish([event]);
      await until(() => seen.length === 1);
      expect(seen[0]).toEqual(event);
    });

    it('gives a new consumer what was published before it came', async () => {
      const context = word();
      const events = [anEvent(context), anEvent(context)];
      await bus.publish(events);
      const seen = await collectIds(bus, context);
      await until(() => seen.size === 2);
      expect(seen).toEqual(new Set(events.map(({ id }) => id)));
    });

    it('gives each event to every consumer, but to one member of it', async () => {
      const context = word();
      const events = Array.from({ length: 60 }, () => anEvent(context));
      const seen = { one: [] as string[], two: [] as string[], other: [] as string[] };
      const listen = async (who: EventBus, consumer: string, list: string[]) =>
        who.subscribe({
          name: `${context}-${consumer}`,
          pattern: `frombork.${context}.>`,
          concurrency: 2,
          handler: async ({ id }) => {
            list.push(id);
            await sleep(5);
          },
        });
      await listen(bus, 'shared', seen.one);
      await listen(await started.another(), 'shared', seen.two);
      await listen(bus, 'other', seen.other);
      await bus.publish(events);
      await until(() => seen.one.length + seen.two.length === 60 && seen.other.length === 60);
      await sleep(100);
      expect(new Set([...seen.one, ...seen.two]).size).toBe(60);
      expect(seen.one.length + seen.two.length).toBe(60);
      expect(Math.min(seen.one.length, seen.two.length)).toBeGreaterThan(5);
    });

    it('drops an id published again within minutes', async () => {
      const context = word();
      const event = anEvent(context);
      let deliveries = 0;
      await bus.subscribe({ name: context, pattern: event.type, handler: async () => void deliveries++ });
      await bus.publish([event, event]);
      await bus.publish([event]);
      await until(() => deliveries > 0);
      await sleep(200);
      expect(deliveries).toBe(1);
    });

    it('delivers a failed event again, later each time, while others go on', async () => {
      const context = word();
      const [flaky, steady] = [anEvent(context), anEvent(context)];
      const times: number[] = [];
      const done = new Set<string>();
      await bus.subscribe({
        name: context,
        pattern: flaky.type,
        handler: async ({ id }) => {
          if (id === flaky.id && times.push(Date.now()) < 4) throw new Error('not yet');
          done.add(id);
        },
      });
      await bus.publish([flaky, steady]);
      await until(() => done.size === 2);
      const [first = 0, second = 0, third = 0] = times.slice(1).map((time, i) => time - (times[i] ?? 0));
      expect(first).toBeGreaterThanOrEqual(45);
      expect(second).toBeGreaterThan(first);
      expect(third).toBeGreaterThan(second);
      await sleep(200);
      expect(times).toHaveLength(4);
    });

    it('sets an event aside after its last delivery, newest first, and goes on', async () => {
      const context = word();
      const [poison, worse, fine] = [anEvent(context, { why: 'poison' }), anEvent(context), anEvent(context)];
      const deliveries = new Map<string, number>();
      await bus.subscribe({
        name: context,
        pattern: poison.type,
        maxDeliveries: 3,
        handler: ({ id }) => {
          deliveries.set(id, (deliveries.get(id) ?? 0) + 1);
          return id === fine.id ? Promise.resolve() : Promise.reject(new Error(`cannot handle ${context}`));
        },
      });
      const ours = async () => (await bus.deadEvents(100)).filter(({ consumer }) => consumer === context);
      await bus.publish([poison]);
      await until(async () => (await ours()).length === 1);
      await bus.publish([worse, fine]);
      await until(async () => (await ours()).length === 2);
      expect((await ours()).map(({ event }) => event)).toEqual([worse, poison]);
      expect((await ours())[0]?.reason).toContain(`cannot handle ${context}`);
      expect(await bus.deadEvents(1)).toHaveLength(1);
      expect([poison, worse, fine].map(({ id }) => deliveries.get(id))).toEqual([3, 3, 1]);
    });

    it('has no more events in hand than asked for', async () => {
      const context = word();
      let [inHand, most, done] = [0, 0, 0];
      await bus.subscribe({
        name: context,
        pattern: `frombork.${context}.>`,
        concurrency: 3,
        handler: async () => {
          most = Math.max(most, ++inHand);
          await sleep(10);
          inHand--;
          done++;
        },
      });
      await bus.publish(Array.from({ length: 30 }, () => anEvent(context)));
      await until(() => done === 30);
      expect(most).toBe(3);
    });

    it('does not deliver elsewhere an event that takes long', async () => {
      const context = word();
      let deliveries = 0;
      let done = 0;
      const handler = async () => {
        deliveries++;
        await sleep(2_500);
        done++;
      };
      await bus.subscribe({ name: context, pattern: `frombork.${context}.>`, handler });
      await (await started.another()).subscribe({ name: context, pattern: `frombork.${context}.>`, handler });
      await bus.publish([anEvent(context)]);
      await until(() => done === 1);
      expect(deliveries).toBe(1);
    });

    it('waits at stop for the event in hand, and keeps the rest for whoever comes next', async () => {
      const context = word();
      const events = Array.from({ length: 10 }, () => anEvent(context));
      const first: string[] = [];
      const running = await bus.subscribe({
        name: context,
        pattern: `frombork.${context}.>`,
        concurrency: 1,
        handler: async ({ id }) => {
          await sleep(50);
          first.push(id);
        },
      });
      await bus.publish(events);
      await until(() => first.length === 1);
      await running.stop();
      await running.stop();
      const handled = first.length;
      expect(handled).toBeLessThan(10);
      const rest = await collectIds(bus, context);
      await until(() => new Set([...first, ...rest]).size === 10);
      expect(first.length).toBe(handled);
    });

    it.each([
      ['type', { type: 'frombork.Bad type' }],
      ['wildcard', { type: 'frombork.a.*' }],
      ['foreign type', { type: 'elsewhere.created' }],
      ['id', { id: '' }],
      ['time', { time: new Date(Number.NaN) }],
      ['length', { data: 'x'.repeat(600_000) }],
    ])('refuses an event with a bad %s, and with it the batch', async (_what, bad) => {
      const context = word();
      await expect(bus.publish([anEvent(context), { ...anEvent(context), ...bad }])).rejects.toThrow(InvalidError);
    });

    it.each([
      { name: 'a.b' },
      { name: '' },
      { pattern: 'frombork.*.created' },
      { pattern: '>' },
      { pattern: 'other.>' },
      { concurrency: 0 },
      { maxDeliveries: 0.5 },
    ])('refuses the subscription %j', async (bad) => {
      const good = { name: word(), pattern: 'frombork.product.>', handler: () => Promise.resolve() };
      await expect(bus.subscribe({ ...good, ...bad })).rejects.toThrow(InvalidError);
    });

    it('keeps its generation while it remembers', async () => {
      const generation = await bus.generation();
      await bus.publish([anEvent(word())]);
      expect(await bus.generation()).toBe(generation);
      expect(await (await started.another()).generation()).toBe(generation);
      await expect(bus.check()).resolves.toBeUndefined();
    });

    it('delivers what was in hand of an instance that was killed', async () => {
      const own = await start();
      const context = word();
      const events = Array.from({ length: 5 }, () => anEvent(context));
      const generation = await own.bus.generation();
      let taken = 0;
      let release: () => void = () => undefined;
      const dead = new Promise<void>((resolve) => (release = resolve));
      await own.bus.subscribe({
        name: context,
        pattern: `frombork.${context}.>`,
        handler: () => {
          taken++;
          return dead;
        },
      });
      await own.bus.publish(events);
      await until(() => taken === 5);
      const reborn = await own.crash();
      // What the outbox publisher does where the bus has lost its memory.
      if ((await reborn.generation()) !== generation) await reborn.publish(events);
      const seen = await collectIds(reborn, context);
      await until(() => seen.size === 5);
      release();
      await own.stop();
    }, 60_000);
  });

  async function collectIds(bus: EventBus, context: string): Promise<Set<string>> {
    const seen = new Set<string>();
    const handler = async ({ id }: DomainEvent) => void seen.add(id);
    await bus.subscribe({ name: context, pattern: `frombork.${context}.>`, handler });
    return seen;
  }
}
