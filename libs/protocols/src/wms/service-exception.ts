import { el } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';
import type { WmsExceptionCode } from './wms-error.js';
import type { WmsVersion } from './wms-version.js';

/** One fault to report. */
export interface ServiceException {
  readonly message: string;
  readonly code?: WmsExceptionCode;
  /** Parameter it is about. */
  readonly locator?: string;
}

const SCHEMAS = {
  version: '1.3.0',
  xmlns: 'http://www.opengis.net/ogc',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xsi:schemaLocation': 'http://www.opengis.net/ogc http://schemas.opengis.net/wms/1.3.0/exceptions_1_3_0.xsd',
};
const DOCTYPE =
  '<!DOCTYPE ServiceExceptionReport SYSTEM "http://schemas.opengis.net/wms/1.1.1/WMS_exception_1_1_1.dtd">\n';

/** Writes a ServiceExceptionReport (WMS 1.3.0 annex E.2, 1.1.1 annex A.2, which has no locator). */
export function writeServiceException(exception: ServiceException, version: WmsVersion): string {
  const { message, code, locator } = exception;
  if (version === '1.1.1') {
    const report = el('ServiceExceptionReport', { version }, el('ServiceException', { code }, message));
    return writeXml(report, DOCTYPE);
  }
  return writeXml(el('ServiceExceptionReport', SCHEMAS, el('ServiceException', { code, locator }, message)));
}
