import type { ElementSet, MetadataRecord } from '../records/metadata-record.js';
import { scopeCode } from '../records/scope-code.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { writeAcquisition, writeImageDescription } from './acquisition.js';
import { writeContact } from './citation.js';
import { writeDistribution } from './distribution.js';
import { writeIdentification } from './identification.js';
import { codeProperty, dateValue, languageProperty, textProperty } from './property.js';
import { writeConformity, writeLineage, writeQuality } from './quality.js';

/** Which root: `gmd` is ISO 19139, `gmi` adds how imagery was acquired (ISO/TS 19139-2). */
export type IsoForm = 'gmd' | 'gmi';

const ROOTS: Readonly<Record<IsoForm, string>> = { gmd: 'gmd:MD_Metadata', gmi: 'gmi:MI_Metadata' };

/** Namespace of each form's root, which is also its output schema. */
export const ISO_NAMESPACES: Readonly<Record<IsoForm, string>> = {
  gmd: 'http://www.isotc211.org/2005/gmd',
  gmi: 'http://www.isotc211.org/2005/gmi',
};

/**
 * Writes a record as `gmd:MD_Metadata` or `gmi:MI_Metadata`, in the element sets of the ISO application profile (OGC 07-045 §8.2.2). What the
 * schema demands beyond a set is there as nil, so that every set is valid.
 */
export function writeIso19139(record: MetadataRecord, form: IsoForm, set: ElementSet): XmlText {
  const root = ROOTS[form];
  const write = { full: writeFull, summary: writeSummary, brief: writeBrief }[set];
  return xml`<${root} xmlns:gmd="${ISO_NAMESPACES.gmd}"${form === 'gmi' && xml` xmlns:gmi="${ISO_NAMESPACES.gmi}"`}
    xmlns:gco="http://www.isotc211.org/2005/gco" xmlns:gmx="http://www.isotc211.org/2005/gmx"
    xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink">
    ${write(record, form)}</${root}>`;
}

function writeBrief(record: MetadataRecord): XmlValue {
  return [
    textProperty('gmd:fileIdentifier', record.id),
    writeLevel(record),
    xml`<gmd:contact gco:nilReason="withheld"/>`,
    writeStamp(record),
    writeIdentification(record, 'brief'),
  ];
}

function writeSummary(record: MetadataRecord): XmlValue {
  return [
    writeHead(record),
    writeContact(record.parties),
    writeTail(record),
    writeIdentification(record, 'summary'),
    writeDistribution(record),
    writeQuality(record, writeLineage(record)),
  ];
}

function writeFull(record: MetadataRecord, form: IsoForm): XmlValue {
  return [
    writeHead(record),
    writeContact(record.parties),
    writeTail(record),
    writeIdentification(record, 'full'),
    writeImageDescription(record),
    writeDistribution(record),
    writeQuality(record, [writeConformity(record), writeLineage(record)]),
    form === 'gmi' && writeAcquisition(record),
  ];
}

function writeHead(record: MetadataRecord): XmlValue {
  return [
    textProperty('gmd:fileIdentifier', record.id),
    record.language !== undefined && languageProperty(record.language),
    codeProperty('gmd:characterSet', 'gmd:MD_CharacterSetCode', 'utf8'),
    textProperty('gmd:parentIdentifier', record.parentIdentifier),
    writeLevel(record),
  ];
}

/** The scope; INSPIRE wants one that is not a dataset named as well. */
function writeLevel({ type }: MetadataRecord): XmlValue {
  const scope = scopeCode(type);
  return [
    codeProperty('gmd:hierarchyLevel', 'gmd:MD_ScopeCode', scope),
    scope !== 'dataset' && textProperty('gmd:hierarchyLevelName', scope),
  ];
}

function writeStamp({ modified }: MetadataRecord): XmlValue {
  if (modified === undefined) return xml`<gmd:dateStamp gco:nilReason="missing"/>`;
  return xml`<gmd:dateStamp>${dateValue(modified)}</gmd:dateStamp>`;
}

function writeTail(record: MetadataRecord): XmlValue {
  return [
    writeStamp(record),
    textProperty('gmd:metadataStandardName', 'ISO 19115:2003/19139'),
    textProperty('gmd:metadataStandardVersion', '1.0'),
    record.crs !== undefined && writeReferenceSystem(record.crs),
  ];
}

function writeReferenceSystem(crs: string): XmlText {
  const code = /^EPSG:(\d+)$/.exec(crs)?.[1];
  const href = `http://www.opengis.net/def/crs/EPSG/0/${code}`;
  return xml`<gmd:referenceSystemInfo><gmd:MD_ReferenceSystem><gmd:referenceSystemIdentifier><gmd:RS_Identifier>
    ${
      code === undefined
        ? textProperty('gmd:code', crs)
        : xml`<gmd:code><gmx:Anchor xlink:href="${href}">${crs}</gmx:Anchor></gmd:code>`
    }
    </gmd:RS_Identifier></gmd:referenceSystemIdentifier></gmd:MD_ReferenceSystem></gmd:referenceSystemInfo>`;
}
