import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsumerMessages, JetStreamClient, JetStreamManager, JsMsg } from '@nats-io/jetstream';
import { InvalidError } from '#domain/errors.js';
import type { DomainEvent } from '#domain/event/event.js';
import type { RunningSubscription, Subscription } from '#domain/ports/event-bus.js';
import type { BusLog } from './bus-log.js';
import { parseCloudEvent } from './cloud-event.js';
import { keptOfMalformed, reasonOf, writeDeadEvent } from './dead-event.js';
import { deadSubject, ensureConsumer, ensureDeadEvents, ensureEvents, EVENTS } from './jetstream-streams.js';

/** What a subscription needs of its bus. */
export interface JetStreamSurroundings {
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly log: BusLog;
  /** After this long without a sign of life the server delivers the event to another. */
  readonly ackWaitMs: number;
  readonly delayMs: (deliveries: number) => number;
}

const PULL_MS = 5_000;
const PULL_GRACE_MS = 3_000;
const TROUBLE_PAUSE_MS = 1_000;

/** One instance's share of a durable consumer. It pulls only as many events as it has hands for, and tells the server of each in hand that it is being worked on. */
export class JetStreamSubscription implements RunningSubscription {
  readonly #subscription: Required<Subscription>;
  readonly #bus: JetStreamSurroundings;
  readonly #inHand = new Set<Promise<void>>();
  #pulling: ConsumerMessages | undefined;
  #stopping = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(subscription: Required<Subscription>, bus: JetStreamSurroundings) {
    this.#subscription = subscription;
    this.#bus = bus;
  }

  /** Makes the consumer and begins to take events. */
  async start(): Promise<void> {
    await this.#ensure();
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#pulling?.stop();
    await this.#loop;
    await Promise.all(this.#inHand);
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        await this.#pull();
      } catch (error) {
        if (this.#stopping) return;
        this.#bus.log.warn({ consumer: this.#subscription.name, err: error }, 'cannot take events; trying again');
        await sleep(TROUBLE_PAUSE_MS);
        // A wiped NATS has forgotten the consumer too.
        await this.#ensure().catch(() => undefined);
      }
    }
  }

  async #pull(): Promise<void> {
    const { name, concurrency } = this.#subscription;
    if (this.#inHand.size >= concurrency) await Promise.race(this.#inHand);
    const consumer = await this.#bus.client.consumers.get(EVENTS, name);
    const pulling = await consumer.fetch({ max_messages: concurrency - this.#inHand.size, expires: PULL_MS });
    this.#pulling = pulling;
    // The client may wait for ever where the connection breaks during a pull.
    const overdue = setTimeout(() => pulling.stop(), PULL_MS + PULL_GRACE_MS);
    try {
      if (this.#stopping) pulling.stop();
      for await (const message of pulling) this.#take(message);
    } finally {
      clearTimeout(overdue);
    }
  }

  #take(message: JsMsg): void {
    const work: Promise<void> = this.#handle(message)
      // Not acknowledged, so it comes again.
      .catch((error: unknown) => this.#bus.log.error({ seq: message.seq, err: error }, 'event not settled'))
      .finally(() => this.#inHand.delete(work));
    this.#inHand.add(work);
  }

  async #handle(message: JsMsg): Promise<void> {
    const heartbeat = setInterval(() => message.working(), this.#bus.ackWaitMs / 3);
    try {
      const envelope = new TextDecoder().decode(message.data);
      const event = readable(envelope);
      if (event instanceof InvalidError) await this.#setAside(message, keptOfMalformed(envelope), event.message);
      else await this.#deliver(message, envelope, event);
    } finally {
      clearInterval(heartbeat);
    }
  }

  async #deliver(message: JsMsg, envelope: string, event: DomainEvent): Promise<void> {
    const { name, handler, maxDeliveries } = this.#subscription;
    const deliveries = message.info.deliveryCount;
    if (deliveries > maxDeliveries)
      return this.#setAside(message, envelope, 'Its handler never ended: the process died.');
    try {
      await handler(event);
      message.ack();
    } catch (error) {
      if (deliveries >= maxDeliveries) return await this.#setAside(message, envelope, reasonOf(error));
      const fields = { event: event.id, type: event.type, consumer: name, deliveries, err: error };
      this.#bus.log.warn(fields, 'event not handled; it will be delivered again');
      message.nak(this.#bus.delayMs(deliveries));
    }
  }

  async #setAside(message: JsMsg, envelope: string, reason: string): Promise<void> {
    const { name } = this.#subscription;
    await ensureDeadEvents(this.#bus.manager);
    // Kept first, then taken from the consumer: dying in between keeps it twice at worst, and the id mends that for two minutes.
    const options = { msgID: `${name}-${message.timestampNanos}-${message.seq}` };
    await this.#bus.client.publish(deadSubject(name), writeDeadEvent(name, reason, envelope), options);
    message.term();
    this.#bus.log.error({ consumer: name, seq: message.seq, type: message.subject, reason }, 'event set aside');
  }

  async #ensure(): Promise<void> {
    await ensureEvents(this.#bus.manager);
    await ensureConsumer(this.#bus.manager, this.#subscription, this.#bus.ackWaitMs);
  }
}

function readable(envelope: string): DomainEvent | InvalidError {
  try {
    return parseCloudEvent(envelope);
  } catch (error) {
    if (error instanceof InvalidError) return error;
    throw error;
  }
}
