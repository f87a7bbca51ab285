import type { RecordParty } from '../records/metadata-record.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { codeProperty, textProperty } from './property.js';

/** A party's responsibility under a property (`mdb:contact`, `mri:pointOfContact`). */
export function writeParty(property: string, { name, role, email, url }: RecordParty): XmlText {
  return xml`<${property}><cit:CI_Responsibility>${codeProperty('cit:role', 'cit:CI_RoleCode', role)}
    <cit:party><cit:CI_Organisation>${textProperty('cit:name', name)}${writeAddress(email, url)}
    </cit:CI_Organisation></cit:party></cit:CI_Responsibility></${property}>`;
}

/** The point of contact of a record, else whoever is named first; the schema demands one. */
export function writeContact(parties: readonly RecordParty[]): XmlText {
  const contact = parties.find(({ role }) => role === 'pointOfContact') ?? parties[0];
  if (contact === undefined) return xml`<mdb:contact gco:nilReason="missing"/>`;
  return writeParty('mdb:contact', { ...contact, role: 'pointOfContact' });
}

function writeAddress(email: string | undefined, url: string | undefined): XmlValue {
  if (email === undefined && url === undefined) return undefined;
  const mail =
    email !== undefined &&
    xml`<cit:address><cit:CI_Address>${textProperty('cit:electronicMailAddress', email)}</cit:CI_Address></cit:address>`;
  const online =
    url !== undefined &&
    xml`<cit:onlineResource><cit:CI_OnlineResource>${textProperty('cit:linkage', url)}</cit:CI_OnlineResource></cit:onlineResource>`;
  return xml`<cit:contactInfo><cit:CI_Contact>${mail}${online}</cit:CI_Contact></cit:contactInfo>`;
}
