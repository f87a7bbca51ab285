/**
 * JSON with sorted keys and without what is undefined: equal values give equal text. Dates become ISO text.
 * Throws RangeError for values nested deeper than 100.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  const sorted = inOrder(value, depth);
  return sorted === UNSORTABLE ? pieced(value, depth) : (JSON.stringify(sorted) ?? 'null');
}

/** Shows the members of an object, of `keys` in canonical order, each as it stands in the JSON; what is undefined is left out. */
export function eachMember(
  value: Members,
  keys: readonly string[],
  see: (key: string, member: string, json: string) => void,
): void {
  for (const key of keys) {
    const member = value[key];
    if (member === undefined) continue;
    const json = canonicalJson(member, 1);
    see(key, keyText(key) + json, json);
  }
}

type Members = Readonly<Record<string, unknown>>;

/** Stands for a value no object can say in the order wanted: JavaScript puts whole numbers before all other keys. */
const UNSORTABLE = Symbol('unsortable');

/** The value with the keys of its objects in order, itself where they are: the engine writes it in a fraction of the time a loop takes. */
function inOrder(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH}`);
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? listInOrder(value, depth) : objectInOrder(value as Members, depth);
}

function listInOrder(values: readonly unknown[], depth: number): unknown {
  let copy: unknown[] | undefined;
  for (let at = 0; at < values.length; at++) {
    const item = values[at];
    const sorted = typeof item === 'number' ? item : inOrder(item, depth + 1);
    if (sorted === UNSORTABLE) return UNSORTABLE;
    if (sorted !== item) (copy ??= [...values])[at] = sorted;
  }
  return copy ?? values;
}

function objectInOrder(value: Members, depth: number): unknown {
  const keys = Object.keys(value);
  let copy: Record<string, unknown> | undefined = areInOrder(keys) ? undefined : {};
  for (const key of copy === undefined ? keys : keys.sort()) {
    if (isUnsortable(key)) return UNSORTABLE;
    const sorted = inOrder(value[key], depth + 1);
    if (sorted === UNSORTABLE) return UNSORTABLE;
    if (sorted !== value[key]) copy ??= { ...value };
    if (copy !== undefined) copy[key] = sorted;
  }
  return copy ?? value;
}

function isUnsortable(key: string): boolean {
  const first = key.charCodeAt(0);
  return (first >= 48 && first <= 57) || key === '__proto__';
}

/** The same piece by piece. */
function pieced(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null || value instanceof Date) return canonicalJson(value, depth);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
  const members = keysInOrder(value).filter((key) => (value as Members)[key] !== undefined);
  return `{${members.map((key) => keyText(key) + canonicalJson((value as Members)[key], depth + 1)).join(',')}}`;
}

function keysInOrder(value: object): readonly string[] {
  const keys = Object.keys(value);
  return areInOrder(keys) ? keys : keys.sort();
}

function areInOrder(keys: readonly string[]): boolean {
  for (let at = 1; at < keys.length; at++) if (keys[at - 1]! > keys[at]!) return false;
  return true;
}

/** Products have the same few hundred keys. */
const KEYS = new Map<string, string>();
const MOST_KEYS = 2_000;

function keyText(key: string): string {
  const known = KEYS.get(key);
  if (known !== undefined) return known;
  if (KEYS.size >= MOST_KEYS) KEYS.clear();
  const text = `${JSON.stringify(key)}:`;
  if (key.length < 100) KEYS.set(key, text);
  return text;
}

const MAX_DEPTH = 100;

/** Whether JSON holds text PostgreSQL cannot keep: NUL or half a character, which JSON escapes. */
export function hasUnstorableText(json: string): boolean {
  return json.includes('\\u') && /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(json);
}
