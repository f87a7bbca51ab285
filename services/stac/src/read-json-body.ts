import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { InvalidError } from '#domain/errors.js';
import { readBodyBytes } from '#platform/request-body.js';
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
  const bytes = await readBodyBytes(request.body, MOST_BYTES);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new InvalidError('The body is not JSON.', { subject: 'body', cause });
  }
}

/** The media type of a body, lower case, without parameters. */
export function bodyType({ headers }: FastifyRequest): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
