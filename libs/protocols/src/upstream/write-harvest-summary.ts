import type { Harvest } from '#domain/harvest/harvest.js';
import { writeXml } from '../xml/write-xml.js';
import { el } from '../xml/xml-element.js';

const CSW = 'http://www.opengis.net/cat/csw/2.0.2';
const OWS = 'http://www.opengis.net/ows';

/** What a ResponseHandler is sent: `csw:HarvestResponse` with a summary (OGC 07-006r1 §10.12.4), or `ows:ExceptionReport` where the harvest failed. */
export function writeHarvestSummary({ id, counts, state, error }: Harvest): string {
  if (state === 'failed') {
    const text = el('ows:ExceptionText', {}, error ?? 'The harvest failed.');
    const exception = el('ows:Exception', { exceptionCode: 'NoApplicableCode', locator: id }, text);
    return writeXml(el('ows:ExceptionReport', { 'xmlns:ows': OWS, version: '1.2.0' }, exception));
  }
  const summary = el(
    'csw:TransactionSummary',
    { requestId: id },
    el('csw:totalInserted', {}, counts.created),
    el('csw:totalUpdated', {}, counts.modified),
    el('csw:totalDeleted', {}, counts.removed),
  );
  const response = el('csw:TransactionResponse', { version: '2.0.2' }, summary);
  return writeXml(el('csw:HarvestResponse', { 'xmlns:csw': CSW }, response));
}
