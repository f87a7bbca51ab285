import { createHash } from 'node:crypto';

/** Enough of a revision to tell it from every other. */
const REVISION = 32;

/**
 * An entity tag (RFC 9110 §8.8.3). Weak, as the same document compressed differs in bytes; strong, and of one coding, where the revision of the thing
 * described is given. That stands in front, so that a writer may name it in If-Match whatever form of the document it has read.
 */
export function entityTag(text: string, revision?: string, coding = 'identity'): string {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 27);
  return revision === undefined ? `W/"${hash}"` : `"${revision.slice(0, REVISION)}.${hash}.${coding}"`;
}

/** Whether If-Match or If-None-Match names a revision: any, or by one of its tags (without `W/`). */
export function namesRevision(tags: '*' | readonly string[], revision: string): boolean {
  return tags === '*' || tags.some((tag) => tag.split('.', 1)[0] === revision.slice(0, REVISION));
}
