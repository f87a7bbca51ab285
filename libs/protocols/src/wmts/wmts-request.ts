import type { Kvp } from '../ows/kvp.js';
import { compareUpdateSequence } from '../ows/update-sequence.js';
import { WmtsError } from './wmts-error.js';

/** Operations of WMTS 1.0.0. */
export type WmtsOperation = 'GetCapabilities' | 'GetTile' | 'GetFeatureInfo';

const OPERATIONS: ReadonlyMap<string, WmtsOperation> = new Map([
  ['getcapabilities', 'GetCapabilities'],
  ['gettile', 'GetTile'],
  ['getfeatureinfo', 'GetFeatureInfo'],
]);

/** Sections of the capabilities (§7.1.1.1), in their order. */
export const SECTIONS = [
  'ServiceIdentification',
  'ServiceProvider',
  'OperationsMetadata',
  'Contents',
  'Themes',
] as const;

/** A name of {@link SECTIONS}. */
export type Section = (typeof SECTIONS)[number];

/** Media types of the capabilities, the one first that who accepts none of them gets (§7.1.1.1). */
export const CAPABILITIES_FORMATS: readonly string[] = ['application/xml', 'text/xml'];

/** A GetCapabilities: what is wanted of the document, and what the client has of it. */
export interface CapabilitiesRequest {
  readonly sections: ReadonlySet<Section>;
  readonly updateSequence?: string;
  /** One of {@link CAPABILITIES_FORMATS}, where the client says what it accepts. */
  readonly format?: string;
}

/** Which operation a request is of; SERVICE and REQUEST are mandatory. Throws WmtsError. */
export function parseWmtsOperation(kvp: Kvp): WmtsOperation {
  const request = mandatory(kvp, 'request');
  if (mandatory(kvp, 'service').toUpperCase() !== 'WMTS') {
    throw new WmtsError('This is a WMTS: SERVICE must be WMTS.', 'InvalidParameterValue', 'service');
  }
  const operation = OPERATIONS.get(request.toLowerCase());
  if (operation) return operation;
  throw new WmtsError(
    'REQUEST must be GetCapabilities, GetTile or GetFeatureInfo.',
    'InvalidParameterValue',
    'request',
  );
}

/** Reads GetCapabilities (§7.1.1). Throws WmtsError. */
export function parseGetCapabilities(kvp: Kvp): CapabilitiesRequest {
  const versions = kvp.get('ACCEPTVERSIONS');
  if (versions !== undefined && !list(versions).includes('1.0.0')) {
    throw new WmtsError('Only version 1.0.0 is served.', 'VersionNegotiationFailed');
  }
  const updateSequence = kvp.get('UPDATESEQUENCE');
  const accepted = kvp.get('ACCEPTFORMATS');
  return {
    sections: parseSections(kvp.get('SECTIONS')),
    ...(updateSequence !== undefined && { updateSequence }),
    ...(accepted !== undefined && { format: formatOf(list(accepted)) }),
  };
}

function formatOf(accepted: readonly string[]): string {
  return accepted.find((type) => CAPABILITIES_FORMATS.includes(type)) ?? CAPABILITIES_FORMATS[0]!;
}

function parseSections(text: string | undefined): ReadonlySet<Section> {
  const names = list(text ?? 'All').map((name) => name.toLowerCase());
  if (names.includes('all')) return new Set(SECTIONS);
  const known = names.map((name) => SECTIONS.find((section) => section.toLowerCase() === name));
  if (known.every((section) => section !== undefined)) return new Set(known);
  throw new WmtsError(`SECTIONS may list All, ${SECTIONS.join(', ')}.`, 'InvalidParameterValue', 'sections');
}

/** Whether the client has the newest document (§7.1.1.1, table 6). Throws WmtsError for a sequence there has not been yet. */
export function isCurrent(asked: string | undefined, sequence: string): boolean {
  const standing = compareUpdateSequence(asked, sequence);
  if (standing !== 'newer') return standing === 'current';
  throw new WmtsError('There is no such updateSequence yet.', 'InvalidUpdateSequence');
}

/** The value of a parameter that must be there. Throws WmtsError with the name as locator. */
export function mandatory(kvp: Kvp, name: string): string {
  const value = kvp.get(name.toUpperCase());
  if (value !== undefined) return value;
  throw new WmtsError(`The parameter ${name} is missing.`, 'MissingParameterValue', name);
}

function list(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}

/** Refuses an `Accept` that XML is not among (RFC 9110 §12.5.1). Throws WmtsError. */
export function checkAccepted(accept: string | undefined): void {
  const types = list(accept ?? '*/*').map((type) => type.replace(/;.*$/, '').trim().toLowerCase());
  if (types.some((type) => ACCEPTED.test(type))) return;
  throw new WmtsError('The capabilities are text/xml.', 'NotAcceptable', 'Accept');
}

const ACCEPTED = /^$|^\*\/\*$|^(?:text|application)\/(?:\*|xml|[\w.-]+\+xml)$/;
