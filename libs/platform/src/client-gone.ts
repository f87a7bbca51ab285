import type { FastifyReply } from 'fastify';

/** Made once: a connection closes after every answer, and an exception of its own each time would cost more than a kept tile does. */
const GONE = new DOMException('The client is gone.', 'AbortError');

/** Aborts once the connection closes, so that work nobody waits for stops; harmless after the answer is sent. */
export function clientGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort(GONE));
  return gone.signal;
}
