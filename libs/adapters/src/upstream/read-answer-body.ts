import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { TooLargeError, UnavailableError } from '#domain/errors.js';

/** What `readAnswerBody` can undo; sent as Accept-Encoding. */
export const ACCEPTED_ENCODINGS = 'gzip, br';

/** The body of an answer, decompressed. Throws TooLargeError past `maxBytes`, on the line or inflated; UnavailableError for other encodings. */
export async function readAnswerBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const inflate = inflaterOf(response);
  if (Number(response.headers['content-length']) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  const keep = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of capped(source, maxBytes)) chunks.push(chunk);
  };
  if (inflate === undefined) await pipeline(response, keep);
  else await pipeline(response, (source: AsyncIterable<Buffer>) => capped(source, maxBytes), inflate, keep);
  return Buffer.concat(chunks);
}

async function* capped(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

function inflaterOf(response: IncomingMessage): Duplex | undefined {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return undefined;
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'br') return createBrotliDecompress();
  throw new UnavailableError(`The server answered in the encoding ${encoding.slice(0, 40)}, which was not asked for.`);
}

function tooLarge(maxBytes: number): TooLargeError {
  return new TooLargeError(`The answer is larger than the ${maxBytes} bytes taken.`);
}
