import type { RecordDates, RecordParty } from '../records/metadata-record.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { codeProperty, dateValue, textProperty } from './property.js';

/** A date with its role, as cited resources have one or more. */
export function writeDate(time: string, role: string): XmlText {
  return xml`<gmd:date><gmd:CI_Date><gmd:date>${dateValue(time)}</gmd:date>
    ${codeProperty('gmd:dateType', 'gmd:CI_DateTypeCode', role)}</gmd:CI_Date></gmd:date>`;
}

/** The dates of a resource; where it has none, that there is none, for the schema demands one. One without a role counts as a revision. */
export function writeDates(dates: RecordDates): XmlValue {
  const revision = dates.revision ?? dates.date;
  const known = [
    dates.creation !== undefined && writeDate(dates.creation, 'creation'),
    dates.publication !== undefined && writeDate(dates.publication, 'publication'),
    revision !== undefined && writeDate(revision, 'revision'),
  ];
  return known.some((date) => date !== false) ? known : xml`<gmd:date gco:nilReason="missing"/>`;
}

/** A specification or thesaurus by title and date of publication. */
export function writeCitation(title: XmlText, published: string): XmlText {
  return xml`<gmd:CI_Citation>${title}${writeDate(published, 'publication')}</gmd:CI_Citation>`;
}

/** A responsible party under a property (`gmd:contact`, `gmd:pointOfContact`). */
export function writeParty(property: string, { name, role, email, url }: RecordParty): XmlText {
  const address =
    email !== undefined &&
    xml`<gmd:address><gmd:CI_Address>${textProperty('gmd:electronicMailAddress', email)}</gmd:CI_Address></gmd:address>`;
  const online =
    url !== undefined &&
    xml`<gmd:onlineResource><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>${url}</gmd:URL></gmd:linkage></gmd:CI_OnlineResource></gmd:onlineResource>`;
  const contact =
    (email !== undefined || url !== undefined) &&
    xml`<gmd:contactInfo><gmd:CI_Contact>${address}${online}</gmd:CI_Contact></gmd:contactInfo>`;
  return xml`<${property}><gmd:CI_ResponsibleParty>${textProperty('gmd:organisationName', name)}${contact}
    ${codeProperty('gmd:role', 'gmd:CI_RoleCode', role)}</gmd:CI_ResponsibleParty></${property}>`;
}

/** The point of contact of a record, else whoever is named first; the schema demands one. */
export function writeContact(parties: readonly RecordParty[]): XmlText {
  const contact = parties.find(({ role }) => role === 'pointOfContact') ?? parties[0];
  if (contact === undefined) return xml`<gmd:contact gco:nilReason="missing"/>`;
  return writeParty('gmd:contact', { ...contact, role: 'pointOfContact' });
}
