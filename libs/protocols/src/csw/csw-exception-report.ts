import { exceptionReport, REPORT_FORMS, type OwsException } from '../ows/exception-report.js';
import type { XmlMarkup } from '../xml/xml-element.js';
import type { CswVersion } from './csw-version.js';

const FORMS = {
  '2.0.2': { ...REPORT_FORMS['1.0'], version: '1.2.0' },
  '3.0.0': { ...REPORT_FORMS['2.0'], version: '3.0.0' },
} as const;

/** `ows:ExceptionReport` in the form of a version: OWS Common 1.0 for 2.0.2, 2.0 for 3.0. */
export function cswExceptionReport(version: CswVersion, exception: OwsException): XmlMarkup {
  return exceptionReport(FORMS[version], exception);
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
