/**
 * JSON with sorted keys and without what is undefined: equal values give equal text. Dates become ISO text.
 * Throws RangeError for values nested deeper than 100.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH}`);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join()}]`;
  return canonicalObject(value as Readonly<Record<string, unknown>>, depth);
}

/** A loop: every product of a bulk load passes here, and copying entries about doubles the time. */
function canonicalObject(value: Readonly<Record<string, unknown>>, depth: number): string {
  let text = '';
  for (const key of Object.keys(value).toSorted()) {
    const member = value[key];
    if (member !== undefined)
      text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member, depth + 1)}`;
  }
  return `{${text}}`;
}

const MAX_DEPTH = 100;

/** Whether JSON holds text PostgreSQL cannot keep: NUL or half a character, which JSON escapes. */
export function hasUnstorableText(json: string): boolean {
  return /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(json);
}
