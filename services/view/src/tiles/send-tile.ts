import type { FastifyReply, FastifyRequest } from 'fastify';
import { decideRange } from '#protocols/http/decide-range.js';
import type { FoundTile } from './find-tile.js';

/** Seconds a tile may be reused without asking; new scenes appear after that. */
const TILE_AGE = 10;

/** Whether the client has a tile: only If-None-Match counts, tiles have no modification date. */
export function knownTo({ headers }: FastifyRequest): (etag: string) => boolean {
  const known = headers['if-none-match'];
  if (known === undefined) return () => false;
  return (etag) =>
    decideRange({ method: 'GET', headers: { 'if-none-match': known } }, { size: 1, etag, modified: new Date(0) })
      .kind === 'not-modified';
}

/** Answers with a tile, or 304 where the client has it. */
export function sendTile({ etag, warnings, image }: FoundTile, reply: FastifyReply): void {
  void reply.header('ETag', etag).header('Cache-Control', `public, max-age=${TILE_AGE}`);
  if (warnings.length > 0) void reply.header('Warning', warnings.join(', '));
  if (!image) {
    void reply.status(304).send();
    return;
  }
  if (image.dates !== '') void reply.header('X-Frombork-Dates', image.dates);
  void reply.header('X-Frombork-Sources', image.sources).type(image.mediaType).send(image.bytes);
}
