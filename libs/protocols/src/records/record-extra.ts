import { withoutUndefined } from '../safe/without-undefined.js';
import type { MetadataRecord, RecordParty } from './metadata-record.js';

/** The record as it came: its text, and the namespace of its schema. */
export interface RecordOrigin {
  readonly xml?: string;
  readonly schema?: string;
}

type Extra = Readonly<Record<string, unknown>>;

const ROLES = { creator: 'originator', publisher: 'publisher', contributor: 'contributor' };

/** What `Product.extra` keeps of a record: Dublin Core by name (one value as text, several as a list), what ISO 19115 has besides, and the original. */
export function recordExtra(record: MetadataRecord, { xml, schema }: RecordOrigin): Extra {
  return withoutUndefined({
    title: record.title,
    description: record.abstract,
    keywords: record.keywords.length === 0 ? undefined : record.keywords,
    'dct:alternative': record.alternateTitle,
    'dc:type': record.type,
    'dct:isPartOf': record.parentIdentifier,
    'dc:date': record.dates.date,
    'dct:created': record.dates.creation,
    'dct:issued': record.dates.publication,
    'dct:revised': record.dates.revision,
    'dct:modified': record.modified,
    'dct:temporal': record.temporal,
    'dc:format': compact(record.formats),
    'dct:medium': record.availability,
    'dc:creator': compact(named(record.parties, ROLES.creator)),
    'dc:publisher': compact(named(record.parties, ROLES.publisher)),
    'dc:contributor': compact(named(record.parties, ROLES.contributor)),
    parties: record.parties.length === 0 ? undefined : record.parties,
    'dc:source': compact(record.sources),
    'dc:language': record.language,
    'dc:relation': compact(record.relations),
    'dc:rights': compact(record.rights),
    'dct:accessRights': compact(record.accessConstraints),
    'dc:coverage': compact(record.coverage),
    'dct:spatial': compact(record.places),
    'dct:provenance': record.lineage,
    'dct:conformsTo': record.conformity,
    'dct:references': record.onlineResources.length === 0 ? undefined : record.onlineResources,
    'inspire:themes': compact(record.themes),
    'iso:topicCategory': compact(record.topics),
    crs: record.crs,
    record: xml,
    recordSchema: schema,
  });
}

function named(parties: readonly RecordParty[], role: string): readonly string[] {
  return parties.filter((party) => party.role === role).map(({ name }) => name);
}

function compact(values: readonly string[]): string | readonly string[] | undefined {
  return values.length < 2 ? values[0] : values;
}
