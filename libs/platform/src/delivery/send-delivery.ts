import { HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ByteSpan } from '#protocols/http/byte-ranges.js';
import { writeContentDisposition } from '#protocols/http/content-disposition.js';
import { decideRange, type RangeDecision } from '#protocols/http/decide-range.js';
import { writeLegacyDigest, writeReprDigest } from '#protocols/http/digest-fields.js';
import { writeHttpDate } from '#protocols/http/http-date.js';
import { layOutByteRanges, writeContentRange, type MultipartLayout } from '#protocols/http/multipart-byteranges.js';
import { clientGone } from '../client-gone.js';
import type { Delivery } from './delivery.js';

/** What is sent: status, header fields and the body, opened before the first byte goes out so that errors still have a form. */
interface Answer {
  readonly status: 200 | 206 | 304;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: AsyncIterable<Uint8Array>;
}

/** Answers GET and HEAD of a delivery (RFC 9110 §13, §14; RFC 9530). Leaving early stops the reading; a body cut short by us closes the connection. */
export async function sendDelivery(delivery: Delivery, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const gone = clientGone(reply);
  try {
    const answer = await answerOf(delivery, request, reply, gone);
    // The client left while the source was opened; its signal has closed that already.
    if (gone.aborted) return;
    reply.hijack();
    reply.raw.writeHead(answer.status, { ...(reply.getHeaders() as OutgoingHttpHeaders), ...answer.headers });
    if (answer.body) await pipeline(Readable.from(answer.body, { highWaterMark: 1 }), reply.raw);
    else reply.raw.end();
  } catch (error) {
    if (!isDeparture(error)) throw error;
  }
}

/** The client left: nobody is there to be told that reading stopped. */
function isDeparture(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR';
}

async function answerOf(
  delivery: Delivery,
  request: FastifyRequest,
  reply: FastifyReply,
  signal: AbortSignal,
): Promise<Answer> {
  const decision = decideRange({ method: request.method, headers: request.headers }, delivery);
  switch (decision.kind) {
    case 'not-modified':
      return { status: 304, headers: validatorsOf(delivery) };
    case 'precondition-failed':
      throw new HttpException('The file is another version than the condition of the request names.', 412);
    case 'unsatisfiable':
      void reply.header('Content-Range', `bytes */${delivery.size}`);
      throw new HttpException(`The range begins past the end; the file has ${delivery.size} bytes.`, 416);
    case 'full':
    case 'partial':
    case 'multipart':
      return bodyOf(delivery, decision, request, signal);
  }
}

async function bodyOf(
  delivery: Delivery,
  decision: Extract<RangeDecision, { kind: 'full' | 'partial' | 'multipart' }>,
  request: FastifyRequest,
  signal: AbortSignal,
): Promise<Answer> {
  const headers = { ...validatorsOf(delivery), ...entityHeaders(delivery, request) };
  if (decision.kind === 'multipart') {
    const layout = layOutByteRanges(decision.spans, delivery.size, delivery.mediaType, randomUUID());
    const fields = { ...headers, 'Content-Type': layout.mediaType, 'Content-Length': layout.length };
    return { status: 206, headers: fields, body: partsOf(delivery, layout, signal) };
  }
  const span = decision.kind === 'partial' ? decision.span : { offset: 0, length: delivery.size };
  const range = decision.kind === 'partial' ? { 'Content-Range': writeContentRange(span, delivery.size) } : {};
  const fields = { ...headers, ...range, 'Content-Type': delivery.mediaType, 'Content-Length': span.length };
  const status = decision.kind === 'partial' ? 206 : 200;
  if (request.method === 'HEAD' || span.length === 0) return { status, headers: fields };
  const bytes = await delivery.open(span, signal);
  return { status, headers: fields, body: exactly(span, bytes) };
}

async function* partsOf(delivery: Delivery, layout: MultipartLayout, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (const { head, span } of layout.parts) {
    yield Buffer.from(head, 'latin1');
    yield* exactly(span, await delivery.open(span, signal));
  }
  yield Buffer.from(layout.tail, 'latin1');
}

/** Bytes missing at the end would leave the client waiting, bytes too many would run into the next answer. */
async function* exactly(span: ByteSpan, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = span.length;
  for await (const chunk of bytes) {
    left -= chunk.length;
    if (left < 0) break;
    yield chunk;
  }
  if (left !== 0) throw new Error('The store gave another number of bytes than it announced.');
}

/** What a 304 repeats too (RFC 9110 §15.4.5). */
function validatorsOf(delivery: Delivery): OutgoingHttpHeaders {
  return {
    ETag: delivery.etag,
    'Last-Modified': writeHttpDate(delivery.modified),
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'public, no-cache',
  };
}

/** Product files are data, whatever they hold: the policy keeps a browser from running any of it on our host. */
function entityHeaders(delivery: Delivery, request: FastifyRequest): OutgoingHttpHeaders {
  const want = request.headers['want-digest'];
  const legacy = typeof want === 'string' ? writeLegacyDigest(want, delivery.digests) : undefined;
  const repr = writeReprDigest(delivery.digests);
  return {
    'Content-Disposition': writeContentDisposition(delivery.fileName, delivery.disposition),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    ...(repr === undefined ? {} : { 'Repr-Digest': repr }),
    ...(legacy === undefined ? {} : { Digest: legacy }),
  };
}
