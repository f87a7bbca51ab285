/** Keeps what was used last, up to a number of bytes. */
export class ByteCache<T> {
  readonly #entries = new Map<string, { value: T; bytes: number }>();
  #bytes = 0;

  /** `dropped` hears of every value that is kept no longer. */
  constructor(
    private readonly limit: number,
    private readonly dropped?: (key: string, value: T) => void,
  ) {}

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Whether a value of so many bytes is kept: one larger than a quarter of the limit is not, so that it cannot drive out the rest. */
  fits(bytes: number): boolean {
    return bytes * 4 <= this.limit;
  }

  /** Keeps a value that fits. */
  set(key: string, value: T, bytes: number): void {
    this.delete(key);
    if (!this.fits(bytes)) return;
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.limit) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#bytes -= entry.bytes;
    this.#entries.delete(key);
    this.dropped?.(key, entry.value);
  }

  /** Forgets every key that begins with the prefix. */
  deletePrefix(prefix: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(prefix)) this.delete(key);
  }

  /** All that is kept. */
  values(): IteratorObject<T> {
    return this.#entries.values().map(({ value }) => value);
  }

  get bytes(): number {
    return this.#bytes;
  }
}
