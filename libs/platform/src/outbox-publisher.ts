import { InvalidError } from '#domain/errors.js';
import type { DomainEvent } from '#domain/event/event.js';
import type { EventBus } from '#domain/ports/event-bus.js';
import type { Outbox } from '#domain/ports/outbox.js';
import type { Log } from './log.js';

/** How a publisher may differ from its defaults; times in ms. */
export interface OutboxPublisherOptions {
  /** Events in one transaction; default 200. */
  readonly batch?: number;
  /** Between two looks at the outbox where nobody woke it; default 2 s. */
  readonly pollMs?: number;
  /** Pause after a first failure; doubled by each that follows, up to a minute; default 500. */
  readonly firstPauseMs?: number;
}

const LONGEST_PAUSE_MS = 60_000;

/**
 * Carries events from the outbox to the bus, at least once. Before each round it looks whether the bus has lost its memory (another generation) and if so
 * publishes again everything the outbox retains. Any number of instances may run: each takes rows no other has locked, and a second reset only repeats.
 */
export class OutboxPublisher {
  readonly #options: Required<OutboxPublisherOptions>;
  #loop: Promise<void> | undefined;
  #stopping = false;
  #failures = 0;
  #awaited = false;
  #wake: () => void = () => undefined;
  #stopListening: (() => Promise<void>) | undefined;

  constructor(
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly log: Pick<Log, 'info' | 'warn' | 'error'>,
    options: OutboxPublisherOptions = {},
  ) {
    this.#options = { batch: 200, pollMs: 2_000, firstPauseMs: 500, ...options };
  }

  /** Begins to publish; a bus or database that does not answer is tried again for ever. */
  start(): Promise<void> {
    this.#stopping = false;
    this.#loop ??= this.#run();
    return Promise.resolve();
  }

  /** Ends after the batch in hand. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await this.#loop;
    this.#loop = undefined;
    await this.#stopListening?.();
    this.#stopListening = undefined;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        this.#stopListening ??= await this.outbox.onAppended(() => this.#appended());
        this.#awaited = false;
        await this.#round();
        this.#failures = 0;
        if (!this.#awaited) await this.#sleep(this.#options.pollMs);
      } catch (error) {
        await this.#recover(error);
      }
    }
  }

  async #round(): Promise<void> {
    let drained: number;
    do {
      await this.#noticeLoss();
      drained = await this.outbox.drain(this.#options.batch, (events) => this.#publish(events));
    } while (drained === this.#options.batch && !this.#stopping);
  }

  async #noticeLoss(): Promise<void> {
    const generation = await this.bus.generation();
    const known = await this.outbox.lastGeneration();
    if (generation === known) return;
    // In this order: dying in between repeats the reset, the other way round would skip it.
    const events = await this.outbox.reset();
    await this.outbox.rememberGeneration(generation);
    // No warning: a bus within the process begins anew at every start.
    if (events > 0) this.log.info({ events, generation, known }, 'the event bus remembers nothing; publishing again');
  }

  async #publish(events: readonly DomainEvent[]): Promise<void> {
    try {
      await this.bus.publish(events);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      await this.#publishEach(events);
    }
  }

  /** One event no bus can carry must not hold up all that follow it. */
  async #publishEach(events: readonly DomainEvent[]): Promise<void> {
    for (const event of events) {
      try {
        await this.bus.publish([event]);
      } catch (error) {
        if (!(error instanceof InvalidError)) throw error;
        this.log.error({ event: event.id, type: event.type, err: error }, 'event passed over: it cannot be published');
      }
    }
  }

  async #recover(error: unknown): Promise<void> {
    const pause = Math.min(this.#options.firstPauseMs * 2 ** this.#failures++, LONGEST_PAUSE_MS);
    this.log.warn({ err: error, pause }, 'events cannot be published; trying again');
    const until = Date.now() + pause;
    // New events do not shorten the pause: the bus is no better for them.
    while (!this.#stopping && Date.now() < until) await this.#sleep(until - Date.now());
  }

  #appended(): void {
    this.#awaited = true;
    this.#wake();
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
