/** Keeps values up to so many bytes; the ones used longest ago go first. */
export class ByteLru<V> {
  private readonly entries = new Map<string, { readonly value: V; readonly size: number }>();
  private used = 0;

  constructor(
    private readonly limit: number,
    private readonly sizeOf: (value: V) => number,
  ) {}

  /** Bytes kept, keys and an allowance for each entry among them. */
  get size(): number {
    return this.used;
  }

  get(key: string): V | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.value;
  }

  /** What is larger than all the room is not kept. */
  set(key: string, value: V): void {
    this.delete(key);
    const size = this.sizeOf(value) + 2 * key.length + ENTRY;
    if (size > this.limit) return;
    this.entries.set(key, { value, size });
    this.used += size;
    for (const oldest of this.entries.keys()) {
      if (this.used <= this.limit) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    this.entries.delete(key);
    this.used -= entry.size;
  }
}

/** Bytes an entry takes besides key and value, about. */
const ENTRY = 200;
