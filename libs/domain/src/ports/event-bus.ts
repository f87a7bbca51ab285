import type { DomainEvent } from '../event/event.js';

/** Handles one event; resolving acknowledges it, throwing has it delivered again after a back-off. */
export type EventHandler = (event: DomainEvent) => Promise<void>;

/** A durable subscription: `name` is the consumer's identity across restarts and instances (each event goes to one instance). */
export interface Subscription {
  readonly name: string;
  /** Event type, or a prefix ending in `.>`; e.g. `frombork.product.>`. */
  readonly pattern: string;
  readonly handler: EventHandler;
  /** Deliveries before an event is set aside as dead; default 8. */
  readonly maxDeliveries?: number;
  /** Events in hand at once; default 16. */
  readonly concurrency?: number;
}

/** A running subscription. */
export interface RunningSubscription {
  /** Stops taking events and waits for those in hand. */
  stop(): Promise<void>;
}

/** An event that could not be handled, set aside after its last delivery. */
export interface DeadEvent {
  readonly event: DomainEvent;
  readonly consumer: string;
  readonly reason: string;
}

/**
 * Carries events at least once. Publishing the same event id again within minutes is dropped where the bus can.
 * The bus may lose everything: the outbox in the database is the truth and re-publishes.
 */
export abstract class EventBus {
  /** Resolves once every event is stored by the bus. */
  abstract publish(events: readonly DomainEvent[]): Promise<void>;
  abstract subscribe(subscription: Subscription): Promise<RunningSubscription>;
  /** Changes whenever the bus has lost its memory (wiped, re-created); the outbox publisher then re-publishes. */
  abstract generation(): Promise<string>;
  /** Events set aside, newest first. */
  abstract deadEvents(limit: number): Promise<readonly DeadEvent[]>;
  abstract check(): Promise<void>;
  abstract close(): Promise<void>;
}
