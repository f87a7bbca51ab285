import type { OwsException } from '../ows/exception-report.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { WFS_VERSIONS, type WfsVersion } from './wfs-version.js';

/** `ows:ExceptionReport` in the form of a version: OWS Common 1.1 (OGC 06-121r3) for 2.0, 1.0 (OGC 05-008) for 1.1. */
export function wfsExceptionReport(version: WfsVersion, { code, locator, text }: OwsException): XmlMarkup {
  const { ows, owsVersion, exceptionSchema } = WFS_VERSIONS[version];
  const language = version === '1.1.0' ? { language: 'en' } : { 'xml:lang': 'en' };
  return el(
    'ows:ExceptionReport',
    {
      'xmlns:ows': ows,
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      version: owsVersion,
      ...language,
      'xsi:schemaLocation': `${ows} ${exceptionSchema}`,
    },
    el('ows:Exception', { exceptionCode: code, locator }, el('ows:ExceptionText', {}, text)),
  );
}

/** HTTP statuses of codes (OGC 09-025r2 table 18); what is not listed is 400. */
const STATUS: Readonly<Record<string, number>> = {
  OperationNotSupported: 501,
  OptionNotSupported: 501,
  OperationProcessingFailed: 403,
  NotFound: 404,
};
/** Statuses that say the same whatever the protocol. */
const OURS = new Set([401, 403, 413, 429]);

/** HTTP status of an exception; faults that are ours keep their own. 1.1 says faults of the request with 200, as its clients read them. */
export function wfsStatus(version: WfsVersion, code: string, status: number): number {
  if (OURS.has(status) || status >= 500) return status;
  if (version === '1.1.0') return 200;
  return STATUS[code] ?? 400;
}
