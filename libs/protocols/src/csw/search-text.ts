import type { MetadataRecord } from '../records/metadata-record.js';
import { dublinCoreValues } from './dublin-core.js';

const SEARCHED = [
  'dc:identifier', 'dc:title', 'dct:alternative', 'dc:type', 'dc:subject', 'dc:format', 'dc:relation', 'dc:date', 'dct:abstract', 'dc:creator',
  'dc:publisher', 'dc:contributor', 'dc:source', 'dc:language', 'dc:rights', 'dct:accessRights', 'dct:provenance', 'dct:spatial',
] as const; // prettier-ignore

/** What a published record is searched by besides its Dublin Core: all its text, and the names of its organisations; kept in `Product.extra` beside what `recordExtra` keeps. */
export function searchText(record: MetadataRecord): Readonly<Record<string, unknown>> {
  const organisations = record.parties.map(({ name }) => name);
  return {
    anytext: SEARCHED.flatMap((name) => dublinCoreValues(record, name)).join(' '),
    ...(organisations.length === 0 ? {} : { organisationName: organisations }),
  };
}
