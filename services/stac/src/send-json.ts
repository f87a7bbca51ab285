import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendDocument } from '#platform/send-document.js';

/** The two sides of one HTTP exchange. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Answers with JSON of a media type of its own. */
export function sendJson(value: object, mediaType: string, { request, reply }: Exchange): Promise<void> {
  return sendDocument({ body: JSON.stringify(value), mediaType }, request, reply);
}
