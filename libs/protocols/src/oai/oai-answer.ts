import { writeIso19139 } from '../iso19139/metadata.js';
import type { MetadataRecord } from '../records/metadata-record.js';
import { XML_DECLARATION } from '../xml/write-xml.js';
import { xml, XmlText, type XmlValue } from '../xml/xml-template.js';
import { writeOaiDublinCore } from './dublin-core-record.js';
import { writeOaiDate } from './oai-date.js';
import type { OaiError } from './oai-error.js';
import { OAI_FORMATS, type OaiPrefix } from './oai-request.js';

/** What every answer says of itself: when, where it was asked, with which arguments. */
export interface OaiContext {
  readonly now: Date;
  /** Address of the repository. */
  readonly baseUrl: string;
  /** The query string; absent where it was so wrong that it must not be repeated. */
  readonly asked?: string;
}

/** A record, or what is left of it. */
export interface OaiItem {
  readonly uuid: string;
  readonly set: string;
  readonly at: Date;
  /** Absent: deleted. */
  readonly record?: MetadataRecord;
}

const OAI = 'http://www.openarchives.org/OAI/2.0/';

/** The whole answer around a verb's content, in pieces. */
export function* writeOaiAnswer(context: OaiContext, content: Iterable<XmlText>): Generator<string> {
  const given = [...new URLSearchParams(context.asked ?? '')].map(([name, value]) => xml` ${name}="${value}"`);
  yield XML_DECLARATION;
  yield `<OAI-PMH xmlns="${OAI}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${OAI} ${OAI}OAI-PMH.xsd">`;
  yield xml`<responseDate>${writeOaiDate(context.now)}</responseDate><request${given}>${context.baseUrl}</request>`
    .text;
  for (const piece of content) yield piece.text;
  yield '</OAI-PMH>\n';
}

/** The content of an answer that tells of an error (§3.6). */
export function writeOaiError({ code, message }: OaiError): XmlText {
  return xml`<error code="${code}">${message}</error>`;
}

/** `Identify` (§4.2). */
export function writeIdentify(about: {
  readonly name: string;
  readonly baseUrl: string;
  readonly email: string;
  readonly earliest: Date;
}): XmlText {
  return xml`<Identify><repositoryName>${about.name}</repositoryName><baseURL>${about.baseUrl}</baseURL>
    <protocolVersion>2.0</protocolVersion><adminEmail>${about.email}</adminEmail>
    <earliestDatestamp>${writeOaiDate(about.earliest)}</earliestDatestamp><deletedRecord>persistent</deletedRecord>
    <granularity>YYYY-MM-DDThh:mm:ssZ</granularity><compression>gzip</compression></Identify>`;
}

/** `ListMetadataFormats` (§4.4). */
export function writeMetadataFormats(): XmlText {
  const formats = Object.entries(OAI_FORMATS).map(
    ([prefix, { schema, namespace }]) =>
      xml`<metadataFormat><metadataPrefix>${prefix}</metadataPrefix><schema>${schema}</schema>
        <metadataNamespace>${namespace}</metadataNamespace></metadataFormat>`,
  );
  return xml`<ListMetadataFormats>${formats}</ListMetadataFormats>`;
}

/** `ListSets` (§4.6): a set is a collection. */
export function writeSets(sets: readonly { readonly id: string; readonly title: string }[]): XmlText {
  return xml`<ListSets>${sets.map(
    ({ id, title }) => xml`<set><setSpec>${id}</setSpec><setName>${title}</setName></set>`,
  )}</ListSets>`;
}

/** `GetRecord` (§4.1). */
export function writeGetRecord(item: OaiItem, prefix: OaiPrefix): XmlText {
  return xml`<GetRecord>${writeItem(item, prefix)}</GetRecord>`;
}

/** How far a list has been sent; `token` absent in a list's only answer, empty in its last. */
export interface ListEnd {
  readonly token?: string;
  readonly before: number;
  readonly size?: number;
}

/** `ListRecords` and `ListIdentifiers` (§4.3, §4.5), a piece for each record. */
export function* writeList(
  verb: 'ListRecords' | 'ListIdentifiers',
  items: readonly OaiItem[],
  { prefix, end }: { readonly prefix: OaiPrefix; readonly end: ListEnd },
): Generator<XmlText> {
  yield xml`<${verb}>`;
  for (const item of items) yield verb === 'ListRecords' ? writeItem(item, prefix) : writeHeader(item);
  if (end.token !== undefined) {
    const size = end.size === undefined ? undefined : xml` completeListSize="${end.size}"`;
    yield xml`<resumptionToken${size} cursor="${end.before}">${end.token}</resumptionToken>`;
  }
  yield xml`</${verb}>`;
}

/** What records are known by for ever, whatever address they are had from. */
export function oaiIdentifier(uuid: string): string {
  return `urn:uuid:${uuid}`;
}

function writeHeader({ uuid, set, at, record }: OaiItem): XmlText {
  const status: XmlValue = record === undefined && xml` status="deleted"`;
  return xml`<header${status}><identifier>${oaiIdentifier(uuid)}</identifier><datestamp>${writeOaiDate(at)}</datestamp>
    <setSpec>${set}</setSpec></header>`;
}

function writeItem(item: OaiItem, prefix: OaiPrefix): XmlText {
  const { record } = item;
  const metadata = record !== undefined && xml`<metadata>${writeMetadata(record, prefix)}</metadata>`;
  return xml`<record>${writeHeader(item)}${metadata}</record>`;
}

function writeMetadata(record: MetadataRecord, prefix: OaiPrefix): XmlText {
  return prefix === 'oai_dc' ? writeOaiDublinCore(record) : writeIso19139(record, 'gmd', 'full');
}
