/** What values of one place in many JSON documents have in common; `json`: nothing a column could hold, so that its text is kept. */
export type ShapeKind = 'nothing' | 'text' | 'instant' | 'integer' | 'number' | 'boolean' | 'list' | 'record' | 'json';

/** Deeper or wider than these, a value is kept as its text. */
const MOST_DEPTH = 16;
const MOST_FIELDS = 2_000;

/** The shape of the values that were added, null being part of any. */
export class JsonShape {
  /** Of a record, in the order they were met. */
  readonly fields = new Map<string, JsonShape>();
  /** Of a list. */
  items: JsonShape | undefined;
  private readonly kinds = new Set<ShapeKind>();

  constructor(private readonly depth = 0) {}

  /** Widens the shape by a value. */
  add(value: unknown): void {
    const kind = kindOf(value);
    if (kind === 'nothing') return;
    this.kinds.add(kind);
    if (this.depth >= MOST_DEPTH) this.kinds.add('json');
    else if (kind === 'list') this.addItems(value as readonly unknown[]);
    else if (kind === 'record') this.addFields(value as object);
  }

  /** Widens the shape by an instant, or by any text that is none. */
  addInstant(value: unknown): void {
    if (typeof value === 'string' && microsecondsOf(value) !== undefined) this.kinds.add('instant');
    else this.add(value);
  }

  /** The shape of a field of a record, made where there is none. */
  field(name: string): JsonShape {
    const known = this.fields.get(name);
    if (known !== undefined) return known;
    const made = new JsonShape(this.depth + 1);
    this.fields.set(name, made);
    if (this.fields.size > MOST_FIELDS) this.kinds.add('json');
    return made;
  }

  /** What all values together are. */
  get kind(): ShapeKind {
    const [first = 'nothing', ...others] = this.kinds;
    if (others.length === 0) return first;
    const all = [first, ...others];
    if (all.every((kind) => kind === 'integer' || kind === 'number')) return 'number';
    return all.every((kind) => kind === 'instant' || kind === 'text') ? 'text' : 'json';
  }

  private addItems(values: readonly unknown[]): void {
    this.items ??= new JsonShape(this.depth + 1);
    for (const value of values) this.items.add(value);
  }

  private addFields(record: object): void {
    for (const [name, value] of Object.entries(record)) this.field(name).add(value);
  }
}

function kindOf(value: unknown): ShapeKind {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'integer' : 'number';
  if (typeof value === 'string') return 'text';
  return typeof value === 'boolean' ? 'boolean' : 'record';
}

const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z$/;

/** Microseconds since 1970 of an RFC 3339 instant in UTC; undefined for any other text, and for more precise ones. */
export function microsecondsOf(text: string): bigint | undefined {
  const [, seconds, fraction = ''] = INSTANT.exec(text) ?? [];
  const milliseconds = seconds === undefined ? Number.NaN : Date.parse(`${seconds}Z`);
  return Number.isNaN(milliseconds) ? undefined : BigInt(milliseconds) * 1000n + BigInt(fraction.padEnd(6, '0'));
}
