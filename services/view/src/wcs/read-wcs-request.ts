import type { FastifyRequest } from 'fastify';
import { soapVersionOf, unwrapSoap } from '#protocols/ows/soap.js';
import { parseWcsRequest, versionToAnswer } from '#protocols/wcs/parse-request.js';
import { xmlParameters } from '#protocols/wcs/parse-xml-request.js';
import { RequestParameters } from '#protocols/wcs/request-parameters.js';
import type { WcsRequest } from '#protocols/wcs/wcs-request.js';
import { parseXmlBytes } from '#protocols/xml/parse-xml.js';
import { MOST_BODY_BYTES, readBody } from '../read-body.js';
import { WcsFailure, type WcsSpeech } from './wcs-failure.js';

/** A request and how it spoke. */
export interface ReadWcsRequest {
  readonly request: WcsRequest;
  readonly speech: WcsSpeech;
}

/** A GET, read. Throws WcsFailure. */
export function readWcsQuery(url: string): ReadWcsRequest {
  const mark = url.indexOf('?');
  return readParameters(new RequestParameters(new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1))), {});
}

function readParameters(given: RequestParameters, speech: Partial<WcsSpeech>): ReadWcsRequest {
  const spoken = { ...speech, version: versionToAnswer(given) };
  try {
    const request = parseWcsRequest(given);
    return { request, speech: { ...spoken, version: request.version } };
  } catch (cause) {
    throw new WcsFailure(spoken, cause);
  }
}

/** A POST, read: XML alone or in a SOAP envelope, or a form. Throws WcsFailure. */
export async function readWcsBody(http: FastifyRequest): Promise<ReadWcsRequest> {
  let speech: WcsSpeech = { version: '2.0.1' };
  try {
    const bytes = await readBody(http.body);
    if (/^application\/x-www-form-urlencoded/i.test(http.headers['content-type'] ?? '')) {
      return readParameters(new RequestParameters(new URLSearchParams(Buffer.from(bytes).toString('utf8'))), {});
    }
    const root = parseXmlBytes(bytes, { size: MOST_BODY_BYTES });
    const soap = soapVersionOf(root);
    if (soap !== undefined) speech = { ...speech, soap };
    return readParameters(
      xmlParameters(soap === undefined ? root : unwrapSoap(root)),
      soap === undefined ? {} : { soap },
    );
  } catch (cause) {
    throw cause instanceof WcsFailure ? cause : new WcsFailure(speech, cause);
  }
}
