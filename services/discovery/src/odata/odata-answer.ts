import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendDocument } from '#platform/send-document.js';

/** The service root, wherever the mirror is. */
export const ODATA_ROOT = 'odata/v1';

/** Answers with JSON, as OData 4 says it is. */
export async function sendJson(body: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  void reply.header('OData-Version', '4.0');
  await sendDocument({ body: JSON.stringify(body), mediaType: 'application/json' }, request, reply);
}

/** The query string as it came: Fastify's own parsing would fold repeats its own way. */
export function queryOf(request: FastifyRequest): string {
  const mark = request.url.indexOf('?');
  return mark < 0 ? '' : request.url.slice(mark + 1);
}

/** The resource path below the service root, still encoded. */
export function pathOf(request: FastifyRequest): string {
  const path = request.url.split('?', 1)[0] ?? '';
  return path.replace(/^\/+odata\/v1/i, '');
}
