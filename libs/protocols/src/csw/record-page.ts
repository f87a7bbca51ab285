import type { Mirror } from '../links/product-links.js';
import { writeIso19115 } from '../iso19115-3/metadata.js';
import { writeIso19139 } from '../iso19139/metadata.js';
import type { MetadataRecord } from '../records/metadata-record.js';
import type { XmlText } from '../xml/xml-template.js';
import { writeAtomRecord } from './atom-record.js';
import { writeCommonRecord } from './common-record.js';
import type { RecordPresentation } from './csw-request.js';
import { CSW_VERSIONS, type CswVersion } from './csw-version.js';
import { RECORD_VERSIONS } from './record-version.js';

/** A stretch of the records that match, as it is answered. */
export interface RecordPage {
  readonly records: readonly MetadataRecord[];
  readonly matched: number;
  /** Where `matched` is not counted but estimated; then what comes next does not follow from it. */
  readonly estimated?: { readonly hasNext: boolean };
  /** Other catalogues whose records are missing from it. */
  readonly problems?: readonly RemoteProblem[];
}

/** Another catalogue that did not take part, or not wholly: its address, and why. */
export interface RemoteProblem {
  readonly catalogue: string;
  readonly reason: string;
}

/** Writes one record as it is asked for. The common record is that of the schema asked for: 2.0.2 records in a 3.0 answer and the other way round. */
export function writeRecord(record: MetadataRecord, presentation: RecordPresentation, mirror: Mirror): XmlText {
  const { form, choice, outputSchema } = presentation;
  const set = typeof choice === 'string' ? choice : 'full';
  switch (form) {
    case 'record':
      return writeCommonRecord(record, RECORD_VERSIONS[recordVersion(outputSchema)], choice);
    case 'gmd':
    case 'gmi':
      return writeIso19139(record, form, set);
    case 'mdb':
      return writeIso19115(record, set);
    case 'atom':
      return writeAtomRecord(record, mirror);
  }
}

function recordVersion(outputSchema: string): CswVersion {
  return outputSchema === CSW_VERSIONS['3.0.0'].namespace ? '3.0.0' : '2.0.2';
}
