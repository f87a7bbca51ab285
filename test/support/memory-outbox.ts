import type { DomainEvent } from '#domain/event/event.js';
import { Outbox } from '#domain/ports/outbox.js';

interface Row {
  readonly event: DomainEvent;
  published: boolean;
  locked: boolean;
}

/** An outbox in memory that behaves as the one in PostgreSQL: rows in work are skipped by others, and released where publishing fails. */
export class MemoryOutbox extends Outbox {
  readonly #rows: Row[] = [];
  readonly #listeners = new Set<() => void>();
  #generation: string | undefined;

  append(events: readonly DomainEvent[]): void {
    this.#rows.push(...events.map((event) => ({ event, published: false, locked: false })));
    for (const wake of this.#listeners) wake();
  }

  override async drain(limit: number, publish: (events: readonly DomainEvent[]) => Promise<void>): Promise<number> {
    const taken = this.#rows.filter((row) => !row.published && !row.locked).slice(0, limit);
    if (taken.length === 0) return 0;
    for (const row of taken) row.locked = true;
    try {
      await publish(taken.map(({ event }) => event));
      for (const row of taken) row.published = true;
    } finally {
      for (const row of taken) row.locked = false;
    }
    return taken.length;
  }

  override reset(since?: Date): Promise<number> {
    const rows = this.#rows.filter(({ event, published }) => published && (since === undefined || event.time >= since));
    for (const row of rows) row.published = false;
    return Promise.resolve(rows.length);
  }

  override lastGeneration(): Promise<string | undefined> {
    return Promise.resolve(this.#generation);
  }

  override rememberGeneration(generation: string): Promise<void> {
    this.#generation = generation;
    return Promise.resolve();
  }

  override onAppended(wake: () => void): Promise<() => Promise<void>> {
    this.#listeners.add(wake);
    return Promise.resolve(() => {
      this.#listeners.delete(wake);
      return Promise.resolve();
    });
  }

  override backlog(): Promise<number> {
    return Promise.resolve(this.#rows.filter(({ published }) => !published).length);
  }
}
