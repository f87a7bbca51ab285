import type { FastifyRequest } from 'fastify';
import { parseKvp, type Kvp } from '#protocols/ows/kvp.js';

/** The parameters as they came: Fastify's own parsing would fold names and repeats its own way. */
export function kvpOf(request: FastifyRequest): Kvp {
  const mark = request.url.indexOf('?');
  return parseKvp(mark < 0 ? '' : request.url.slice(mark + 1));
}
