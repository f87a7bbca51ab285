import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';

/** Where ISO 19139 keeps its code lists. */
const CODE_LISTS = 'http://standards.iso.org/iso/19139/resources/gmxCodelists.xml';

/** A property of text (ISO/TS 19139 §8.5); nothing where there is no value. */
export function textProperty(name: string, value: string | number | undefined): XmlValue {
  return value !== undefined && xml`<${name}><gco:CharacterString>${value}</gco:CharacterString></${name}>`;
}

/** A property of text that stands for what is at an address; INSPIRE reads the address. */
export function anchorProperty(name: string, value: string, href: string): XmlText {
  return xml`<${name}><gmx:Anchor xlink:href="${href}">${value}</gmx:Anchor></${name}>`;
}

/** A property of a code list (ISO/TS 19139 §8.5.5): `codeProperty('gmd:role', 'gmd:CI_RoleCode', 'owner')`. */
export function codeProperty(name: string, type: string, value: string): XmlText {
  const list = `${CODE_LISTS}#${type.slice(type.indexOf(':') + 1)}`;
  return xml`<${name}><${type} codeList="${list}" codeListValue="${value}">${value}</${type}></${name}>`;
}

/** `gmd:language` in ISO 639-2. */
export function languageProperty(language: string): XmlText {
  return xml`<gmd:language><gmd:LanguageCode codeList="http://www.loc.gov/standards/iso639-2/" codeListValue="${language}">
    ${language}</gmd:LanguageCode></gmd:language>`;
}

/** A date as `gco:Date` or `gco:DateTime`, whichever its text is; dates of years and months are `gco:Date` (ISO/TS 19139 §7.4). */
export function dateValue(time: string): XmlText {
  return time.includes('T') ? xml`<gco:DateTime>${time}</gco:DateTime>` : xml`<gco:Date>${time}</gco:Date>`;
}
