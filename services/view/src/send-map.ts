import type { FastifyReply, FastifyRequest } from 'fastify';
import { decideRange } from '#protocols/http/decide-range.js';
import { parseKvp, type Kvp } from '#protocols/ows/kvp.js';
import type { MapImage } from './map-image.js';

/** A map or tile to send; without image where the client has it. */
export interface FoundMap {
  /** Quoted. */
  readonly etag: string;
  readonly warnings: readonly string[];
  readonly image?: MapImage;
}

/** The parameters as they came: Fastify's own parsing would fold names and repeats its own way. */
export function kvpOf({ url }: FastifyRequest): Kvp {
  const mark = url.indexOf('?');
  return parseKvp(mark < 0 ? '' : url.slice(mark + 1));
}

/** Whether the client has a map: only If-None-Match counts, maps have no modification date. */
export function knownTo({ headers }: FastifyRequest): (etag: string) => boolean {
  const known = headers['if-none-match'];
  if (known === undefined) return () => false;
  return (etag) =>
    decideRange({ method: 'GET', headers: { 'if-none-match': known } }, { size: 1, etag, modified: new Date(0) })
      .kind === 'not-modified';
}

/** Answers with a map, or 304 where the client has it; `age` is for how many seconds it may be used again without asking. What lacks scenes for the moment only is kept by nobody. */
export function sendMap({ etag, warnings, image }: FoundMap, age: number, reply: FastifyReply): void {
  if (image?.isPartial) void reply.header('Cache-Control', 'no-store');
  else void reply.header('ETag', etag).header('Cache-Control', `public, max-age=${age}`);
  if (warnings.length > 0) void reply.header('Warning', warnings.join(', '));
  if (!image) {
    void reply.status(304).send();
    return;
  }
  if (image.dates !== '') void reply.header('X-Frombork-Dates', image.dates);
  if (image.fallback !== undefined) void reply.header('X-Frombork-Fallback', image.fallback);
  void reply.header('X-Frombork-Sources', image.sources).type(image.mediaType).send(image.bytes);
}
