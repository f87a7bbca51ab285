import { readIsoMetadata, type IsoPaths } from '../iso19139/metadata-read.js';
import type { MetadataRecord } from '../records/metadata-record.js';
import type { XmlElement } from '../xml/xml-element.js';

const ISO_19115_3: IsoPaths = {
  id: 'metadataIdentifier/MD_Identifier/code',
  idElement: 'mdb:metadataIdentifier',
  parent: ['parentMetadata//MD_Identifier/code', 'parentMetadata//title'],
  scope: 'metadataScope/MD_MetadataScope/resourceScope/MD_ScopeCode',
  modified: 'dateInfo/CI_Date/date',
  language: 'defaultLocale',
  formatName: '//MD_Format/formatSpecificationCitation/CI_Citation/title',
};

/** Reads `mdb:MD_Metadata` (ISO/TS 19115-3). Throws InvalidError naming the element that is wrong. */
export function readIso19115(element: XmlElement): MetadataRecord {
  return readIsoMetadata(element, ISO_19115_3);
}
