import type { Mirror } from '../links/product-links.js';
import { writeElement, XML_DECLARATION } from '../xml/write-xml.js';
import { el, type XmlContent, type XmlMarkup } from '../xml/xml-element.js';
import { xml, XmlText } from '../xml/xml-template.js';
import type { RecordByIdRequest, RecordsRequest } from './csw-request.js';
import { CSW_VERSIONS, type CswVersionData } from './csw-version.js';
import { writeRecord, type RecordPage, type RemoteProblem } from './record-page.js';
import type { MetadataRecord } from '../records/metadata-record.js';

/** What every answer needs beside the records. */
export interface AnswerContext {
  readonly mirror: Mirror;
  readonly now: Date;
}

/** The first record after this page, 0 where there is none. */
export function nextRecord({ startPosition }: RecordsRequest, { records, matched, estimated }: RecordPage): number {
  const next = startPosition + records.length;
  return (estimated?.hasNext ?? next <= matched) ? next : 0;
}

/** `csw:GetRecordsResponse` (OGC 07-006r1 §10.8.5, OGC 12-176r7 §7.3.6), without a declaration. */
export function writeRecordsResponse(
  request: RecordsRequest,
  page: RecordPage,
  { mirror, now }: AnswerContext,
): string {
  const data = CSW_VERSIONS[request.version];
  const { csw } = data;
  const set = typeof request.choice === 'string' ? request.choice : undefined;
  const { records } = page;
  return xml`<${csw}:GetRecordsResponse ${rootAttributes(data)} version="${request.version}">
    ${request.requestId !== undefined && xml`<${csw}:RequestId>${request.requestId}</${csw}:RequestId>`}
    <${csw}:SearchStatus timestamp="${now.toISOString()}"/>
    <${csw}:SearchResults numberOfRecordsMatched="${page.matched}" numberOfRecordsReturned="${records.length}"
    nextRecord="${nextRecord(request, page)}" recordSchema="${request.outputSchema}"${set !== undefined && xml` elementSet="${set}"`}>
    ${page.estimated !== undefined && ESTIMATED}
    ${records.map((record) => writeRecord(record, request, mirror))}
    ${writeProblems(request, page.problems ?? [])}</${csw}:SearchResults></${csw}:GetRecordsResponse>`.text;
}

/** The attribute is mandatory and there is no other to say it; resultType="hits" counts. */
const ESTIMATED = new XmlText('<!-- numberOfRecordsMatched is an estimate; resultType="hits" counts -->');

/** Who is missing: `csw30:FederatedException` of each (OGC 12-176r7 §7.3.6), in 2.0.2, which has no element for it, a comment. */
function writeProblems({ version }: RecordsRequest, problems: readonly RemoteProblem[]): readonly XmlText[] {
  return problems.map(({ catalogue, reason }) =>
    version === '3.0.0'
      ? xml`<csw30:FederatedException catalogueURL="${catalogue}">
          <ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/2.0" version="3.0.0">
          <ows:Exception exceptionCode="NoApplicableCode"><ows:ExceptionText>${reason}</ows:ExceptionText></ows:Exception>
          </ows:ExceptionReport></csw30:FederatedException>`
      : new XmlText(`<!-- Not all: ${`${catalogue}: ${reason}`.replace(/[<>&]/g, ' ').replace(/-{2,}|-$/g, ' ')} -->`),
  );
}

/** `csw:Acknowledgement` of a request that was only to be checked, or is answered later. */
export function writeAcknowledgement(request: RecordsRequest, { now }: AnswerContext): string {
  const data = CSW_VERSIONS[request.version];
  const { csw } = data;
  const echoed =
    request.document === undefined
      ? xml`<${csw}:GetRecords service="CSW" version="${request.version}" resultType="validate" outputSchema="${request.outputSchema}">
          <${csw}:Query typeNames="${csw}:Record"><${csw}:ElementSetName>full</${csw}:ElementSetName></${csw}:Query></${csw}:GetRecords>`
      : new XmlText(writeElement(request.document));
  return xml`<${csw}:Acknowledgement ${rootAttributes(data)} timeStamp="${now.toISOString()}">
    <${csw}:EchoedRequest>${echoed}</${csw}:EchoedRequest></${csw}:Acknowledgement>`.text;
}

/** GetRecordById: a `csw:GetRecordByIdResponse` in 2.0.2 (empty where nothing was found), the bare record in 3.0. */
export function writeRecordById(
  request: RecordByIdRequest,
  records: readonly MetadataRecord[],
  mirror: Mirror,
): string {
  const written = records.map((record) => writeRecord(record, request, mirror));
  if (request.version === '3.0.0') return written[0]?.text ?? '';
  const data = CSW_VERSIONS[request.version];
  return xml`<${data.csw}:GetRecordByIdResponse ${rootAttributes(data)}>${written}</${data.csw}:GetRecordByIdResponse>`
    .text;
}

/** Namespace declarations and schema location of a document. */
export function rootAttributes({ csw, namespace, schema }: CswVersionData): XmlText {
  return xml`xmlns:${csw}="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${namespace} ${schema}"`;
}

/** Puts the declaration before a document written without. */
export function withDeclaration(body: string): string {
  return XML_DECLARATION + body;
}

/** A small document of the service's own namespace. */
export function cswRoot(data: CswVersionData, name: string, ...content: readonly XmlContent[]): XmlMarkup {
  return el(
    `${data.csw}:${name}`,
    {
      [`xmlns:${data.csw}`]: data.namespace,
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': `${data.namespace} ${data.schema}`,
    },
    ...content,
  );
}
