import { el } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';
import { SRW_NAMESPACE } from './search-retrieve.js';

/** What went wrong, for an SRU client. */
export interface SruDiagnostic {
  readonly status: number;
  readonly message: string;
  /** The parameter it is about. */
  readonly subject?: string;
}

/** A searchRetrieveResponse without records that says why (SRU 1.2 §diagnostics, with the numbers of info:srw/diagnostic/1). */
export function writeDiagnostics({ status, message, subject }: SruDiagnostic): string {
  return writeXml(
    el(
      'srw:searchRetrieveResponse',
      { 'xmlns:srw': SRW_NAMESPACE },
      el('srw:version', {}, '1.2'),
      el('srw:numberOfRecords', {}, 0),
      el(
        'srw:diagnostics',
        {},
        el(
          'diag:diagnostic',
          { 'xmlns:diag': 'http://www.loc.gov/zing/srw/diagnostic/' },
          el('diag:uri', {}, `info:srw/diagnostic/1/${numberOf(status, subject)}`),
          subject === undefined ? undefined : el('diag:details', {}, subject),
          el('diag:message', {}, message),
        ),
      ),
    ),
  );
}

/** 1 general, 2 for the time being, 6 a parameter's value, 66 an unknown schema, 80 the order. */
function numberOf(status: number, subject: string | undefined): number {
  if (status >= 500) return status === 503 ? 2 : 1;
  if (subject === 'recordSchema') return 66;
  if (subject?.startsWith('sort') === true) return 80;
  return 6;
}
