/** Runs jobs in order, a few at a time. */
export class JobQueue {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(private readonly atOnce: number) {}

  /** Jobs running and waiting. */
  get load(): number {
    return this.#running + this.#waiting.length;
  }

  /** Runs the work when its turn comes; aborting takes a waiting job out. */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    if (this.#running >= this.atOnce) await this.#turn(signal);
    else this.#running++;
    try {
      return await work();
    } finally {
      // The place goes to the next in line, if there is one.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(start), 1);
        reject(signal?.reason);
      };
      const start = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(start);
    });
  }
}
