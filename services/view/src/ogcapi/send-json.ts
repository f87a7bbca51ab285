import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendDocument } from '#platform/send-document.js';
import { JSON_TYPE } from '#protocols/tiles/map-link.js';

/** Answers with a JSON document. */
export function sendJson(document: object, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  return sendDocument({ body: JSON.stringify(document), mediaType: JSON_TYPE }, request, reply);
}
