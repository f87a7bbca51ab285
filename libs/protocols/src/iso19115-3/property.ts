import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';

const CODE_LISTS = 'http://standards.iso.org/iso/19115/resources/Codelists/cat/codelists.xml';

/** A property of text (ISO/TS 19115-3); nothing where there is no value. */
export function textProperty(name: string, value: string | number | undefined): XmlValue {
  return value !== undefined && xml`<${name}><gco:CharacterString>${value}</gco:CharacterString></${name}>`;
}

/** A property of a code list: `codeProperty('cit:role', 'cit:CI_RoleCode', 'owner')`. */
export function codeProperty(name: string, type: string, value: string): XmlText {
  const list = `${CODE_LISTS}#${type.slice(type.indexOf(':') + 1)}`;
  return xml`<${name}><${type} codeList="${list}" codeListValue="${value}">${value}</${type}></${name}>`;
}

/** An identifier by its code under a property. */
export function identifierProperty(name: string, code: string): XmlText {
  return xml`<${name}><mcc:MD_Identifier>${textProperty('mcc:code', code)}</mcc:MD_Identifier></${name}>`;
}

/** A date with its role under a property (`cit:date`, `mdb:dateInfo`); dates of years and months are `gco:Date`. */
export function dateProperty(name: string, time: string, role: string): XmlText {
  const value = time.includes('T') ? xml`<gco:DateTime>${time}</gco:DateTime>` : xml`<gco:Date>${time}</gco:Date>`;
  return xml`<${name}><cit:CI_Date><cit:date>${value}</cit:date>
    ${codeProperty('cit:dateType', 'cit:CI_DateTypeCode', role)}</cit:CI_Date></${name}>`;
}

/** The language of text and its encoding under a property (`mdb:defaultLocale`, `mri:defaultLocale`). */
export function localeProperty(name: string, language: string | undefined): XmlValue {
  return (
    language !== undefined &&
    xml`<${name}><lan:PT_Locale><lan:language>
      <lan:LanguageCode codeList="http://www.loc.gov/standards/iso639-2/" codeListValue="${language}">${language}</lan:LanguageCode>
      </lan:language>${codeProperty('lan:characterEncoding', 'lan:MD_CharacterSetCode', 'utf8')}</lan:PT_Locale></${name}>`
  );
}
