import { el } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';
import type { WmsExceptionCode } from './wms-error.js';

/** One fault to report. */
export interface ServiceException {
  readonly message: string;
  readonly code?: WmsExceptionCode;
  /** Parameter it is about. */
  readonly locator?: string;
}

/** Writes a ServiceExceptionReport (WMS 1.3.0 annex E.2); served as `text/xml`. */
export function writeServiceException(exception: ServiceException): string {
  const { message, code, locator } = exception;
  const attributes = {
    version: '1.3.0',
    xmlns: 'http://www.opengis.net/ogc',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation': 'http://www.opengis.net/ogc http://schemas.opengis.net/wms/1.3.0/exceptions_1_3_0.xsd',
  };
  return writeXml(el('ServiceExceptionReport', attributes, el('ServiceException', { code, locator }, message)));
}
