import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { JetStreamEventBus } from '#adapters/event-bus/jetstream-event-bus.js';
import { MemoryOutbox } from '#test/support/memory-outbox.js';
import { startOwnNatsServer } from '#test/support/nats-server.js';
import { OutboxPublisher } from './outbox-publisher.js';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

it('brings every event to its consumer although NATS is killed and wiped in the middle', async () => {
  const nats = await startOwnNatsServer();
  const outbox = new MemoryOutbox();
  const options = { url: nats.url, ackWaitMs: 2_000, delayMs: () => 100 };
  const [publishing, consuming] = [await JetStreamEventBus.open(options), await JetStreamEventBus.open(options)];
  const publishers = [1, 2].map(() => new OutboxPublisher(outbox, publishing, log, { batch: 20, pollMs: 100 }));
  const handled = new Map<string, number>();
  await consuming.subscribe({
    name: 'every-event',
    pattern: 'frombork.>',
    handler: async ({ id }) => {
      await sleep(5);
      handled.set(id, (handled.get(id) ?? 0) + 1);
    },
  });
  for (const publisher of publishers) await publisher.start();

  const ids: string[] = [];
  const append = (count: number) => {
    const events = Array.from({ length: count }, () => {
      const id = randomUUID();
      return { id, type: 'frombork.test.created', source: 'test', subject: id, time: new Date(), data: {} };
    });
    ids.push(...events.map(({ id }) => id));
    outbox.append(events);
  };
  append(300);
  await sleep(200);
  await nats.kill();
  append(100);
  await nats.restart({ wiped: true });
  append(100);

  for (const deadline = Date.now() + 60_000; handled.size < 500 && Date.now() < deadline;) await sleep(50);
  expect(ids.filter((id) => !handled.has(id))).toEqual([]);
  expect(await outbox.backlog()).toBe(0);
  for (const publisher of publishers) await publisher.stop();
  await publishing.close();
  await consuming.close();
  await nats.stop();
}, 120_000);
