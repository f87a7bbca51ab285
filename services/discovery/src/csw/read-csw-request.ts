import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { readBodyBytes } from '#platform/request-body.js';
import type { CswRequest } from '#protocols/csw/csw-request.js';
import { versionOfQuery } from '#protocols/csw/csw-kvp.js';
import { parseKvpRequest } from '#protocols/csw/parse-kvp-request.js';
import { parseXmlRequest, versionOfDocument } from '#protocols/csw/parse-xml-request.js';
import { soapVersionOf, unwrapSoap } from '#protocols/ows/soap.js';
import { parseXmlBytes } from '#protocols/xml/parse-xml.js';
import type { XmlElement } from '#protocols/xml/xml-element.js';
import { CswFailure, type CswSpeech } from './csw-failure.js';

/** A request and how it spoke. */
export interface ReadCswRequest {
  readonly request: CswRequest;
  readonly speech: CswSpeech;
}

const MOST_BYTES = 8 << 20;

/** The query string of a request, as it came. */
export function queryOf({ url }: Pick<FastifyRequest, 'url'>): string {
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
}

/** A GET, read. Throws CswFailure. */
export function readQuery(query: string, accept: string | undefined): ReadCswRequest {
  const speech: CswSpeech = { version: versionOfQuery(query) };
  try {
    const request = parseKvpRequest(query, accept);
    return { request, speech: { version: request.version } };
  } catch (cause) {
    throw new CswFailure(speech, cause);
  }
}

/** A POST, read: XML alone or in a SOAP envelope, or a form of key-value pairs. Throws CswFailure. */
export async function readBody(http: FastifyRequest): Promise<ReadCswRequest> {
  const accept = http.headers.accept;
  if (/^application\/x-www-form-urlencoded/i.test(http.headers['content-type'] ?? '')) {
    return readQuery(await formOf(http.body), accept);
  }
  let speech: CswSpeech = { version: '3.0.0' };
  try {
    const root = parseXmlBytes(await bytesOf(http.body), { size: MOST_BYTES });
    const soap = soapVersionOf(root);
    if (soap !== undefined) speech = { ...speech, soap };
    const document = soap === undefined ? root : unwrapSoap(root);
    speech = speechOf(document, speech);
    return { request: parseXmlRequest(document, accept), speech };
  } catch (cause) {
    throw new CswFailure(speech, cause);
  }
}

function speechOf(document: XmlElement, speech: CswSpeech): CswSpeech {
  const version = versionOfDocument(document);
  return version === undefined ? speech : { ...speech, version };
}

async function formOf(body: unknown): Promise<string> {
  if (typeof body === 'string') return body;
  if (body instanceof Readable) return Buffer.from(await bytesOf(body)).toString('utf8');
  return new URLSearchParams(body as Record<string, string>).toString();
}

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  return body instanceof Readable ? readBodyBytes(body, MOST_BYTES) : new Uint8Array();
}
