interface Running<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/** Does the same work once for all who want it at the same time; it stops when the last of them has left. */
export class SharedWork<T> {
  private readonly running = new Map<string, Running<T>>();

  /** Rejects as the work does, or with the reason of the caller's own signal. */
  async run(key: string, work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const shared = this.running.get(key) ?? this.start(key, work);
    shared.waiting++;
    const leave = (): void => {
      if (--shared.waiting > 0) return;
      this.end(key, shared);
      shared.stop.abort();
    };
    if (!signal) return shared.result.finally(() => shared.waiting--);
    return new Promise<T>((resolve, reject) => {
      const left = (): void => {
        leave();
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', left, { once: true });
      shared.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', left));
    });
  }

  private start(key: string, work: (signal: AbortSignal) => Promise<T>): Running<T> {
    const stop = new AbortController();
    const shared: Running<T> = { result: work(stop.signal), stop, waiting: 0 };
    this.running.set(key, shared);
    const end = (): void => this.end(key, shared);
    shared.result.then(end, end);
    return shared;
  }

  private end(key: string, shared: Running<T>): void {
    if (this.running.get(key) === shared) this.running.delete(key);
  }
}
