import { dublinCoreValues } from '../csw/dublin-core.js';
import type { MetadataRecord } from '../records/metadata-record.js';
import { flatBoxes } from '../records/record-bbox.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';

const NAMESPACE = 'http://www.openarchives.org/OAI/2.0/oai_dc/';

/** Unqualified elements and the terms that are written as them. */
const ELEMENTS: readonly (readonly [element: string, terms: readonly string[]])[] = [
  ['dc:title', ['dc:title', 'dct:alternative']],
  ['dc:creator', ['dc:creator']],
  ['dc:subject', ['dc:subject']],
  ['dc:description', ['dct:abstract']],
  ['dc:publisher', ['dc:publisher']],
  ['dc:contributor', ['dc:contributor']],
  ['dc:date', ['dc:date', 'dct:issued', 'dct:created']],
  ['dc:type', ['dc:type']],
  ['dc:format', ['dc:format', 'dct:medium']],
  ['dc:identifier', ['dc:identifier']],
  ['dc:source', ['dc:source']],
  ['dc:language', ['dc:language']],
  ['dc:relation', ['dc:relation', 'dct:isPartOf']],
  ['dc:coverage', ['dc:coverage', 'dct:spatial', 'dct:temporal']],
  ['dc:rights', ['dc:rights', 'dct:accessRights']],
];

/** A record as `oai_dc:dc` (OAI-PMH 2.0 §2.5): the fifteen elements of Dublin Core; addresses are identifiers, boxes are coverage in DCMI Box. */
export function writeOaiDublinCore(record: MetadataRecord): XmlText {
  return xml`<oai_dc:dc xmlns:oai_dc="${NAMESPACE}" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${NAMESPACE} http://www.openarchives.org/OAI/2.0/oai_dc.xsd">
    ${ELEMENTS.map((row) => writeElement(record, row))}
    ${record.onlineResources.map(({ href }) => xml`<dc:identifier>${href}</dc:identifier>`)}
    ${flatBoxes(record.bbox).map(
      ([west, south, east, north]) =>
        xml`<dc:coverage>westlimit=${west}; southlimit=${south}; eastlimit=${east}; northlimit=${north}; projection=EPSG:4326</dc:coverage>`,
    )}
    </oai_dc:dc>`;
}

function writeElement(record: MetadataRecord, [element, terms]: readonly [string, readonly string[]]): XmlValue {
  const values = new Set(terms.flatMap((term) => dublinCoreValues(record, term)));
  return [...values].map((value) => xml`<${element}>${value}</${element}>`);
}
