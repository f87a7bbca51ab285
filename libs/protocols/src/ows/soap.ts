import { InvalidError } from '#domain/errors.js';
import type { XmlElement, XmlMarkup } from '../xml/xml-element.js';
import { el } from '../xml/xml-element.js';
import { child, childrenOf } from '../xml/xml-path.js';

/** Versions of SOAP a request may be wrapped in; the answer is wrapped in the same. */
export type SoapVersion = '1.1' | '1.2';

const NAMESPACES: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};

/** Media types of the two. */
export const SOAP_MEDIA_TYPES: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'text/xml',
  '1.2': 'application/soap+xml',
};

/** The version of the envelope a document is, undefined where it is none. */
export function soapVersionOf(root: XmlElement): SoapVersion | undefined {
  if (root.name !== 'Envelope') return undefined;
  return root.namespace === NAMESPACES['1.1'] ? '1.1' : root.namespace === NAMESPACES['1.2'] ? '1.2' : undefined;
}

/** What an envelope carries. Throws InvalidError where its body is empty. */
export function unwrapSoap(envelope: XmlElement): XmlElement {
  const body = child(envelope, 'Body');
  const [payload] = body === undefined ? [] : childrenOf(body);
  if (payload === undefined) throw new InvalidError('The SOAP body is empty.', { subject: 'Body' });
  return payload;
}

/** The text before and after an answer in an envelope. */
export function soapEnvelope(version: SoapVersion): readonly [before: string, after: string] {
  return [
    `<soapenv:Envelope xmlns:soapenv="${NAMESPACES[version]}"><soapenv:Body>`,
    '</soapenv:Body></soapenv:Envelope>',
  ];
}

/** A fault with an exception report as its detail. */
export function soapFault(version: SoapVersion, reason: string, report: XmlMarkup): XmlMarkup {
  const fault =
    version === '1.1'
      ? [el('faultcode', {}, 'soapenv:Client'), el('faultstring', {}, reason), el('detail', {}, report)]
      : [
          el('soapenv:Code', {}, el('soapenv:Value', {}, 'soapenv:Sender')),
          el('soapenv:Reason', {}, el('soapenv:Text', { 'xml:lang': 'en' }, reason)),
          el('soapenv:Detail', {}, report),
        ];
  return el(
    'soapenv:Envelope',
    { 'xmlns:soapenv': NAMESPACES[version] },
    el('soapenv:Body', {}, el('soapenv:Fault', {}, fault)),
  );
}
