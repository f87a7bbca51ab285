import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { readBodyBytes } from '#platform/request-body.js';
import { parseKvp, type Kvp } from '#protocols/ows/kvp.js';
import { WmsError } from '#protocols/wms/wms-error.js';

const MOST_BYTES = 1 << 16;
const FORM = /^application\/x-www-form-urlencoded/i;

/**
 * The parameters of a POST: those of its address and, after them, of a form, for requests too long for an address. Documents (SLD among them) are refused
 * unread. Throws WmsError, and TooLargeError for forms beyond 64 kB.
 */
export async function readWmsForm({ url, headers, body }: FastifyRequest): Promise<Kvp> {
  if (!FORM.test(headers['content-type'] ?? '')) {
    if (body instanceof Readable) body.resume();
    throw new WmsError('WMS is asked by GET, or by POST of a form; documents are not read.', 'OperationNotSupported');
  }
  const mark = url.indexOf('?');
  const query = mark < 0 ? '' : url.slice(mark + 1);
  return parseKvp(`${query}&${await textOf(body)}`);
}

async function textOf(body: unknown): Promise<string> {
  if (body instanceof Readable) return (await readBodyBytes(body, MOST_BYTES)).toString();
  if (typeof body === 'string') return body;
  return new URLSearchParams((body ?? {}) as Record<string, string>).toString();
}
