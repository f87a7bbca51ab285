import type { OwsException } from '../ows/exception-report.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { CSW_VERSIONS, type CswVersion } from './csw-version.js';

/** `ows:ExceptionReport` in the form of a version: OWS Common 1.0 (OGC 05-008) for 2.0.2, 2.0 (OGC 06-121r9) for 3.0. */
export function cswExceptionReport(version: CswVersion, { code, locator, text }: OwsException): XmlMarkup {
  const { ows, owsVersion, exceptionSchema } = CSW_VERSIONS[version];
  const language = version === '2.0.2' ? { language: 'en' } : { 'xml:lang': 'en' };
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

const STATUS: Readonly<Record<string, number>> = {
  OperationNotSupported: 501,
  OptionNotSupported: 501,
  NotFound: 404,
  TransactionFailed: 409,
};

/** HTTP status of an exception by its code (OGC 06-121r9 table 29, OGC 12-176r7 §6.7); faults that are ours keep their own. 2.0.2 says faults of the request with 200, as its clients read them. */
export function cswStatus(version: CswVersion, code: string, status: number): number {
  if (status === 401 || status === 403 || status >= 500) return status;
  if (version === '2.0.2') return 200;
  return STATUS[code] ?? (status < 400 ? 400 : status);
}
