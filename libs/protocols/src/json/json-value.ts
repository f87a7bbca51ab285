/** A JSON object as it was parsed. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Values nested deeper than this are nobody's. */
export const MAX_JSON_DEPTH = 100;

/** Whether a parsed JSON value is an object, not a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two parsed JSON values are equal, members in any order (RFC 6902 §4.6); what is nested deeper than 100 is not. */
export function isSameJson(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) return true;
  if (depth > MAX_JSON_DEPTH) return false;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, at) => isSameJson(item, b[at], depth + 1));
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSameJson(a[name], b[name], depth + 1))
  );
}

/** Whether a parsed JSON value is nested no deeper than {@link MAX_JSON_DEPTH}; level by level, so that no depth is too much for it. */
export function isShallowJson(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= MAX_JSON_DEPTH && level.length > 0; depth++) level = level.flatMap(innerOf);
  return level.length === 0;
}

function innerOf(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}
