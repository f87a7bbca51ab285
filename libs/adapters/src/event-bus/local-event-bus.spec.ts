import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { InvalidError, UnavailableError } from '#domain/errors.js';
import type { DomainEvent } from '#domain/event/event.js';
import { anEvent, eventBusContract, until, word } from './event-bus.contract.js';
import { eventBusConfig } from './event-bus.config.js';
import { LocalEventBus } from './local-event-bus.js';
import { openEventBus } from './open-event-bus.js';

const delayMs = (deliveries: number) => 50 * deliveries;

eventBusContract('local', async () => {
  const bus = new LocalEventBus({ delayMs });
  const buses = [bus];
  const crash = async () => {
    const reborn = new LocalEventBus({ delayMs });
    buses.push(reborn);
    return reborn;
  };
  return Promise.resolve({
    bus,
    another: () => Promise.resolve(bus),
    crash,
    stop: async () => {
      for (const each of buses) await each.close();
    },
  });
});

describe('LocalEventBus', () => {
  const ignore = () => Promise.resolve();

  it('is another generation at every start', async () => {
    expect(await new LocalEventBus().generation()).not.toBe(await new LocalEventBus().generation());
  });

  it('refuses to publish when its consumers are behind, and takes more once they catch up', async () => {
    const context = word();
    const bus = new LocalEventBus({ capacity: 5_000 });
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    await bus.subscribe({ name: 'slow', pattern: 'frombork.>', concurrency: 1, handler: () => gate });
    const events = () => [anEvent(context, 'x'.repeat(1_500))];
    await bus.publish(events());
    await bus.publish(events());
    await sleep(10);
    await bus.publish(events());
    const refused = events();
    await bus.publish(refused).catch((error: unknown) => expect(error).toBeInstanceOf(UnavailableError));
    await expect(bus.publish(events())).rejects.toThrow(UnavailableError);
    release();
    for (const event of refused) await until(() => published(bus, event));
    await bus.close();
  });

  it('changes its generation for a consumer that comes after events were dropped, and takes them again', async () => {
    const context = word();
    const bus = new LocalEventBus({ capacity: 5_000 });
    const events = Array.from({ length: 20 }, () => anEvent(context, 'x'.repeat(900)));
    const early = new Set<string>();
    await bus.subscribe({ name: 'early', pattern: 'frombork.>', handler: async ({ id }) => void early.add(id) });
    for (const event of events) {
      await bus.publish([event]);
      await until(() => early.has(event.id));
    }
    const generation = await bus.generation();
    const late = new Set<string>();
    await bus.subscribe({ name: 'late', pattern: 'frombork.>', handler: async ({ id }) => void late.add(id) });
    expect(await bus.generation()).not.toBe(generation);
    for (const event of events) {
      await until(() => published(bus, event));
    }
    await until(() => late.size === events.length);
    await bus.close();
  });

  it('refuses one name for two patterns', async () => {
    const bus = new LocalEventBus();
    await bus.subscribe({ name: 'one', pattern: 'frombork.a', handler: ignore });
    await expect(bus.subscribe({ name: 'one', pattern: 'frombork.b', handler: ignore })).rejects.toThrow(InvalidError);
  });

  it('is not ready and takes nothing once closed', async () => {
    const bus = new LocalEventBus();
    await bus.close();
    await expect(bus.check()).rejects.toThrow(UnavailableError);
    await expect(bus.publish([anEvent('a')])).rejects.toThrow(UnavailableError);
    await expect(bus.subscribe({ name: 'a', pattern: 'frombork.>', handler: ignore })).rejects.toThrow(
      UnavailableError,
    );
  });

  it('is what opens without NATS_URL, and says what it does not do', async () => {
    const adapter = await openEventBus(eventBusConfig.parse({}));
    await adapter.check();
    expect(adapter.notices?.join()).toContain('no other process');
    await adapter.close();
  });
});

/** Publishes as the outbox does: refused for now is no failure. */
function published(bus: LocalEventBus, event: DomainEvent): Promise<boolean> {
  return bus.publish([event]).then(
    () => true,
    () => false,
  );
}
