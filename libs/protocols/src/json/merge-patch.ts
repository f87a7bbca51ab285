import { InvalidError } from '#domain/errors.js';
import { isJsonObject, MAX_JSON_DEPTH, type JsonObject } from './json-value.js';

/** A JSON Merge Patch applied (RFC 7396 §2): null takes a member away, an object goes into an object, anything else replaces. Throws InvalidError for a patch nested deeper than 100. */
export function applyMergePatch(target: unknown, patch: unknown, depth = 0): unknown {
  if (!isJsonObject(patch)) return patch;
  if (depth > MAX_JSON_DEPTH) throw new InvalidError(`The patch is nested deeper than ${MAX_JSON_DEPTH}.`);
  const members = new Map(Object.entries(isJsonObject(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) members.delete(name);
    else members.set(name, applyMergePatch(members.get(name), value, depth + 1));
  }
  return Object.fromEntries(members) satisfies JsonObject;
}
