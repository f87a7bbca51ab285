/** How long what was found out serves, milliseconds. */
const FRESH_MS = 60_000;
const KEPT = 1_000;

/** What was found out about searches lately, to decide by: good for a minute, and for the last thousand. */
export class ShortMemory<Value> {
  private readonly kept = new Map<string, { readonly value: Value; readonly at: number }>();

  recall(key: string): Value | undefined {
    const known = this.kept.get(key);
    return known !== undefined && performance.now() - known.at < FRESH_MS ? known.value : undefined;
  }

  remember(key: string, value: Value): void {
    this.kept.delete(key);
    this.kept.set(key, { value, at: performance.now() });
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value ?? '');
  }
}
