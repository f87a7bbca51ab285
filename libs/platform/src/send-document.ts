import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A text made for one answer: JSON, XML or HTML. */
export interface ResponseDocument {
  readonly body: string;
  readonly mediaType: string;
}

/** Below this, compressing costs more than it saves. */
const WORTH_COMPRESSING = 1024;

const compress = promisify(gzip);

/** Answers with a document: entity tag and 304 (RFC 9110 §13.1.2), gzip where it is asked for. HEAD gets the same header. */
export async function sendDocument(
  document: ResponseDocument,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const bytes = Buffer.from(document.body);
  // Weak: the same document compressed differs in bytes.
  const tag = `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
  void reply.header('ETag', tag).header('Cache-Control', 'no-cache').header('Vary', 'Accept, Accept-Encoding');
  if (isKnown(tag, request)) {
    await reply.status(304).send();
    return;
  }
  void reply.header('Content-Type', document.mediaType);
  if (bytes.length < WORTH_COMPRESSING || !acceptsGzip(request.headers['accept-encoding'])) {
    await reply.send(bytes);
    return;
  }
  await reply.header('Content-Encoding', 'gzip').send(await compress(bytes, { level: 4 }));
}

function isKnown(tag: string, { method, headers }: FastifyRequest): boolean {
  const known = headers['if-none-match'];
  if (known === undefined || (method !== 'GET' && method !== 'HEAD')) return false;
  const weak = (text: string): string => text.trim().replace(/^W\//, '');
  return known.trim() === '*' || known.split(',').some((candidate) => weak(candidate) === weak(tag));
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  const codings = String(header ?? '')
    .toLowerCase()
    .split(',');
  const weight = (name: string): number | undefined => {
    const [coding, ...parameters] = (codings.find((text) => text.trim().split(';', 1)[0]?.trim() === name) ?? '').split(
      ';',
    );
    if (coding === '') return undefined;
    const quality = parameters.map((text) => text.trim()).find((text) => text.startsWith('q='));
    return quality === undefined ? 1 : Number(quality.slice(2));
  };
  return (weight('gzip') ?? weight('*') ?? 0) > 0;
}
