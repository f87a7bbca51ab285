import { writeEarthObservation } from '../om/earth-observation.js';
import type { ResultPage } from '../opensearch/result-page.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';

/** Namespace of SRU 1.1 and 1.2 responses. */
export const SRW_NAMESPACE = 'http://www.loc.gov/zing/srw/';

/**
 * A page of results as an SRU 1.2 searchRetrieveResponse with O&M records. Of the local names `timePosition`, `ServiceReference`, `size` and
 * `identifier` each record has one each, in this order, and nothing else has them: code-de-transfer.sh reads them in fours.
 */
export function writeSearchRetrieveResponse(page: ResultPage): string {
  const { entries, matched, request, hasNext } = page;
  const records = entries.map((entry, index) => {
    const data = writeEarthObservation(entry, { version: request.omVersion, isComplete: true });
    return writeRecord(data, request.offset + index + 1, request.omVersion);
  });
  return writeXml(
    el(
      'srw:searchRetrieveResponse',
      { 'xmlns:srw': SRW_NAMESPACE },
      el('srw:version', {}, '1.2'),
      el('srw:numberOfRecords', {}, matched?.value ?? request.offset + entries.length),
      records.length > 0 && el('srw:records', {}, records),
      hasNext && records.length > 0 && el('srw:nextRecordPosition', {}, request.offset + entries.length + 1),
    ),
  );
}

function writeRecord(data: XmlMarkup, position: number, version: string): XmlMarkup {
  return el(
    'srw:record',
    {},
    el('srw:recordSchema', {}, `http://www.opengis.net/spec/EOMPOM/${version}`),
    el('srw:recordPacking', {}, 'xml'),
    el('srw:recordData', {}, data),
    el('srw:recordPosition', {}, position),
  );
}
