/**
 * JSON with sorted keys and without what is undefined: equal values give equal text. Dates become ISO text.
 * Throws RangeError for values nested deeper than 100.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH}`);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  return Array.isArray(value) ? canonicalList(value, depth) : canonicalObject(value, depth);
}

/** Shows the members of an object in canonical order, each as it stands in the JSON; what is undefined is left out. */
export function eachMember(value: object, see: (key: string, member: string, json: string) => void): void {
  for (const key of sortedKeys(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (member === undefined) continue;
    const json = canonicalJson(member, 1);
    see(key, keyText(key) + json, json);
  }
}

/** Loops: every product of a bulk load passes here, and copying entries about doubles the time. */
function canonicalObject(value: object, depth: number): string {
  let text = '';
  for (const key of sortedKeys(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${keyText(key)}${canonicalJson(member, depth + 1)}`;
  }
  return `{${text}}`;
}

function canonicalList(values: readonly unknown[], depth: number): string {
  let text = '';
  for (const item of values) text += `${text === '' ? '' : ','}${canonicalJson(item, depth + 1)}`;
  return `[${text}]`;
}

function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value);
  for (let at = 1; at < keys.length; at++) if (keys[at - 1]! > keys[at]!) return keys.toSorted();
  return keys;
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
