import type { FastifyRequest } from 'fastify';
import { parseQueryString, type QueryString } from '#protocols/dhus/query-string.js';

/** The parameters of the address as they came, before anybody decoded them (clients of DHuS send Latin-1), and those of a form. */
export function rawQuery(request: FastifyRequest): QueryString {
  const mark = request.url.indexOf('?');
  const inAddress = parseQueryString(mark < 0 ? '' : request.url.slice(mark + 1));
  return new Map([...formOf(request.body), ...inAddress]);
}

function formOf(body: unknown): readonly (readonly [string, string])[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) => {
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return typeof first === 'string' ? [[name, first] as const] : [];
  });
}
