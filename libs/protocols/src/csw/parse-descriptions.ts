import { invalidValue } from './csw-error.js';
import type { CswVersion } from './csw-version.js';
import { TYPE_NAMES, XML_FORMATS } from './output-schemas.js';

const SECTIONS = [
  'ServiceIdentification',
  'ServiceProvider',
  'OperationsMetadata',
  'Filter_Capabilities',
  'Languages',
  'All',
];
const SCHEMA_LANGUAGES = new Set(['http://www.w3.org/XML/Schema', 'http://www.w3.org/2001/XMLSchema', 'http://www.w3.org/TR/xmlschema-1/', 'XMLSCHEMA']); // prettier-ignore

/** Sections of the capabilities by name, unknown ones left out; `All` is every one. */
export function parseSections(names: readonly string[]): readonly string[] | undefined {
  const known = names.flatMap((name) => SECTIONS.filter((section) => section.toLowerCase() === name.toLowerCase()));
  return known.includes('All') ? undefined : known;
}

/** The first format accepted that the capabilities are written in; 2.0.2 falls back to XML (OGC 05-008 §7.3.5), 3.0 refuses (OGC 12-176r7 req. 42). */
export function capabilitiesFormat(version: CswVersion, accepted: readonly string[]): string {
  const formats = accepted.map((format) => format.replaceAll(' ', '+'));
  const found = formats.find((format) => XML_FORMATS.has(format));
  if (found !== undefined || formats.length === 0 || version === '2.0.2') return found ?? 'application/xml';
  throw invalidValue('acceptFormats', 'The capabilities are written in application/xml and text/xml.');
}

/** What DescribeRecord is asked for. Type names have to be qualified; unknown ones are described by nothing. Throws InvalidParameterValue. */
export function describedTypes(
  names: readonly string[],
  asked: { readonly outputFormat?: string | undefined; readonly schemaLanguage?: string | undefined },
): { readonly typeNames: readonly string[]; readonly mediaType: string } {
  const { outputFormat = 'application/xml', schemaLanguage } = asked;
  if (!XML_FORMATS.has(outputFormat.toLowerCase()))
    throw invalidValue('outputFormat', 'Schemas are described in application/xml.');
  if (schemaLanguage !== undefined && !SCHEMA_LANGUAGES.has(schemaLanguage)) {
    throw invalidValue('schemaLanguage', 'Schemas are described in the language http://www.w3.org/XML/Schema.');
  }
  const typeNames = names.map((name) => {
    if (!name.includes(':'))
      throw invalidValue('typeName', `The type name ${name.slice(0, 100)} is not qualified: csw:Record is.`);
    return TYPE_NAMES.get(name.slice(name.lastIndexOf(':') + 1)) ?? name;
  });
  return { typeNames, mediaType: outputFormat.toLowerCase() };
}
