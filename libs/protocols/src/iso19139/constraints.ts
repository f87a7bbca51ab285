import type { MetadataRecord } from '../records/metadata-record.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { anchorProperty, codeProperty, textProperty } from './property.js';

const NO_LIMITATIONS = 'http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/noLimitations';

/** Conditions of use and limitations on public access, each in legal constraints of its own (INSPIRE TG 2.0, requirements C.17 and C.18). */
export function writeConstraints({ rights, accessConstraints }: MetadataRecord): XmlValue {
  return [
    rights.length > 0 &&
      block(
        'gmd:useConstraints',
        rights.map((text) => textProperty('gmd:otherConstraints', text)),
      ),
    accessConstraints.length > 0 && block('gmd:accessConstraints', accessConstraints.map(writeLimitation)),
  ];
}

function block(property: string, constraints: readonly XmlValue[]): XmlText {
  return xml`<gmd:resourceConstraints><gmd:MD_LegalConstraints>
    ${codeProperty(property, 'gmd:MD_RestrictionCode', 'otherRestrictions')}${constraints}
    </gmd:MD_LegalConstraints></gmd:resourceConstraints>`;
}

function writeLimitation(text: string): XmlValue {
  return /^no limitations/i.test(text)
    ? anchorProperty('gmd:otherConstraints', text, NO_LIMITATIONS)
    : textProperty('gmd:otherConstraints', text);
}
