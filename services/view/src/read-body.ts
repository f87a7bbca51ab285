import { Readable } from 'node:stream';
import { readBodyBytes } from '#platform/request-body.js';

/** Longest request in XML. */
export const MOST_BODY_BYTES = 1 << 20;

/** The bytes of a body however Fastify left it. Throws TooLargeError beyond a megabyte. */
export async function readBody(body: unknown): Promise<Uint8Array> {
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof Readable) return readBodyBytes(body, MOST_BODY_BYTES);
  if (body !== null && typeof body === 'object') {
    return Buffer.from(new URLSearchParams(body as Record<string, string>).toString());
  }
  return new Uint8Array();
}
