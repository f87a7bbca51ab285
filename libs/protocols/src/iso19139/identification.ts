import type { ElementSet, MetadataRecord } from '../records/metadata-record.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { writeDates, writeParty } from './citation.js';
import { writeConstraints } from './constraints.js';
import { GMD_EXTENT, writeExtent } from './extent.js';
import { writeKeywords } from './keywords.js';
import { codeProperty, languageProperty, textProperty } from './property.js';

/** `gmd:identificationInfo` in the order of the schema (ISO 19115 §6.3), as much as the element set asks (OGC 07-045 §8.2.2). */
export function writeIdentification(record: MetadataRecord, set: ElementSet): XmlText {
  const content = { full: fullContent, summary: summaryContent, brief: briefContent }[set];
  return xml`<gmd:identificationInfo><gmd:MD_DataIdentification>${content(record)}
    </gmd:MD_DataIdentification></gmd:identificationInfo>`;
}

function briefContent(record: MetadataRecord): XmlValue {
  return [
    writeTitle(record, xml`<gmd:date gco:nilReason="withheld"/>`),
    xml`<gmd:abstract gco:nilReason="withheld"/>`,
    writeQuicklook(record),
    xml`<gmd:language gco:nilReason="withheld"/>`,
    writeExtent(record, GMD_EXTENT, 'brief'),
  ];
}

function summaryContent(record: MetadataRecord): XmlValue {
  return [
    writeTitle(record, [writeDates(record.dates), writeCode(record)]),
    writeAbstract(record),
    writeQuicklook(record),
    writeFormats(record),
    writeRepresentation(record),
    writeExtent(record, GMD_EXTENT, 'summary'),
  ];
}

function fullContent(record: MetadataRecord): XmlValue {
  return [
    writeTitle(record, [writeDates(record.dates), writeCode(record)]),
    writeAbstract(record),
    record.parties.map((party) => writeParty('gmd:pointOfContact', party)),
    writeQuicklook(record),
    writeFormats(record),
    writeKeywords(record),
    writeConstraints(record),
    writeRepresentation(record),
    writeExtent(record, GMD_EXTENT, 'full'),
  ];
}

function writeTitle({ title, alternateTitle }: MetadataRecord, rest: XmlValue): XmlText {
  return xml`<gmd:citation><gmd:CI_Citation>
    ${title === undefined ? xml`<gmd:title gco:nilReason="missing"/>` : textProperty('gmd:title', title)}
    ${textProperty('gmd:alternateTitle', alternateTitle)}${rest}
    </gmd:CI_Citation></gmd:citation>`;
}

function writeCode({ id }: MetadataRecord): XmlText {
  return xml`<gmd:identifier><gmd:MD_Identifier>${textProperty('gmd:code', id)}</gmd:MD_Identifier></gmd:identifier>`;
}

function writeAbstract({ abstract }: MetadataRecord): XmlValue {
  return abstract === undefined ? xml`<gmd:abstract gco:nilReason="missing"/>` : textProperty('gmd:abstract', abstract);
}

function writeQuicklook({ quicklook }: MetadataRecord): XmlValue {
  return (
    quicklook !== undefined &&
    xml`<gmd:graphicOverview><gmd:MD_BrowseGraphic>${textProperty('gmd:fileName', quicklook)}
      ${textProperty('gmd:fileDescription', 'Quick-look')}</gmd:MD_BrowseGraphic></gmd:graphicOverview>`
  );
}

function writeFormats({ formats }: MetadataRecord): XmlValue {
  return formats.map((format) => xml`<gmd:resourceFormat>${writeFormat(format)}</gmd:resourceFormat>`);
}

/** A format by name; none of those in use has a version to speak of. */
export function writeFormat(name: string): XmlText {
  return xml`<gmd:MD_Format>${textProperty('gmd:name', name)}<gmd:version gco:nilReason="unknown"/></gmd:MD_Format>`;
}

/** How the data are represented, how fine, in which language, about what. */
function writeRepresentation(record: MetadataRecord): XmlValue {
  const { properties, language, topics } = record;
  const resolution = properties['resolution'];
  return [
    properties['sensorType'] !== undefined &&
      codeProperty('gmd:spatialRepresentationType', 'gmd:MD_SpatialRepresentationTypeCode', 'grid'),
    typeof resolution === 'number' &&
      xml`<gmd:spatialResolution><gmd:MD_Resolution><gmd:distance><gco:Distance uom="m">${resolution}</gco:Distance>
        </gmd:distance></gmd:MD_Resolution></gmd:spatialResolution>`,
    language === undefined ? xml`<gmd:language gco:nilReason="missing"/>` : languageProperty(language),
    codeProperty('gmd:characterSet', 'gmd:MD_CharacterSetCode', 'utf8'),
    topics.map(
      (topic) =>
        xml`<gmd:topicCategory><gmd:MD_TopicCategoryCode>${topic}</gmd:MD_TopicCategoryCode></gmd:topicCategory>`,
    ),
  ];
}
