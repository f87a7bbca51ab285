import { InvalidError } from '#domain/errors.js';
import { findRecords, readRecord, type FoundRecord } from '../records/find-records.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, descendants, textAt, textOf } from '../xml/xml-path.js';
import { readEach, upstreamRecord, type UpstreamRecord, type UpstreamRecords } from './upstream-record.js';

/** A page of a CSW's answer. */
export interface GetRecordsPage extends UpstreamRecords {
  readonly size: number;
  readonly matched: number;
  /** Position of the record after the page; 0 where there is none (OGC 07-006r1 §10.8.4.8). */
  readonly nextRecord: number;
  /** The records as they came, each standing alone. */
  readonly originals: readonly string[];
}

/**
 * Reads `GetRecordsResponse` of CSW 2.0.2 and 3.0 with records of any schema that is known. Throws InvalidError with the source's own words for an
 * exception report, and for anything else that is no such answer; a bad record is a failure.
 */
export function readGetRecords(document: XmlElement): GetRecordsPage {
  refuseException(document);
  const [results] = descendants(document, 'SearchResults');
  if (results === undefined)
    throw new InvalidError(`The answer is no GetRecords response but ${document.qname}: it has no SearchResults.`);
  const found = findRecords(results);
  const count = (name: string): number => Math.max(0, Math.trunc(Number(attribute(results, name) ?? 0)) || 0);
  return {
    ...readEach(found, identifierOf, readFound),
    size: Math.max(found.length, count('numberOfRecordsReturned')),
    matched: count('numberOfRecordsMatched'),
    nextRecord: count('nextRecord'),
    originals: found.map(({ xml }) => xml),
  };
}

/** Reads every record of any document: one alone, an answer of GetRecordById, a list. Throws InvalidError for an exception report and where there is none. */
export function readRecordDocument(document: XmlElement): UpstreamRecords {
  refuseException(document);
  const found = findRecords(document);
  if (found.length === 0) throw new InvalidError(`The document holds no metadata record; it is ${document.qname}.`);
  return readEach(found, identifierOf, readFound);
}

function refuseException(document: XmlElement): void {
  const reports = [document, ...descendants(document, 'ExceptionReport')];
  if (!reports.some(({ name }) => name === 'ExceptionReport')) return;
  const words = descendants(document, 'ExceptionText').flatMap((text) => textOf(text) ?? []);
  throw new InvalidError(`The source refuses: ${words.join(' ').slice(0, 500) || 'without giving a reason'}`);
}

function identifierOf({ element }: FoundRecord): string {
  return textAt(element, 'fileIdentifier') ?? textAt(element, 'identifier') ?? 'unnamed';
}

function readFound(found: FoundRecord): UpstreamRecord {
  const record = readRecord(found);
  const modified = record.modified === undefined ? undefined : new Date(record.modified);
  return upstreamRecord({ record, origin: { xml: found.xml, schema: found.schema }, modified });
}
