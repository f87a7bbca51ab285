import { PassThrough, type Readable } from 'node:stream';
import { TooLargeError } from '#domain/errors.js';

/**
 * Has the body of a request read as a stream of its own, which may be given up half-read: what is left of the body is read and dropped then. Without that the
 * connection would stand still, and the next request on it would never be answered.
 */
export async function useBody<T>(body: Readable, use: (own: Readable) => Promise<T>): Promise<T> {
  const own = new PassThrough();
  // Whoever reads it is told; while nobody does, a client that leaves must not end the process.
  own.on('error', () => undefined);
  own.once('close', () => body.unpipe(own).resume());
  body.once('error', (error) => own.destroy(error));
  body.pipe(own);
  try {
    return await use(own);
  } finally {
    own.destroy();
  }
}

/** The bytes of a body that came as a stream. Throws TooLargeError where there are more than `most`. */
export function readBodyBytes(body: Readable, most: number): Promise<Buffer> {
  return useBody(body, async (own) => {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of own as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) throw new TooLargeError(`The body is larger than ${most} bytes.`, { subject: 'body' });
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  });
}
