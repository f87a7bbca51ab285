import { parseByteRanges, type ByteSpan } from './byte-ranges.js';
import { parseHttpDate } from './http-date.js';

/** What is known of the representation asked for; `etag` is strong, and quoted but for DHuS's facade. */
export interface Representation {
  readonly size: number;
  readonly etag: string;
  readonly modified: Date;
}

/** The request's method and its conditional and range fields, by lower-case name, as node:http gives them. */
export interface ConditionalRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** How to answer: whole (200), in part (206), as multipart/byteranges (206), 416, 304 or 412. */
export type RangeDecision =
  | { readonly kind: 'full' }
  | { readonly kind: 'partial'; readonly span: ByteSpan }
  | { readonly kind: 'multipart'; readonly spans: readonly ByteSpan[] }
  | { readonly kind: 'unsatisfiable' }
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'precondition-failed' };

/** Decides the answer to a GET or HEAD: preconditions in the order of RFC 9110 §13.2.2, then the Range field (§14.2), which only GET has. */
export function decideRange(request: ConditionalRequest, representation: Representation): RangeDecision {
  const field = (name: string): string | undefined => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : value?.join(', ');
  };
  if (isPreconditionFailed(field, representation)) return { kind: 'precondition-failed' };
  if (isNotModified(field, representation)) return { kind: 'not-modified' };
  const range = request.method === 'GET' ? field('range') : undefined;
  if (range === undefined || !isRangeCurrent(field('if-range'), representation)) return { kind: 'full' };
  const spans = parseByteRanges(range, representation.size);
  if (spans === 'ignore') return { kind: 'full' };
  if (spans === 'unsatisfiable') return { kind: 'unsatisfiable' };
  const [span] = spans;
  return spans.length === 1 && span ? { kind: 'partial', span } : { kind: 'multipart', spans };
}

type Field = (name: string) => string | undefined;

/** RFC 9110 §13.1.1 (strong comparison) and §13.1.4. */
function isPreconditionFailed(field: Field, { etag, modified }: Representation): boolean {
  const ifMatch = field('if-match');
  if (ifMatch !== undefined) return ifMatch.trim() !== '*' && !entityTagsOf(ifMatch).includes(etag);
  const since = parseHttpDate(field('if-unmodified-since') ?? '');
  return since !== undefined && secondsOf(modified) > secondsOf(since);
}

/** RFC 9110 §13.1.2 (weak comparison) and §13.1.3, which If-None-Match overrides. */
function isNotModified(field: Field, { etag, modified }: Representation): boolean {
  const ifNoneMatch = field('if-none-match');
  if (ifNoneMatch !== undefined) {
    const tags = entityTagsOf(ifNoneMatch).map((tag) => tag.replace(/^W\//, ''));
    return ifNoneMatch.trim() === '*' || tags.includes(etag.replace(/^W\//, ''));
  }
  const since = parseHttpDate(field('if-modified-since') ?? '');
  return since !== undefined && secondsOf(modified) <= secondsOf(since);
}

/** RFC 9110 §13.1.5: a strong entity tag or the exact modification date; anything else means the client holds another version. */
function isRangeCurrent(ifRange: string | undefined, { etag, modified }: Representation): boolean {
  if (ifRange === undefined) return true;
  const value = ifRange.trim();
  // A hub's tag has no quotes, and its clients send it back as it came.
  if (value.startsWith('"') || value === etag) return value === etag;
  const date = parseHttpDate(value);
  return date !== undefined && secondsOf(date) === secondsOf(modified);
}

function entityTagsOf(list: string): readonly string[] {
  return list.match(/(?:W\/)?"[^"]*"/g) ?? [];
}

/** HTTP dates have whole seconds; a file's clock has not. */
function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
