import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { InvalidError, TooLargeError } from '#domain/errors.js';
import { isShallowJson, MAX_JSON_DEPTH } from '#protocols/json/json-value.js';

const MOST_BYTES = 10 * 1024 * 1024;

/** The JSON of a body whatever its media type: `application/json` was parsed on arrival, GeoJSON and patches come as streams. Throws InvalidError, also where it is nested too deep, TooLargeError above 10 MiB. */
export async function readJsonBody(request: FastifyRequest): Promise<unknown> {
  const json = await parseBody(request);
  if (isShallowJson(json)) return json;
  throw new InvalidError(`The body is nested deeper than ${MAX_JSON_DEPTH}.`, { subject: 'body' });
}

async function parseBody(request: FastifyRequest): Promise<unknown> {
  if (!(request.body instanceof Readable)) return request.body;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) break;
    chunks.push(chunk);
  }
  if (size > MOST_BYTES) {
    // The rest is read and dropped: the connection would be stuck with it. Once the iterator has let go.
    setImmediate((rest: Readable) => rest.resume(), request.body);
    throw new TooLargeError(`A body has ${MOST_BYTES} bytes at most.`, { subject: 'body' });
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw new InvalidError('The body is not JSON.', { subject: 'body', cause });
  }
}

/** The media type of a body, lower case, without parameters. */
export function bodyType({ headers }: FastifyRequest): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
