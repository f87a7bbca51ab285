import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LocalEventBus } from '#adapters/event-bus/local-event-bus.js';
import { UnavailableError } from '#domain/errors.js';
import type { DomainEvent } from '#domain/event/event.js';
import { MemoryOutbox } from '#test/support/memory-outbox.js';
import { OutboxPublisher } from './outbox-publisher.js';

const lines: string[] = [];
const note = (_fields: object, message: string) => void lines.push(message);
const log = { info: note, warn: note, error: note };
const often = { pollMs: 20, firstPauseMs: 20 };

function anEvent(type = 'frombork.test.created'): DomainEvent {
  return { id: randomUUID(), type, source: 'test', subject: 'test', time: new Date(), data: {} };
}

async function until(condition: () => boolean | Promise<boolean>, ms = 5_000): Promise<void> {
  for (const deadline = Date.now() + ms; !(await condition()); await sleep(5)) {
    if (Date.now() > deadline) throw new Error(`not within ${ms} ms: ${String(condition)}`);
  }
}

/** A real bus that can be out of order. */
class BreakableBus extends LocalEventBus {
  broken = false;
  attempts = 0;

  override async publish(events: readonly DomainEvent[]): Promise<void> {
    this.attempts++;
    if (this.broken) throw new UnavailableError('out of order');
    await super.publish(events);
  }
}

describe('OutboxPublisher', () => {
  let outbox: MemoryOutbox;
  let bus: BreakableBus;
  let seen: string[];
  const running: OutboxPublisher[] = [];

  const publisher = async (options: object = often) => {
    const started = new OutboxPublisher(outbox, bus, log, options);
    running.push(started);
    await started.start();
    return started;
  };
  const listen = async () => {
    seen = [];
    await bus.subscribe({ name: 'test', pattern: 'frombork.>', handler: async ({ id }) => void seen.push(id) });
  };

  beforeEach(async () => {
    lines.length = 0;
    outbox = new MemoryOutbox();
    bus = new BreakableBus();
    await listen();
  });
  afterEach(async () => {
    for (const each of running.splice(0)) await each.stop();
    await bus.close();
  });

  it('publishes what waits and what comes, once', async () => {
    const events = Array.from({ length: 25 }, () => anEvent());
    outbox.append(events.slice(0, 20));
    await publisher({ ...often, batch: 7 });
    outbox.append(events.slice(20));
    await until(() => seen.length === 25);
    await sleep(60);
    expect(seen).toHaveLength(25);
    expect(new Set(seen)).toEqual(new Set(events.map(({ id }) => id)));
    expect(await outbox.backlog()).toBe(0);
    expect(lines).toEqual([]);
  });

  it('is woken by new events long before it would look again', async () => {
    await publisher({ pollMs: 60_000 });
    await sleep(30);
    outbox.append([anEvent()]);
    await until(() => seen.length === 1, 500);
  });

  it('finds what nobody woke it for', async () => {
    outbox.onAppended = () => Promise.resolve(() => Promise.resolve());
    await publisher();
    await sleep(30);
    outbox.append([anEvent()]);
    await until(() => seen.length === 1);
  });

  it('tries again, less and less often, while the bus is out of order', async () => {
    bus.broken = true;
    outbox.append([anEvent(), anEvent()]);
    await publisher();
    await until(() => bus.attempts === 3);
    for (let i = 0; i < 50; i++) outbox.append([anEvent()]);
    await sleep(40);
    expect(bus.attempts).toBeLessThanOrEqual(4);
    expect(lines).toContain('events cannot be published; trying again');
    bus.broken = false;
    await until(() => seen.length === 52);
  });

  it('publishes everything again on a bus that has lost its memory', async () => {
    const events = Array.from({ length: 10 }, () => anEvent());
    outbox.append(events);
    const first = await publisher();
    await until(() => seen.length === 10);
    await first.stop();
    await bus.close();
    bus = new BreakableBus();
    await listen();
    await publisher();
    await until(() => seen.length === 10);
    expect(lines).toContain('the event bus remembers nothing; publishing again');
    await sleep(60);
    expect(seen).toHaveLength(10);
  });

  it('passes over an event no bus can carry', async () => {
    outbox.append([anEvent(), anEvent('Not a type'), anEvent()]);
    await publisher();
    await until(() => seen.length === 2);
    expect(await outbox.backlog()).toBe(0);
    expect(lines).toContain('event passed over: it cannot be published');
  });

  it('shares the work with other instances', async () => {
    const events = Array.from({ length: 500 }, () => anEvent());
    outbox.append(events);
    await Promise.all([1, 2, 3].map(() => publisher({ ...often, batch: 10 })));
    await until(() => seen.length === 500);
    expect(new Set(seen).size).toBe(500);
  });

  it('stops at once, also while it waits, and can start again', async () => {
    const first = await publisher({ pollMs: 60_000 });
    await sleep(20);
    await first.stop();
    outbox.append([anEvent()]);
    await sleep(20);
    expect(seen).toHaveLength(0);
    await first.start();
    await until(() => seen.length === 1);
  });
});
