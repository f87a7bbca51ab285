import type { MetadataRecord } from '../records/metadata-record.js';
import { xml, type XmlText } from '../xml/xml-template.js';
import { writeCommonRecord } from './common-record.js';
import { CSW_VERSIONS, type CswVersion } from './csw-version.js';
import { RECORD_VERSIONS } from './record-version.js';
import { rootAttributes } from './records-response.js';

/** What a Transaction or Harvest did. */
export interface TransactionOutcome {
  readonly inserted: readonly InsertedRecords[];
  readonly updated: number;
  readonly deleted: number;
}

/** The records of one Insert, by its handle. */
export interface InsertedRecords {
  readonly handle?: string;
  readonly records: readonly MetadataRecord[];
}

/** `csw:TransactionResponse` (OGC 07-006r1 §10.11.5, OGC 12-176r7 §7.5.4): the counts, and each inserted record in brief form. */
export function writeTransactionResponse(version: CswVersion, outcome: TransactionOutcome, requestId?: string): string {
  return transactionResponse(version, outcome, requestId).text;
}

/** `csw:HarvestResponse` around the same. */
export function writeHarvestResponse(version: CswVersion, outcome: TransactionOutcome): string {
  const data = CSW_VERSIONS[version];
  const { csw } = data;
  return xml`<${csw}:HarvestResponse ${rootAttributes(data)}>${transactionResponse(version, outcome)}</${csw}:HarvestResponse>`
    .text;
}

function transactionResponse(version: CswVersion, outcome: TransactionOutcome, requestId?: string): XmlText {
  const data = CSW_VERSIONS[version];
  const { csw } = data;
  const { inserted, updated, deleted } = outcome;
  const count = inserted.reduce((sum, { records }) => sum + records.length, 0);
  return xml`<${csw}:TransactionResponse ${rootAttributes(data)} version="${version}">
    <${csw}:TransactionSummary${requestId !== undefined && xml` requestId="${requestId}"`}>
    <${csw}:totalInserted>${count}</${csw}:totalInserted>
    <${csw}:totalUpdated>${updated}</${csw}:totalUpdated>
    <${csw}:totalDeleted>${deleted}</${csw}:totalDeleted>
    </${csw}:TransactionSummary>
    ${inserted
      .filter(({ records }) => records.length > 0)
      .map(
        ({ handle, records }) => xml`<${csw}:InsertResult${handle !== undefined && xml` handleRef="${handle}"`}>
          ${records.map((record) => writeCommonRecord(record, RECORD_VERSIONS[version], 'brief'))}</${csw}:InsertResult>`,
      )}
    </${csw}:TransactionResponse>`;
}
