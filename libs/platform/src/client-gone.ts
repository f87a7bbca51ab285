import type { FastifyReply } from 'fastify';

/** One signal an answer: everybody who works on it listens to the same. */
const signals = new WeakMap<FastifyReply['raw'], AbortSignal>();

/** Aborts once the connection closes before the answer is out, so that work nobody waits for stops. */
export function clientGone(reply: FastifyReply): AbortSignal {
  const known = signals.get(reply.raw);
  if (known) return known;
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  signals.set(reply.raw, gone.signal);
  return gone.signal;
}
