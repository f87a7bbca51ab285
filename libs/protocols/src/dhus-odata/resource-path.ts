import { InvalidError } from '#domain/errors.js';

/** A segment of a resource path: `Products`, `Products('x')`, `$value`. */
export interface PathSegment {
  readonly name: string;
  /** The key between the parentheses, unquoted. */
  readonly key?: string;
}

const MAX_SEGMENTS = 64;
const SEGMENT = /^([A-Za-z_][\w]{0,99}|\$(?:metadata|count|value|batch|links))(?:\(([\s\S]*)\))?$/;

/**
 * Reads the path behind the service root (OData 2.0 URI conventions §3) as it was sent: split at the slashes before anything is decoded, so that a key may hold an
 * encoded one; a slash at the end is tolerated. Throws InvalidError.
 */
export function parseResourcePath(path: string): readonly PathSegment[] {
  const parts = path.split('/').filter((part) => part !== '');
  if (parts.length > MAX_SEGMENTS) throw new InvalidError(`The path has more than ${MAX_SEGMENTS} segments.`);
  return parts.map((part) => {
    const text = decoded(part);
    const [whole, name, key] = SEGMENT.exec(text) ?? [];
    if (whole === undefined || name === undefined) refuse(text);
    return key === undefined || key.trim() === '' ? { name } : { name, key: keyOf(key, text) };
  });
}

/** `'x'`, `Id='x'`, with quotes doubled inside. */
function keyOf(key: string, text: string): string {
  const [whole, quoted] = /^\s*(?:[A-Za-z]{1,20}\s*=\s*)?'([\s\S]*)'\s*$/.exec(key) ?? [];
  if (whole === undefined || quoted === undefined || /(?:^|[^'])'(?:'')*(?:[^']|$)/.test(quoted)) refuse(text);
  return quoted.replaceAll("''", "'");
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return refuse(part);
  }
}

function refuse(text: string): never {
  throw new InvalidError(`Could not find an entity set or function import for '${text.slice(0, 100)}'.`);
}
