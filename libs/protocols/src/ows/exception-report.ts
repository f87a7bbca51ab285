import { el, type XmlMarkup } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';

/** One exception of a report: a code of OWS Common table 27 (or the service's own), where it lies, what to do. */
export interface OwsException {
  readonly code: string;
  readonly locator?: string | undefined;
  readonly text: string;
}

/** What tells the reports of versions from each other: namespace, `version`, schema, and the attribute that names the language. */
export interface ReportForm {
  readonly namespace: string;
  readonly version: string;
  readonly schema: string;
  readonly language: 'language' | 'xml:lang';
}

/** Reports of OWS Common 1.0 (OGC 05-008), 1.1 (OGC 06-121r3) and 2.0 (OGC 06-121r9); a service may have a version of its own in them. */
export const REPORT_FORMS = {
  '1.0': {
    namespace: 'http://www.opengis.net/ows',
    version: '1.0.0',
    schema: 'http://schemas.opengis.net/ows/1.0.0/owsExceptionReport.xsd',
    language: 'language',
  },
  '1.1': {
    namespace: 'http://www.opengis.net/ows/1.1',
    version: '1.1.0',
    schema: 'http://schemas.opengis.net/ows/1.1.0/owsExceptionReport.xsd',
    language: 'xml:lang',
  },
  '2.0': {
    namespace: 'http://www.opengis.net/ows/2.0',
    version: '2.0.0',
    schema: 'http://schemas.opengis.net/ows/2.0/owsExceptionReport.xsd',
    language: 'xml:lang',
  },
} as const satisfies Readonly<Record<string, ReportForm>>;

/** `ows:ExceptionReport` of one exception or more in a form (OGC 06-121r9 §8.3). */
export function exceptionReport(form: ReportForm, ...exceptions: readonly OwsException[]): XmlMarkup {
  return el(
    'ows:ExceptionReport',
    {
      'xmlns:ows': form.namespace,
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      version: form.version,
      [form.language]: 'en',
      'xsi:schemaLocation': `${form.namespace} ${form.schema}`,
    },
    exceptions.map(({ code, locator, text }) =>
      el('ows:Exception', { exceptionCode: code, locator }, el('ows:ExceptionText', {}, text)),
    ),
  );
}

/** A report of OWS Common 2.0 as a document. */
export function writeExceptionReport(exception: OwsException): string {
  return writeXml(exceptionReport(REPORT_FORMS['2.0'], exception));
}
