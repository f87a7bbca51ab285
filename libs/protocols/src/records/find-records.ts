import { InvalidError } from '#domain/errors.js';
import { readCommonRecord } from '../csw/common-record-read.js';
import { readIso19115 } from '../iso19115-3/metadata-read.js';
import { readIso19139 } from '../iso19139/metadata-read.js';
import { writeElement } from '../xml/write-xml.js';
import type { XmlElement } from '../xml/xml-element.js';
import type { MetadataRecord } from './metadata-record.js';

/** A record in a document: its schema by namespace, and its own text, which stands alone. */
export interface FoundRecord {
  readonly schema: string;
  readonly element: XmlElement;
  /** Declares every namespace that was declared around it. */
  readonly xml: string;
}

type ReadRecord = (element: XmlElement) => MetadataRecord;

const COMMON = ['Record', 'SummaryRecord', 'BriefRecord', 'DCMIRecord'];

/** Roots of records by `{namespace}name`, and how each is read. */
const READERS: ReadonlyMap<string, ReadRecord> = new Map<string, ReadRecord>([
  ...['http://www.opengis.net/cat/csw/2.0.2', 'http://www.opengis.net/cat/csw/3.0'].flatMap((namespace) =>
    COMMON.map((name) => [`{${namespace}}${name}`, readCommonRecord] as const),
  ),
  ['{http://www.openarchives.org/OAI/2.0/oai_dc/}dc', readCommonRecord],
  ['{http://www.isotc211.org/2005/gmd}MD_Metadata', readIso19139],
  ['{http://www.isotc211.org/2005/gmi}MI_Metadata', readIso19139],
  ['{http://standards.iso.org/iso/19115/-2/gmi/1.0}MI_Metadata', readIso19139],
  ['{http://standards.iso.org/iso/19115/-3/mdb/1.0}MD_Metadata', readIso19115],
  ['{http://standards.iso.org/iso/19115/-3/mdb/2.0}MD_Metadata', readIso19115],
]);

/** Every record of a document, whether it is the root or lies in an answer (GetRecords, GetRecordById, ListRecords) or a Transaction; records within records are not looked for. */
export function findRecords(root: XmlElement): readonly FoundRecord[] {
  const found: FoundRecord[] = [];
  const left: { readonly element: XmlElement; readonly around: ReadonlyMap<string, string> }[] = [
    { element: root, around: new Map() },
  ];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { element } = next;
    const declared = declarations(next.around, element);
    if (READERS.has(nameOf(element))) {
      const xml = writeElement({ ...element, attributes: new Map([...declared, ...element.attributes]) });
      found.push({ schema: element.namespace, element, xml });
      continue;
    }
    for (const child of element.children.toReversed()) {
      if (typeof child !== 'string') left.push({ element: child, around: declared });
    }
  }
  return found;
}

/** Reads a record of any schema that is known (`findRecords` finds no others). Throws InvalidError naming the element that is wrong. */
export function readRecord({ element }: FoundRecord): MetadataRecord {
  const read = READERS.get(nameOf(element));
  if (read === undefined) {
    throw new InvalidError(`${element.qname} is not a metadata record of a known schema.`, { subject: element.qname });
  }
  return read(element);
}

function nameOf({ namespace, name }: XmlElement): string {
  return `{${namespace}}${name}`;
}

function declarations(around: ReadonlyMap<string, string>, element: XmlElement): ReadonlyMap<string, string> {
  const own = [...element.attributes].filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  return own.length === 0 ? around : new Map([...around, ...own]);
}
