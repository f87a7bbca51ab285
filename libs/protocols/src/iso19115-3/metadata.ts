import type { ElementSet, MetadataRecord } from '../records/metadata-record.js';
import { scopeCode } from '../records/scope-code.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { writeAcquisition, writeCoverageDescription } from './acquisition.js';
import { writeDistribution } from './distribution.js';
import { writeIdentification } from './identification.js';
import { writeContact } from './party.js';
import { codeProperty, dateProperty, identifierProperty, localeProperty, textProperty } from './property.js';

const ISO = 'http://standards.iso.org/iso/19115/-3';

/** Output schema of ISO 19115-3 records. */
export const MDB_NAMESPACE = `${ISO}/mdb/2.0`;

const NAMESPACES = Object.entries({
  mdb: MDB_NAMESPACE,
  cit: `${ISO}/cit/2.0`,
  gco: `${ISO}/gco/1.0`,
  gex: `${ISO}/gex/1.0`,
  lan: `${ISO}/lan/1.0`,
  mac: `${ISO}/mac/2.0`,
  mcc: `${ISO}/mcc/1.0`,
  mco: `${ISO}/mco/1.0`,
  mrc: `${ISO}/mrc/2.0`,
  mrd: `${ISO}/mrd/1.0`,
  mri: `${ISO}/mri/1.0`,
  mrl: `${ISO}/mrl/2.0`,
  mrs: `${ISO}/mrs/1.0`,
  gml: 'http://www.opengis.net/gml/3.2',
}).map(([prefix, uri]) => xml` xmlns:${prefix}="${uri}"`);

/** Writes a record as `mdb:MD_Metadata` (ISO/TS 19115-3), in the element sets ISO 19139 records have. */
export function writeIso19115(record: MetadataRecord, set: ElementSet): XmlText {
  const brief = set === 'brief';
  return xml`<mdb:MD_Metadata${NAMESPACES}>
    ${identifierProperty('mdb:metadataIdentifier', record.id)}
    ${!brief && writeOrigin(record)}
    ${writeScope(record)}
    ${brief ? xml`<mdb:contact gco:nilReason="withheld"/>` : writeContact(record.parties)}
    ${writeStamp(record)}
    ${!brief && writeStandard()}
    ${!brief && writeReferenceSystem(record)}
    ${writeIdentification(record, set)}
    ${set === 'full' && writeCoverageDescription(record)}
    ${!brief && writeDistribution(record)}
    ${!brief && writeLineage(record)}
    ${set === 'full' && writeAcquisition(record)}
    </mdb:MD_Metadata>`;
}

function writeOrigin({ language, parentIdentifier }: MetadataRecord): XmlValue {
  return [
    localeProperty('mdb:defaultLocale', language),
    parentIdentifier !== undefined &&
      xml`<mdb:parentMetadata><cit:CI_Citation>${textProperty('cit:title', parentIdentifier)}
        ${identifierProperty('cit:identifier', parentIdentifier)}</cit:CI_Citation></mdb:parentMetadata>`,
  ];
}

function writeScope({ type }: MetadataRecord): XmlText {
  const scope = scopeCode(type);
  return xml`<mdb:metadataScope><mdb:MD_MetadataScope>${codeProperty('mdb:resourceScope', 'mcc:MD_ScopeCode', scope)}
    ${scope !== 'dataset' && textProperty('mdb:name', scope)}</mdb:MD_MetadataScope></mdb:metadataScope>`;
}

function writeStamp({ modified }: MetadataRecord): XmlText {
  return modified === undefined
    ? xml`<mdb:dateInfo gco:nilReason="missing"/>`
    : dateProperty('mdb:dateInfo', modified, 'revision');
}

function writeStandard(): XmlText {
  return xml`<mdb:metadataStandard><cit:CI_Citation>${textProperty('cit:title', 'ISO 19115-3')}</cit:CI_Citation>
    </mdb:metadataStandard>`;
}

function writeReferenceSystem({ crs }: MetadataRecord): XmlValue {
  return (
    crs !== undefined &&
    xml`<mdb:referenceSystemInfo><mrs:MD_ReferenceSystem>${identifierProperty('mrs:referenceSystemIdentifier', crs)}
      </mrs:MD_ReferenceSystem></mdb:referenceSystemInfo>`
  );
}

function writeLineage({ lineage, type }: MetadataRecord): XmlValue {
  return (
    lineage !== undefined &&
    xml`<mdb:resourceLineage><mrl:LI_Lineage>${textProperty('mrl:statement', lineage)}
      <mrl:scope><mcc:MD_Scope>${codeProperty('mcc:level', 'mcc:MD_ScopeCode', scopeCode(type))}</mcc:MD_Scope></mrl:scope>
      </mrl:LI_Lineage></mdb:resourceLineage>`
  );
}
