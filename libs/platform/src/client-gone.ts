import type { FastifyReply } from 'fastify';

/** Aborts once the connection closes, so that work nobody waits for stops; harmless after the answer is sent. */
export function clientGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}
