import type { MetadataRecord } from '../records/metadata-record.js';
import { xml, type XmlValue } from '../xml/xml-template.js';

/** Roles of ISO 19115 that Dublin Core has elements for; the same party is named once. */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  'dc:creator': ['originator', 'author', 'owner', 'principalInvestigator'],
  'dc:publisher': ['publisher', 'distributor', 'resourceProvider', 'custodian'],
  'dc:contributor': ['processor', 'contributor', 'user'],
};

type Values = (record: MetadataRecord) => string | readonly string[] | undefined;

/** Dublin Core of a record by element, in ISO 15836 and DCMI terms (OGC 07-006r1 table 10). */
const VALUES: Readonly<Record<string, Values>> = {
  'dc:identifier': (record) => record.id,
  'dc:title': (record) => record.title ?? '',
  'dct:alternative': (record) => record.alternateTitle,
  'dc:type': (record) => record.type,
  'dc:subject': (record) => [...record.keywords, ...record.themes, ...record.topics],
  'dc:format': (record) => record.formats,
  // The carrier: on disk, or not (DCMI terms; a refinement of the format, which lets it into summary records).
  'dct:medium': (record) => record.availability,
  'dc:relation': (record) => record.relations,
  'dct:isPartOf': (record) => record.parentIdentifier,
  'dc:date': (record) => record.dates.date,
  'dct:created': (record) => record.dates.creation,
  'dct:issued': (record) => record.dates.publication,
  'dct:modified': (record) => record.modified,
  'dct:abstract': (record) => record.abstract,
  'dc:creator': (record) => parties(record, 'dc:creator'),
  'dc:publisher': (record) => parties(record, 'dc:publisher'),
  'dc:contributor': (record) => parties(record, 'dc:contributor'),
  'dc:source': (record) => record.sources,
  'dc:language': (record) => record.language,
  'dc:rights': (record) => record.rights,
  'dct:accessRights': (record) => record.accessConstraints,
  'dct:provenance': (record) => record.lineage,
  'dc:coverage': (record) => record.coverage,
  'dct:spatial': (record) => record.places,
  'dct:temporal': (record) => temporalText(record),
};

/** The values of a record for a Dublin Core element (`dc:title`, `dct:modified`, …). */
export function dublinCoreValues(record: MetadataRecord, name: string): readonly string[] {
  const values = VALUES[name]?.(record);
  if (values === undefined) return [];
  return typeof values === 'string' ? [values] : values;
}

/** Writes a Dublin Core element as often as the record has values; an unknown one not at all. */
export function writeDublinCore(record: MetadataRecord, name: string): XmlValue {
  if (name === 'dct:references') return writeReferences(record);
  return dublinCoreValues(record, name).map((value) => xml`<${name}>${value}</${name}>`);
}

/** Addresses, their protocol as the scheme. */
function writeReferences({ onlineResources, quicklook }: MetadataRecord): XmlValue {
  return [
    onlineResources.map(({ href, protocol }) =>
      protocol === undefined
        ? xml`<dct:references>${href}</dct:references>`
        : xml`<dct:references scheme="${protocol}">${href}</dct:references>`,
    ),
    quicklook !== undefined &&
      xml`<dct:references scheme="WWW:LINK-1.0-http--image-thumbnail">${quicklook}</dct:references>`,
  ];
}

function parties(record: MetadataRecord, element: string): readonly string[] {
  const roles = ROLES[element] ?? [];
  return [...new Set(record.parties.filter(({ role }) => roles.includes(role)).map(({ name }) => name))];
}

/** DCMI Period Encoding Scheme. */
function temporalText({ temporal }: MetadataRecord): string | undefined {
  if (temporal === undefined) return undefined;
  const bound = (name: string, time: string | undefined): string => (time === undefined ? '' : `${name}=${time}; `);
  return `${bound('start', temporal.start)}${bound('end', temporal.end)}scheme=W3C-DTF;`;
}
