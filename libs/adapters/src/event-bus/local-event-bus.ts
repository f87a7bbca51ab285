import { randomUUID } from 'node:crypto';
import { InvalidError, UnavailableError } from '#domain/errors.js';
import type { DomainEvent } from '#domain/event/event.js';
import { EventBus, type DeadEvent, type RunningSubscription, type Subscription } from '#domain/ports/event-bus.js';
import { type BusLog, silentLog } from './bus-log.js';
import { checkedSubscription } from './checked-subscription.js';
import { writeCloudEvent } from './cloud-event.js';
import { EventLog } from './event-log.js';
import { LocalConsumer } from './local-consumer.js';
import { redeliveryDelayMs } from './redelivery-delay.js';

/** How a local bus may differ from its defaults. */
export interface LocalEventBusOptions {
  readonly log?: BusLog;
  /** Pause in ms after the n-th failed delivery. */
  readonly delayMs?: (deliveries: number) => number;
  /** Characters of envelopes kept for consumers that lag or come late; default 32 Mi. */
  readonly capacity?: number;
}

const CAPACITY = 32 * 1024 * 1024;
const DUPLICATE_WINDOW_MS = 120_000;
const MAX_RECENT = 100_000;
const MAX_DEAD = 1_000;

/**
 * Events within one process, with JetStream's semantics: named consumers whose members compete, at least once, back-off, dead letters.
 * It is durable through the outbox: every start is a new generation, so the outbox publishes again what it retains and each consumer's inbox drops what it has handled.
 * (Holding `publish` until everything is handled would hold the outbox's transaction, which the handlers of an embedded database need.)
 * When a consumer comes after events were dropped to make room, the generation changes too. A full log refuses `publish`: back-pressure, the outbox tries again.
 */
export class LocalEventBus extends EventBus {
  readonly #log: BusLog;
  readonly #delayMs: (deliveries: number) => number;
  readonly #events: EventLog;
  readonly #consumers = new Map<string, LocalConsumer>();
  readonly #running = new Set<RunningSubscription>();
  readonly #recent = new Map<string, number>();
  readonly #dead: DeadEvent[] = [];
  readonly #born = randomUUID();
  #losses = 0;
  #closed = false;

  constructor({ log = silentLog, delayMs = redeliveryDelayMs, capacity = CAPACITY }: LocalEventBusOptions = {}) {
    super();
    this.#log = log;
    this.#delayMs = delayMs;
    this.#events = new EventLog(capacity);
  }

  override async publish(events: readonly DomainEvent[]): Promise<void> {
    await this.check();
    const fresh = new Map(events.filter(({ id }) => !this.#isRecent(id)).map((event) => [event.id, event]));
    const logged = [...fresh.values()].map((event) => ({ type: event.type, envelope: writeCloudEvent(event) }));
    if (!this.#events.append(logged, this.#neededFrom())) {
      throw new UnavailableError('The event bus is full: its consumers are behind.');
    }
    for (const id of fresh.keys()) this.#remember(id);
    for (const consumer of this.#consumers.values()) consumer.wake();
  }

  override async subscribe(subscription: Subscription): Promise<RunningSubscription> {
    await this.check();
    const checked = checkedSubscription(subscription);
    const running = this.#consumer(checked).join(checked);
    this.#running.add(running);
    return running;
  }

  override generation(): Promise<string> {
    return Promise.resolve(`${this.#born}.${this.#losses}`);
  }

  override deadEvents(limit: number): Promise<readonly DeadEvent[]> {
    return Promise.resolve(this.#dead.toReversed().slice(0, limit));
  }

  override check(): Promise<void> {
    return this.#closed ? Promise.reject(new UnavailableError('The event bus is closed.')) : Promise.resolve();
  }

  override async close(): Promise<void> {
    this.#closed = true;
    for (const consumer of this.#consumers.values()) consumer.dismiss();
    await Promise.all([...this.#running].map((running) => running.stop()));
  }

  #consumer({ name, pattern }: Required<Subscription>): LocalConsumer {
    const known = this.#consumers.get(name);
    if (known !== undefined && known.next >= this.#events.first) {
      if (known.pattern === pattern) return known;
      throw new InvalidError(`The consumer ${name} takes ${known.pattern}, so it cannot take ${pattern} too.`);
    }
    known?.dismiss();
    // Somebody new, or back after what it had not taken was dropped: only the outbox can give it everything.
    if (this.#events.first > 0) this.#lose();
    const consumer = new LocalConsumer(pattern, {
      events: this.#events,
      log: this.#log,
      delayMs: this.#delayMs,
      setAside: (event, who, reason) => this.#setAside({ event, consumer: who, reason }),
    });
    this.#consumers.set(name, consumer);
    return consumer;
  }

  #lose(): void {
    this.#losses++;
    this.#recent.clear();
  }

  /** Consumers nobody serves hold nothing back: were they to come again, the outbox would publish again. */
  #neededFrom(): number {
    const served = [...this.#consumers.values()].filter((consumer) => consumer.isServed);
    return Math.min(...served.map((consumer) => consumer.next), Infinity);
  }

  #isRecent(id: string): boolean {
    return Date.now() - (this.#recent.get(id) ?? -Infinity) < DUPLICATE_WINDOW_MS;
  }

  #remember(id: string): void {
    const now = Date.now();
    this.#recent.delete(id);
    this.#recent.set(id, now);
    for (const [old, time] of this.#recent) {
      if (now - time < DUPLICATE_WINDOW_MS && this.#recent.size <= MAX_RECENT) return;
      this.#recent.delete(old);
    }
  }

  #setAside(dead: DeadEvent): void {
    this.#dead.push(dead);
    if (this.#dead.length > MAX_DEAD) this.#dead.shift();
  }
}
