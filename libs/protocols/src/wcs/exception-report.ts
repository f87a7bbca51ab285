import { el, type XmlMarkup } from '../xml/xml-element.js';
import { exceptionReport, REPORT_FORMS, type OwsException } from '../ows/exception-report.js';
import { familyOf, type WcsVersion } from './wcs-version.js';

/** An exception in the form of a version: ServiceExceptionReport of 1.0 (OGC 03-065r6 annex A.6), OWS Common 1.1 and 2.0. */
export function wcsException(version: WcsVersion, exception: OwsException): XmlMarkup {
  switch (familyOf(version)) {
    case '1.0':
      return el(
        'ServiceExceptionReport',
        { version: '1.2.0', xmlns: 'http://www.opengis.net/ogc' },
        el('ServiceException', { code: exception.code, locator: exception.locator }, exception.text),
      );
    case '1.1':
      return exceptionReport(REPORT_FORMS['1.1'], exception);
    case '2.0':
      return exceptionReport(REPORT_FORMS['2.0'], exception);
  }
}

/** Media type of the reports of a version. */
export function wcsExceptionType(version: WcsVersion): string {
  return familyOf(version) === '1.0' ? 'application/vnd.ogc.se_xml' : 'text/xml';
}

const NOT_FOUND = new Set([
  'NoSuchCoverage', 'NoSuchDatasetSeriesOrCoverage', 'emptyCoverageIdList', 'emptyEoIdList', 'InvalidAxisLabel',
  'InvalidSubsetting', 'NoSuchField', 'IllegalFieldSequence', 'InvalidScaleFactor', 'InvalidExtent', 'ScaleAxisUndefined',
  'SubsettingCrs-NotSupported', 'OutputCrs-NotSupported', 'InterpolationMethodNotSupported',
]); // prettier-ignore

/** Statuses that say the same whatever the protocol. */
const OURS = new Set([401, 403, 413, 429]);

/** HTTP status by the code (OGC 09-110r4 table 19, 06-121r9 table 29); 1.0 says faults of the request with 200, as its clients read them. */
export function wcsStatus(version: WcsVersion, code: string, status: number): number {
  if (OURS.has(status) || status >= 500) return status;
  if (familyOf(version) === '1.0') return 200;
  if (code === 'OperationNotSupported') return 501;
  if (familyOf(version) === '2.0' && NOT_FOUND.has(code)) return 404;
  return status === 404 ? status : 400;
}
