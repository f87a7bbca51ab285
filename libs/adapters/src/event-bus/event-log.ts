/** An event kept by the local bus, as the envelope it travels in. */
export interface LoggedEvent {
  readonly type: string;
  readonly envelope: string;
}

/** The last events published, numbered one after another; bounded by the characters of their envelopes. */
export class EventLog {
  readonly #limit: number;
  #events: LoggedEvent[] = [];
  #first = 0;
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Number of the oldest event kept. */
  get first(): number {
    return this.#first;
  }

  at(number: number): LoggedEvent | undefined {
    return this.#events[number - this.#first];
  }

  /** Appends all or (where they would not fit even with everything before `needed` dropped) none. Returns whether it did. */
  append(events: readonly LoggedEvent[], needed: number): boolean {
    const added = events.reduce((sum, { envelope }) => sum + envelope.length, 0);
    let drop = 0;
    let size = this.#size + added;
    while (size > this.#limit && this.#first + drop < needed && drop < this.#events.length) {
      size -= this.#events[drop++]?.envelope.length ?? 0;
    }
    if (size > this.#limit && drop < this.#events.length) return false;
    this.#events = [...this.#events.slice(drop), ...events];
    this.#first += drop;
    this.#size = size;
    return true;
  }
}
