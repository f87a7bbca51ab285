import type { DomainEvent } from '#domain/event/event.js';
import type { RunningSubscription, Subscription } from '#domain/ports/event-bus.js';
import type { BusLog } from './bus-log.js';
import { MAX_UNSETTLED, matchesPattern } from './checked-subscription.js';
import { parseCloudEvent } from './cloud-event.js';
import { reasonOf } from './dead-event.js';
import type { EventLog, LoggedEvent } from './event-log.js';

/** What a consumer needs of its bus. */
export interface ConsumerSurroundings {
  readonly events: EventLog;
  readonly log: BusLog;
  readonly delayMs: (deliveries: number) => number;
  readonly setAside: (event: DomainEvent, consumer: string, reason: string) => void;
}

interface Member {
  readonly subscription: Required<Subscription>;
  inHand: number;
  stopping: boolean;
  whenIdle: () => void;
}

interface Delivery {
  readonly logged: LoggedEvent;
  readonly deliveries: number;
}

/** One named consumer of the local bus: its place in the log, what is to be delivered again, and the members that share the work. */
export class LocalConsumer {
  readonly #pattern: string;
  readonly #bus: ConsumerSurroundings;
  readonly #members = new Set<Member>();
  readonly #again: Delivery[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  #next: number;

  constructor(pattern: string, bus: ConsumerSurroundings) {
    this.#pattern = pattern;
    this.#bus = bus;
    this.#next = bus.events.first;
  }

  get pattern(): string {
    return this.#pattern;
  }

  /** The first event in the log this consumer has not taken. */
  get next(): number {
    return this.#next;
  }

  /** Whether anybody takes events now. */
  get isServed(): boolean {
    return this.#members.size > 0;
  }

  join(subscription: Required<Subscription>): RunningSubscription {
    const member: Member = { subscription, inHand: 0, stopping: false, whenIdle: () => undefined };
    this.#members.add(member);
    this.wake();
    let left: Promise<void> | undefined;
    return { stop: () => (left ??= this.#leave(member)) };
  }

  /** Delivers what can be delivered, after the caller is done. */
  wake(): void {
    setImmediate(() => this.#deliver());
  }

  /** Forgets what was to be delivered again; the bus is closed. */
  dismiss(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #deliver(): void {
    for (;;) {
      const member = [...this.#members].find((each) => !each.stopping && each.inHand < each.subscription.concurrency);
      const delivery = member === undefined ? undefined : (this.#again.shift() ?? this.#fromLog());
      if (member === undefined || delivery === undefined) return;
      // The least recently served is asked first next time.
      this.#members.delete(member);
      this.#members.add(member);
      void this.#hand(delivery, member);
    }
  }

  #fromLog(): Delivery | undefined {
    if (this.#again.length + this.#timers.size >= MAX_UNSETTLED) return undefined;
    for (let logged = this.#bus.events.at(this.#next); logged !== undefined; logged = this.#bus.events.at(this.#next)) {
      this.#next++;
      if (matchesPattern(this.#pattern, logged.type)) return { logged, deliveries: 0 };
    }
    return undefined;
  }

  async #hand({ logged, deliveries }: Delivery, member: Member): Promise<void> {
    member.inHand++;
    // As from any bus, each delivery is a value of its own.
    const event = parseCloudEvent(logged.envelope);
    try {
      await member.subscription.handler(event);
    } catch (error) {
      this.#failed({ logged, deliveries: deliveries + 1 }, event, { error, subscription: member.subscription });
    } finally {
      member.inHand--;
      if (member.inHand === 0) member.whenIdle();
      this.#deliver();
    }
  }

  #failed(
    delivery: Delivery,
    event: DomainEvent,
    { error, subscription }: { readonly error: unknown; readonly subscription: Required<Subscription> },
  ): void {
    const { deliveries } = delivery;
    const fields = { event: event.id, type: event.type, consumer: subscription.name, deliveries, err: error };
    if (deliveries >= subscription.maxDeliveries) {
      this.#bus.log.error(fields, 'event set aside after its last delivery');
      this.#bus.setAside(event, subscription.name, reasonOf(error));
      return;
    }
    this.#bus.log.warn(fields, 'event not handled; it will be delivered again');
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#again.push(delivery);
      this.#deliver();
    }, this.#bus.delayMs(deliveries));
    this.#timers.add(timer);
  }

  async #leave(member: Member): Promise<void> {
    member.stopping = true;
    if (member.inHand > 0) await new Promise<void>((resolve) => (member.whenIdle = resolve));
    this.#members.delete(member);
  }
}
