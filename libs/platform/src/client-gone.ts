import type { FastifyReply } from 'fastify';

/** Aborts once the connection closes before the answer is out, so that work nobody waits for stops. */
export function clientGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
