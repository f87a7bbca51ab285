import { xml, type XmlText } from '../xml/xml-template.js';
import { writeAtomRecord } from './atom-record.js';
import type { RecordsRequest } from './csw-request.js';
import type { RecordPage } from './record-page.js';
import { nextRecord, type AnswerContext } from './records-response.js';

/** The feed of a GetRecords answered in Atom (OGC 12-176r7 §7.3.6, OGC 10-032r8 §9.3.2); `self` is the address asked. */
export function writeAtomAnswer(
  request: RecordsRequest,
  page: RecordPage,
  { mirror, now }: AnswerContext,
  self: string,
): string {
  const { records, matched, estimated } = page;
  const next = nextRecord(request, page);
  const description = `${mirror.address}/csw/opensearch.xml`;
  return xml`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:os="http://a9.com/-/spec/opensearch/1.1/">
    <title>Records of ${mirror.name}</title><id>${self}</id><updated>${now.toISOString()}</updated>
    <author><name>${mirror.name}</name></author>
    <link rel="self" type="application/atom+xml" href="${self}"/>
    <link rel="search" type="application/opensearchdescription+xml" href="${description}"/>
    ${next > 0 && records.length > 0 && xml`<link rel="next" type="application/atom+xml" href="${pageAddress(self, next)}"/>`}
    ${estimated === undefined && xml`<os:totalResults>${matched}</os:totalResults>`}<os:startIndex>${request.startPosition}</os:startIndex>
    <os:itemsPerPage>${records.length}</os:itemsPerPage>
    ${writeQuery(request)}
    ${records.map((record) => writeAtomRecord(record, mirror))}</feed>`.text;
}

/** What was asked, as OpenSearch says it (OGC 10-032r8 table 6). */
function writeQuery({ searchTerms, startPosition, maxRecords }: RecordsRequest): XmlText {
  const terms = searchTerms !== undefined && xml` searchTerms="${searchTerms}"`;
  return xml`<os:Query role="request"${terms} startIndex="${startPosition}" count="${maxRecords}"/>`;
}

function pageAddress(self: string, position: number): string {
  const address = new URL(self);
  for (const name of address.searchParams.keys()) {
    if (/^(startposition|startindex)$/i.test(name)) address.searchParams.delete(name);
  }
  address.searchParams.set('startPosition', String(position));
  return address.toString();
}
