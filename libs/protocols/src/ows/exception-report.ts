import { el } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';

/** One exception of a report: a code of OWS Common table 27 (or the service's own), where it lies, what to do. */
export interface OwsException {
  readonly code: string;
  readonly locator?: string;
  readonly text: string;
}

/** `ows:ExceptionReport` (OWS Common 2.0, OGC 06-121r9 §8.3). */
export function writeExceptionReport({ code, locator, text }: OwsException): string {
  return writeXml(
    el(
      'ows:ExceptionReport',
      { 'xmlns:ows': 'http://www.opengis.net/ows/2.0', version: '2.0.0', 'xml:lang': 'en' },
      el('ows:Exception', { exceptionCode: code, locator }, el('ows:ExceptionText', {}, text)),
    ),
  );
}
