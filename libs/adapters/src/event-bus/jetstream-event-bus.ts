import { jetstream, type JetStreamManager } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError, UnavailableError } from '#domain/errors.js';
import type { DomainEvent } from '#domain/event/event.js';
import { EventBus, type DeadEvent, type RunningSubscription, type Subscription } from '#domain/ports/event-bus.js';
import { type BusLog, silentLog } from './bus-log.js';
import { checkedSubscription } from './checked-subscription.js';
import { CLOUD_EVENT_MEDIA_TYPE, writeCloudEvent } from './cloud-event.js';
import { parseDeadEvent, reasonOf } from './dead-event.js';
import { DEAD_EVENTS, ensureDeadEvents, ensureEvents, EVENTS } from './jetstream-streams.js';
import { JetStreamSubscription, type JetStreamSurroundings } from './jetstream-subscription.js';
import { connectNats } from './nats-connection.js';
import { redeliveryDelayMs } from './redelivery-delay.js';

/** Where NATS is, and how a bus may differ from its defaults. */
export interface JetStreamEventBusOptions {
  /** `nats://[user:password@]host[:port]`, several separated by commas. */
  readonly url: string;
  readonly log?: BusLog;
  /** Default 30 s; events in hand say every third of it that they are worked on. */
  readonly ackWaitMs?: number;
  /** Pause in ms after the n-th failed delivery. */
  readonly delayMs?: (deliveries: number) => number;
}

const REQUEST_MS = 5_000;
const PUBLISH_AT_ONCE = 256;
const DRAIN_MS = 5_000;

/**
 * Events over NATS JetStream (2.9 and newer): one file-backed stream, durable pull consumers, explicit acknowledgement, dead events in a stream of their own.
 * Publishing an id again within two minutes is dropped by the server. Set `sync_interval: always` in NATS, else a power cut can lose what it has acknowledged.
 */
export class JetStreamEventBus extends EventBus {
  readonly #connection: NatsConnection;
  readonly #bus: JetStreamSurroundings;
  readonly #running = new Set<RunningSubscription>();

  private constructor(connection: NatsConnection, bus: JetStreamSurroundings) {
    super();
    this.#connection = connection;
    this.#bus = bus;
  }

  /** Connects and makes the streams. Throws UnavailableError where NATS does not answer within a minute or has no JetStream. */
  static async open(options: JetStreamEventBusOptions): Promise<JetStreamEventBus> {
    const { url, log = silentLog, ackWaitMs = 30_000, delayMs = redeliveryDelayMs } = options;
    const connection = await connectNats(url, log);
    const client = jetstream(connection, { timeout: REQUEST_MS });
    const manager: JetStreamManager = await client.jetstreamManager(false);
    const bus = new JetStreamEventBus(connection, { client, manager, log, ackWaitMs, delayMs });
    try {
      await bus.check();
      return bus;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  override async publish(events: readonly DomainEvent[]): Promise<void> {
    const messages = events.map((event) => ({ event, envelope: writeCloudEvent(event) }));
    for (let at = 0; at < messages.length; at += PUBLISH_AT_ONCE) {
      const sent = messages
        .slice(at, at + PUBLISH_AT_ONCE)
        .map(({ event, envelope }) => this.#publish(event, envelope));
      const failed = (await Promise.allSettled(sent)).find((result) => result.status === 'rejected');
      if (failed !== undefined) throw unavailable(failed.reason);
    }
  }

  override async subscribe(subscription: Subscription): Promise<RunningSubscription> {
    const running = new JetStreamSubscription(checkedSubscription(subscription), this.#bus);
    await mapped(running.start());
    this.#running.add(running);
    return running;
  }

  /** When the stream was made: a wiped or re-created NATS has another. Makes it where it is missing. */
  override async generation(): Promise<string> {
    return (await mapped(ensureEvents(this.#bus.manager))).created;
  }

  override async deadEvents(limit: number): Promise<readonly DeadEvent[]> {
    const { state } = await mapped(ensureDeadEvents(this.#bus.manager));
    const dead: DeadEvent[] = [];
    for (let seq = state.last_seq; seq >= state.first_seq && seq > 0 && dead.length < limit; seq--) {
      const message = await mapped(this.#bus.manager.streams.getMessage(DEAD_EVENTS, { seq }));
      if (message !== null) dead.push(parseDeadEvent(message.string(), message));
    }
    return dead;
  }

  override async check(): Promise<void> {
    await this.generation();
  }

  override async close(): Promise<void> {
    await Promise.all([...this.#running].map((running) => running.stop()));
    // Draining waits for the server, which may be gone.
    await Promise.race([this.#connection.drain(), sleep(DRAIN_MS, undefined, { ref: false })]).catch(() => undefined);
    await this.#connection.close();
  }

  async #publish(event: DomainEvent, envelope: string): Promise<void> {
    const type = headers();
    type.set('Content-Type', CLOUD_EVENT_MEDIA_TYPE);
    const options = { msgID: event.id, headers: type, expect: { streamName: EVENTS }, timeout: REQUEST_MS };
    await this.#bus.client.publish(event.type, envelope, options);
  }
}

async function mapped<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw unavailable(error);
  }
}

function unavailable(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  return new UnavailableError(`The event bus (NATS JetStream) cannot be used: ${reasonOf(error)}.`, { cause: error });
}
