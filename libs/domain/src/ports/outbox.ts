import type { DomainEvent } from '../event/event.js';

/** The events written in the same transaction as the rows they speak of; the truth the bus is rebuilt from. */
export abstract class Outbox {
  /** Hands up to `limit` unpublished events, oldest first, to `publish` and marks them once it resolves; rows are locked (SKIP LOCKED) meanwhile. Returns how many. */
  abstract drain(limit: number, publish: (events: readonly DomainEvent[]) => Promise<void>): Promise<number>;
  /** Marks every event since `since` (all where absent) unpublished; returns how many. */
  abstract reset(since?: Date): Promise<number>;
  /** The bus generation events were last published to; see EventBus.generation. */
  abstract lastGeneration(): Promise<string | undefined>;
  abstract rememberGeneration(generation: string): Promise<void>;
  /** Calls back soon after new events are committed (LISTEN/NOTIFY); polling remains the safety net. Returns a stop function. */
  abstract onAppended(wake: () => void): Promise<() => Promise<void>>;
  /** Number of events waiting; a metric. */
  abstract backlog(): Promise<number>;
}

/** Remembers which events a consumer has handled, so that each effect happens once. */
export abstract class Inbox {
  /** Runs `handle` unless this consumer has handled the event before; the memory and the effect commit together where the effect is in the same database. Returns false where it was a duplicate. */
  abstract once(consumer: string, eventId: string, handle: () => Promise<void>): Promise<boolean>;
}
