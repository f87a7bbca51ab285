/**
 * JSON with sorted keys and without what is undefined: equal values give equal text. Dates become ISO text.
 * Throws RangeError for text PostgreSQL cannot keep (NUL, lone surrogates) and values nested deeper than 100.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH}`);
  if (typeof value === 'string') return quoted(value);
  if (value instanceof Date) return quoted(value.toISOString());
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${quoted(key)}:${canonicalJson(member, depth + 1)}`);
  return `{${members.join()}}`;
}

const MAX_DEPTH = 100;

function quoted(text: string): string {
  if (text.includes('\0') || !text.isWellFormed()) throw new RangeError('text with NUL or half a character');
  return JSON.stringify(text);
}
