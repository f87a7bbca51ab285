import { el } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';

/** One exception of a report. */
export interface WmtsException {
  readonly code: string;
  readonly locator?: string;
  readonly text: string;
}

/** `ows:ExceptionReport` of OWS Common 1.1 (OGC 06-121r3 §8), which WMTS 1.0.0 is built on. */
export function writeExceptionReport({ code, locator, text }: WmtsException): string {
  return writeXml(
    el(
      'ows:ExceptionReport',
      { 'xmlns:ows': 'http://www.opengis.net/ows/1.1', version: '1.1.0', 'xml:lang': 'en' },
      el('ows:Exception', { exceptionCode: code, locator }, el('ows:ExceptionText', {}, text)),
    ),
  );
}
