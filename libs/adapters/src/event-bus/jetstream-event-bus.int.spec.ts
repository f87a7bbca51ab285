import { createServer, connect as connectTcp, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@nats-io/transport-node';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidError, UnavailableError } from '#domain/errors.js';
import { startNatsServer, startOwnNatsServer, type NatsServer, type OwnNatsServer } from '#test/support/nats-server.js';
import { anEvent, eventBusContract, until, word } from './event-bus.contract.js';
import { JetStreamEventBus } from './jetstream-event-bus.js';
import { openEventBus } from './open-event-bus.js';

const quick = { ackWaitMs: 1_000, delayMs: (deliveries: number) => 50 * deliveries };
let server: NatsServer;
beforeAll(async () => {
  server = await startNatsServer();
}, 60_000);
afterAll(() => server?.stop());

eventBusContract('JetStream', async () => {
  const cable = await startCable(server.url);
  const buses = [await JetStreamEventBus.open({ url: cable.url, ...quick })];
  const another = async () => {
    const bus = await JetStreamEventBus.open({ url: server.url, ...quick });
    buses.push(bus);
    return bus;
  };
  const crash = () => {
    cable.cut();
    return another();
  };
  const stop = async () => {
    await Promise.all(buses.map((bus) => bus.close()));
    cable.cut();
  };
  return { bus: buses[0] as JetStreamEventBus, another, crash, stop };
});

describe('JetStreamEventBus', () => {
  let own: OwnNatsServer;
  let bus: JetStreamEventBus;
  beforeAll(async () => {
    own = await startOwnNatsServer();
    bus = await JetStreamEventBus.open({ url: own.url, ...quick });
  }, 60_000);
  afterAll(async () => {
    await bus?.close();
    await own?.stop();
  });

  it('sets a message aside that is no event, and goes on', async () => {
    const context = word();
    const raw = await connect({ servers: own.url });
    const seen: string[] = [];
    const subject = `frombork.${context}.created`;
    await bus.subscribe({ name: context, pattern: subject, handler: async ({ id }) => void seen.push(id) });
    for (const junk of ['{"specversion":"1.0"}', 'not json', new Uint8Array([0xff, 0xfe, 0])]) {
      await jetstream(raw).publish(subject, junk);
    }
    const event = anEvent(context);
    await bus.publish([event]);
    const ours = async () => (await bus.deadEvents(50)).filter(({ consumer }) => consumer === context);
    await until(async () => seen.length === 1 && (await ours()).length === 3);
    expect(seen).toEqual([event.id]);
    expect((await ours()).map((dead) => dead.event.type)).toEqual(Array(3).fill('frombork.malformed'));
    expect((await ours()).map((dead) => dead.event.data)).toContain('not json');
    await raw.close();
  });

  it('sets an event aside that kills its handler each time', async () => {
    const context = word();
    const raw = await connect({ servers: own.url });
    await bus.publish([anEvent(context)]);
    const first = await bus.subscribe({
      name: context,
      pattern: `frombork.${context}.>`,
      handler: () => Promise.reject(new Error('first')),
      maxDeliveries: 9,
    });
    await sleep(100);
    await first.stop();
    let handled = 0;
    await bus.subscribe({
      name: context,
      pattern: `frombork.${context}.>`,
      maxDeliveries: 1,
      handler: async () => void handled++,
    });
    await until(async () =>
      (await bus.deadEvents(50)).some(({ consumer, reason }) => consumer === context && reason.includes('died')),
    );
    expect(handled).toBe(0);
    await raw.close();
  });

  it('takes another pattern for a known consumer', async () => {
    const [one, two] = [word(), word()];
    const seen: string[] = [];
    const handler = async ({ type }: { type: string }) => void seen.push(type);
    await (await bus.subscribe({ name: one, pattern: `frombork.${one}.>`, handler })).stop();
    await bus.subscribe({ name: one, pattern: `frombork.${two}.>`, handler });
    await bus.publish([anEvent(two)]);
    await until(() => seen.length === 1);
  });

  it('leaves streams as the operator set them up', async () => {
    const raw = await connect({ servers: own.url });
    const manager = await jetstreamManager(raw);
    await manager.streams.update('FROMBORK', { max_msgs: 123_456 });
    await bus.check();
    expect((await manager.streams.info('FROMBORK')).config.max_msgs).toBe(123_456);
    await raw.close();
  });

  it('survives kill -9 of the server with its store, and delivers what was published before', async () => {
    const context = word();
    const generation = await bus.generation();
    const events = Array.from({ length: 50 }, () => anEvent(context));
    await bus.publish(events);
    const seen = new Set<string>();
    await bus.subscribe({
      name: context,
      pattern: `frombork.${context}.>`,
      concurrency: 2,
      handler: async ({ id }) => {
        await sleep(20);
        seen.add(id);
      },
    });
    await until(() => seen.size > 3);
    await own.kill();
    await expect(bus.publish([anEvent(context)])).rejects.toThrow(UnavailableError);
    await expect(bus.check()).rejects.toThrow(UnavailableError);
    await own.restart();
    await until(() => seen.size >= 50, 30_000);
    expect(await bus.generation()).toBe(generation);
  }, 60_000);

  it('notices a wiped server by its generation, and its consumers come back by themselves', async () => {
    const context = word();
    const generation = await bus.generation();
    const seen: string[] = [];
    await bus.subscribe({
      name: context,
      pattern: `frombork.${context}.>`,
      handler: async ({ id }) => void seen.push(id),
    });
    const event = anEvent(context);
    await bus.publish([event]);
    await until(() => seen.length === 1);
    await own.restart({ wiped: true });
    await until(async () => (await bus.generation().catch(() => generation)) !== generation, 30_000);
    await bus.publish([event]);
    await until(() => seen.length === 2, 30_000);
    expect(seen).toEqual([event.id, event.id]);
  }, 60_000);

  it('publishes and handles thousands of events a second', async () => {
    const context = word();
    const events = Array.from({ length: 5_000 }, () => anEvent(context));
    const began = performance.now();
    await bus.publish(events);
    const published = performance.now();
    let handled = 0;
    await bus.subscribe({
      name: context,
      pattern: `frombork.${context}.>`,
      concurrency: 64,
      handler: async () => void handled++,
    });
    await until(() => handled >= 5_000, 30_000);
    const rate = (ms: number) => Math.round(5_000 / (ms / 1000));
    process.stdout.write(
      `JetStream: ${rate(published - began)} events/s published, ${rate(performance.now() - published)} handled\n`,
    );
  }, 60_000);

  it('opens by configuration; a bad URL is refused without showing it', async () => {
    const adapter = await openEventBus({ NATS_URL: own.url });
    await adapter.check();
    await adapter.close();
    await expect(openEventBus({ NATS_URL: 'http://user:secret@x' })).rejects.toThrow(InvalidError);
    await expect(openEventBus({ NATS_URL: 'http://user:secret@x' })).rejects.not.toThrow(/secret/);
  });
});

/** A TCP connection between a bus and its server that can be cut for good. */
async function startCable(url: string): Promise<{ url: string; cut: () => void }> {
  const { hostname, port } = new URL(url);
  const ends = new Set<Socket>();
  const cable = createServer((near) => {
    const far = connectTcp(Number(port), hostname);
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => undefined).on('close', () => ends.delete(end));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => cable.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    cable.close();
    for (const end of ends) end.destroy();
  };
  return { url: `nats://127.0.0.1:${(cable.address() as AddressInfo).port}`, cut };
}
