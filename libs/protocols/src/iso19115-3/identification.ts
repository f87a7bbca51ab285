import type { ElementSet, MetadataRecord, RecordDates } from '../records/metadata-record.js';
import { observationTerms } from '../records/observation-terms.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { writeFormat } from './distribution.js';
import { GEX_EXTENT, writeExtent } from '../iso19139/extent.js';
import { writeParty } from './party.js';
import { codeProperty, dateProperty, identifierProperty, localeProperty, textProperty } from './property.js';

/** `mdb:identificationInfo` in the order of the schema, as much as the element set asks. */
export function writeIdentification(record: MetadataRecord, set: ElementSet): XmlText {
  const content = set === 'brief' ? briefContent(record) : fullContent(record, set === 'full');
  return xml`<mdb:identificationInfo><mri:MD_DataIdentification>${content}
    </mri:MD_DataIdentification></mdb:identificationInfo>`;
}

function briefContent(record: MetadataRecord): XmlValue {
  return [
    writeCitation(record, undefined),
    xml`<mri:abstract gco:nilReason="withheld"/>`,
    writeExtent(record, GEX_EXTENT, 'brief'),
    writeQuicklook(record),
  ];
}

function fullContent(record: MetadataRecord, full: boolean): XmlValue {
  const { abstract, properties, topics, formats } = record;
  const resolution = properties['resolution'];
  return [
    writeCitation(record, [writeDates(record.dates), identifierProperty('cit:identifier', record.id)]),
    abstract === undefined ? xml`<mri:abstract gco:nilReason="missing"/>` : textProperty('mri:abstract', abstract),
    full && record.parties.map((party) => writeParty('mri:pointOfContact', party)),
    properties['sensorType'] !== undefined &&
      codeProperty('mri:spatialRepresentationType', 'mcc:MD_SpatialRepresentationTypeCode', 'grid'),
    typeof resolution === 'number' &&
      xml`<mri:spatialResolution><mri:MD_Resolution><mri:distance><gco:Distance uom="m">${resolution}</gco:Distance>
        </mri:distance></mri:MD_Resolution></mri:spatialResolution>`,
    topics.map(
      (topic) =>
        xml`<mri:topicCategory><mri:MD_TopicCategoryCode>${topic}</mri:MD_TopicCategoryCode></mri:topicCategory>`,
    ),
    writeExtent(record, GEX_EXTENT, full ? 'full' : 'summary'),
    writeQuicklook(record),
    formats.map((format) => xml`<mri:resourceFormat>${writeFormat(format)}</mri:resourceFormat>`),
    full && [writeKeywords(record), writeConstraints(record)],
    localeProperty('mri:defaultLocale', record.language),
  ];
}

function writeCitation({ title, alternateTitle }: MetadataRecord, rest: XmlValue): XmlText {
  return xml`<mri:citation><cit:CI_Citation>
    ${title === undefined ? xml`<cit:title gco:nilReason="missing"/>` : textProperty('cit:title', title)}
    ${textProperty('cit:alternateTitle', alternateTitle)}${rest}</cit:CI_Citation></mri:citation>`;
}

/** Dates by their roles; one without a role counts as a revision. */
function writeDates({ creation, publication, revision, date }: RecordDates): XmlValue {
  const revised = revision ?? date;
  return [
    creation !== undefined && dateProperty('cit:date', creation, 'creation'),
    publication !== undefined && dateProperty('cit:date', publication, 'publication'),
    revised !== undefined && dateProperty('cit:date', revised, 'revision'),
  ];
}

function writeQuicklook({ quicklook }: MetadataRecord): XmlValue {
  return (
    quicklook !== undefined &&
    xml`<mri:graphicOverview><mcc:MD_BrowseGraphic>${textProperty('mcc:fileName', quicklook)}
      ${textProperty('mcc:fileDescription', 'Quick-look')}</mcc:MD_BrowseGraphic></mri:graphicOverview>`
  );
}

function writeKeywords({ themes, keywords, properties }: MetadataRecord): XmlValue {
  const thesaurus = xml`<mri:thesaurusName><cit:CI_Citation>
    ${textProperty('cit:title', 'GEMET - INSPIRE themes, version 1.0')}${dateProperty('cit:date', '2008-06-01', 'publication')}
    </cit:CI_Citation></mri:thesaurusName>`;
  return [block(themes, thesaurus), block(keywords), block(observationTerms(properties))];
}

function block(keywords: readonly string[], thesaurus?: XmlText): XmlValue {
  if (keywords.length === 0) return undefined;
  return xml`<mri:descriptiveKeywords><mri:MD_Keywords>${keywords.map((keyword) => textProperty('mri:keyword', keyword))}
    ${codeProperty('mri:type', 'mri:MD_KeywordTypeCode', 'theme')}${thesaurus}</mri:MD_Keywords></mri:descriptiveKeywords>`;
}

function writeConstraints({ rights, accessConstraints }: MetadataRecord): XmlValue {
  const legal = (property: string, texts: readonly string[]): XmlValue =>
    texts.length > 0 &&
    xml`<mri:resourceConstraints><mco:MD_LegalConstraints>
      ${codeProperty(property, 'mco:MD_RestrictionCode', 'otherRestrictions')}
      ${texts.map((text) => textProperty('mco:otherConstraints', text))}
      </mco:MD_LegalConstraints></mri:resourceConstraints>`;
  return [legal('mco:useConstraints', rights), legal('mco:accessConstraints', accessConstraints)];
}
