import { createHash } from 'node:crypto';

const known = new WeakMap<object, string>();

/** A name for what an object says, computed once for as long as it lives; the object must not change. */
export function digestOf(object: object): string {
  let digest = known.get(object);
  if (digest === undefined) {
    digest = createHash('sha256').update(JSON.stringify(object)).digest('base64url');
    known.set(object, digest);
  }
  return digest;
}
