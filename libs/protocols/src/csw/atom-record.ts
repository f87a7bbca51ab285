import type { Mirror } from '../links/product-links.js';
import type { MetadataRecord, OnlineResource } from '../records/metadata-record.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { writeDublinCore } from './dublin-core.js';

/** Output schema of Atom entries. */
export const ATOM_NAMESPACE = 'http://www.w3.org/2005/Atom';

/** Relation of a link by the online function of ISO 19115. */
const RELATIONS: Readonly<Record<string, string>> = { download: 'enclosure', search: 'search', information: 'related' };

/** A record as an Atom entry (RFC 4287 §4.1.2) of a CSW 3.0 answer (OGC 12-176r7 §6.6.6): any record, where `opensearch/atom-entry.ts` writes products only. Availability is `dct:medium`. */
export function writeAtomRecord(record: MetadataRecord, { address, name }: Mirror): XmlText {
  const self = `${address}/csw?service=CSW&version=3.0.0&request=GetRecordById&id=${encodeURIComponent(record.id)}`;
  const updated = instant(record.modified) ?? '1970-01-01T00:00:00Z';
  return xml`<entry xmlns="${ATOM_NAMESPACE}" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/"
    xmlns:georss="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml">
    <id>${self}</id><title>${record.title ?? record.id}</title><updated>${updated}</updated>
    <author><name>${record.parties[0]?.name ?? name}</name></author>
    <link rel="alternate" type="application/xml" href="${self}"/>${record.onlineResources.map(writeLink)}
    ${record.quicklook !== undefined && xml`<link rel="icon" href="${record.quicklook}"/>`}
    ${record.keywords.map((keyword) => xml`<category term="${keyword}"/>`)}
    ${record.abstract !== undefined && xml`<summary>${record.abstract}</summary>`}
    <dc:identifier>${record.id}</dc:identifier>${writeDublinCore(record, 'dct:medium')}${writePeriod(record)}${writeWhere(record)}</entry>`;
}

function writeLink({ href, name, use }: OnlineResource): XmlText {
  const title = name !== undefined && xml` title="${name}"`;
  return xml`<link rel="${RELATIONS[use ?? ''] ?? 'related'}" href="${href}"${title}/>`;
}

function writePeriod({ temporal }: MetadataRecord): XmlValue {
  return temporal?.start !== undefined && xml`<dc:date>${temporal.start}/${temporal.end ?? ''}</dc:date>`;
}

/** GeoRSS Simple and, as OGC 10-032r8 has it, GML; neither knows a box across the antimeridian. */
function writeWhere({ bbox }: MetadataRecord): XmlValue {
  if (bbox === undefined || bbox[0] > bbox[2]) return undefined;
  const [west, south, east, north] = bbox;
  return xml`<georss:box>${south} ${west} ${north} ${east}</georss:box>
    <georss:where><gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/4326"><gml:lowerCorner>${south} ${west}</gml:lowerCorner>
    <gml:upperCorner>${north} ${east}</gml:upperCorner></gml:Envelope></georss:where>`;
}

/** Atom wants full times (RFC 4287 §3.3). */
function instant(time: string | undefined): string | undefined {
  const date = new Date(time ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
