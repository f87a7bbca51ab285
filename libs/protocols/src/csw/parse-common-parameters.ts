import type { ElementSet } from '../records/metadata-record.js';
import { isRecordElement } from './common-record.js';
import { CswError, invalidValue, missingValue } from './csw-error.js';
import type { RecordPresentation } from './csw-request.js';
import { CSW_VERSIONS, type CswVersion } from './csw-version.js';
import { ATOM_FORMAT, OUTPUT_SCHEMAS, TYPE_NAMES, XML_FORMATS } from './output-schemas.js';

/** What a request says of how records are to be written, as text. */
export interface PresentationParameters {
  readonly outputFormat?: string | undefined;
  readonly outputSchema?: string | undefined;
  readonly elementSet?: string | undefined;
  readonly elementNames?: readonly string[];
  /** What the client accepts; counts where no format is given, in 3.0. */
  readonly accept?: string | undefined;
}

const ATOM_SCHEMA = 'http://www.w3.org/2005/Atom';

/** Reads the parameters every operation with records has (OGC 07-006r1 §10.8.4, OGC 12-176r7 §7.3.4). Throws CswError. */
export function parsePresentation(version: CswVersion, given: PresentationParameters): RecordPresentation {
  const mediaType = formatOf(version, given);
  const isAtom = mediaType === ATOM_FORMAT;
  const outputSchema = given.outputSchema ?? (isAtom ? ATOM_SCHEMA : CSW_VERSIONS[version].namespace);
  const form = OUTPUT_SCHEMAS.get(outputSchema);
  if (form === undefined)
    throw invalidValue('outputSchema', `The output schema ${outputSchema.slice(0, 200)} is not supported.`);
  return { form: isAtom ? 'atom' : form, outputSchema, mediaType, choice: choiceOf(given) };
}

function formatOf(version: CswVersion, { outputFormat, accept }: PresentationParameters): string {
  if (outputFormat === undefined) {
    const wantsAtom = version === '3.0.0' && (accept ?? '').split(',')[0]?.split(';')[0]?.trim() === ATOM_FORMAT;
    return wantsAtom ? ATOM_FORMAT : 'application/xml';
  }
  const format = outputFormat.replaceAll(' ', '+').split(';')[0]!.trim().toLowerCase();
  if (XML_FORMATS.has(format) || format === ATOM_FORMAT) return format;
  throw invalidValue('outputFormat', `The output format ${outputFormat.slice(0, 200)} is not supported.`);
}

function choiceOf({ elementSet, elementNames = [] }: PresentationParameters): ElementSet | readonly string[] {
  if (elementSet !== undefined && elementNames.length > 0) {
    throw new CswError('ElementSetName and ElementName exclude each other.', 'NoApplicableCode');
  }
  if (elementNames.length > 0) return elementNames.map(parseElementName);
  if (elementSet === undefined) return 'summary';
  const set = elementSet.toLowerCase();
  if (set === 'full' || set === 'summary' || set === 'brief') return set;
  throw invalidValue('ElementSetName', `The element set ${elementSet.slice(0, 200)} is not full, summary or brief.`);
}

/** Prefixes are the client's own: the local name counts. */
function parseElementName(name: string): string {
  const last = name.slice(name.lastIndexOf('/') + 1);
  const local = last.slice(last.lastIndexOf(':') + 1);
  if (isRecordElement(local)) return local;
  throw invalidValue('ElementName', `Records have no element ${name.slice(0, 200)}.`);
}

/** Checks the type names of a query, prefixed or not. Throws MissingParameterValue and InvalidParameterValue. */
export function checkTypeNames(typeNames: readonly string[]): void {
  if (typeNames.length === 0) throw missingValue('typeNames');
  for (const name of typeNames) {
    if (TYPE_NAMES.has(name.slice(name.lastIndexOf(':') + 1))) continue;
    throw invalidValue('typeNames', `The type ${name.slice(0, 200)} cannot be queried.`);
  }
}

/** A whole number of a parameter. Throws InvalidParameterValue. */
export function parseCount(
  locator: string,
  text: string | undefined,
  bounds: { least: number; fallback: number },
): number {
  if (text === undefined) return bounds.fallback;
  const number = /^\+?\d{1,12}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (number >= bounds.least) return number;
  throw invalidValue(locator, `${locator} is a whole number from ${bounds.least}, not "${text.slice(0, 50)}".`);
}

/** The result type of GetRecords; hits where none is given, as both versions have it (3.0: results). */
export function parseResultType(version: CswVersion, text: string | undefined): 'hits' | 'results' | 'validate' {
  if (text === undefined) return version === '2.0.2' ? 'hits' : 'results';
  const type = text.toLowerCase();
  if (type === 'hits' || type === 'results' || type === 'validate') return type;
  throw invalidValue('resultType', `The result type ${text.slice(0, 100)} is not hits, results or validate.`);
}

/** Cuts a list at its commas; empty ones are no values. */
export function listOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}
