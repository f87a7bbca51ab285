import type { FastifyReply, FastifyRequest } from 'fastify';
import { pipeline, Readable } from 'node:stream';
import { chooseCoding, type ContentCoding } from './content-coding.js';
import { openPieces, type ManyPieces, type Pieces } from './document-pieces.js';
import { entityTag } from './entity-tag.js';

/** Documents are asked for again each time; the age is for QGIS, which else keeps them for a day. */
export const ASK_AGAIN = 'no-cache, max-age=0';

/** What is made for one answer: JSON, XML or HTML, whole or in pieces that are made while they are sent, or bytes in such pieces. */
export interface ResponseDocument {
  readonly body: string | Pieces;
  readonly mediaType: string;
  /** The form is compressed in itself: compressing it again gains nothing. */
  readonly isCompressed?: boolean;
  /**
   * For a body in pieces: any text that is another whenever the body is (form, and uuid and time of change of everything in it); its hash becomes the
   * entity tag. Without it such a body has none. A whole body is its own, unless what tells it apart is given
   * (without the time it was made at, for instance).
   */
  readonly version?: string;
  /** The revision of what a whole body describes, for writers who send the tag back in If-Match. */
  readonly revision?: string | undefined;
}

/** Below this, compressing costs more than it saves. */
const WORTH_COMPRESSING = 1024;

/**
 * Answers with a document: entity tag and 304 (RFC 9110 §13.1.2), compressed as the client likes best. HEAD gets the same header.
 * Pieces are asked for as fast as the client reads and not after it left; the generator's `finally` runs in every case once it has begun.
 * What fails before the first 32 KiB is thrown as usual, for the filter of the protocol; later the connection breaks off.
 */
export async function sendDocument(
  document: ResponseDocument,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { body, mediaType } = document;
  const coding = codingOf(document, request);
  const tag = tagOf(document, coding);
  if (tag !== undefined && isKnown(tag, request)) {
    await withValidators(reply, tag).status(304).send();
    return;
  }
  const made = typeof body === 'string' ? { whole: Buffer.from(body) } : await openPieces(body);
  void withValidators(reply, tag).header('Content-Type', mediaType);
  if (made.whole === undefined) await sendPieces(made, { coding, isHead: request.method === 'HEAD' }, reply);
  else await sendWhole(made.whole, made.whole.length < WORTH_COMPRESSING ? undefined : coding, reply);
}

function codingOf(
  { body, isCompressed = false }: ResponseDocument,
  { headers }: FastifyRequest,
): ContentCoding | undefined {
  const isShort = typeof body === 'string' && Buffer.byteLength(body) < WORTH_COMPRESSING;
  return isCompressed || isShort ? undefined : chooseCoding(headers['accept-encoding']);
}

function tagOf({ body, version, revision }: ResponseDocument, coding: ContentCoding | undefined): string | undefined {
  const text = version ?? (typeof body === 'string' ? body : undefined);
  return text === undefined ? undefined : entityTag(text, revision, coding?.name);
}

function withValidators(reply: FastifyReply, tag: string | undefined): FastifyReply {
  if (tag !== undefined) void reply.header('ETag', tag);
  return reply.header('Cache-Control', ASK_AGAIN).header('Vary', 'Accept, Accept-Encoding');
}

async function sendWhole(bytes: Buffer, coding: ContentCoding | undefined, reply: FastifyReply): Promise<void> {
  if (coding === undefined) await reply.send(bytes);
  else await reply.header('Content-Encoding', coding.name).send(await coding.compress(bytes));
}

interface PiecesForm {
  readonly coding: ContentCoding | undefined;
  readonly isHead: boolean;
}

async function sendPieces(pieces: ManyPieces, { coding, isHead }: PiecesForm, reply: FastifyReply): Promise<void> {
  if (coding !== undefined) void reply.header('Content-Encoding', coding.name);
  if (isHead) {
    await pieces.close();
    // An empty stream: the length is not known, and is not nought.
    await reply.send(Readable.from([]));
    return;
  }
  const source = Readable.from(pieces.chunks, { objectMode: false });
  // Too late for an answer in the protocol's form: what is sent, or waits in the compressor, promised another.
  source.once('error', () => reply.raw.destroy());
  // Whichever end breaks ends the other.
  await reply.send(coding === undefined ? source : pipeline(source, coding.stream(), () => undefined));
}

function isKnown(tag: string, { method, headers }: FastifyRequest): boolean {
  const known = headers['if-none-match'];
  if (known === undefined || (method !== 'GET' && method !== 'HEAD')) return false;
  const weak = (text: string): string => text.trim().replace(/^W\//, '');
  return known.trim() === '*' || known.split(',').some((candidate) => weak(candidate) === weak(tag));
}
