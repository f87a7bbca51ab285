import type { Kvp } from '../ows/kvp.js';
import { parseKvp } from '../ows/kvp.js';
import { CswError, invalidValue, missingValue } from './csw-error.js';
import { isCswVersion, type CswVersion } from './csw-version.js';

/** A request in key-value pairs with what has been settled of it. */
export interface CswKvp {
  readonly kvp: Kvp;
  readonly version: CswVersion;
  readonly operation: string;
  /** Names that are there, with or without a value. */
  readonly present: ReadonlySet<string>;
}

/** Version of answers to requests that name none, or none that is known. */
const DEFAULT_VERSION: CswVersion = '3.0.0';

/** The version a request's errors are said in, whatever else is wrong with it. */
export function versionOfQuery(query: string): CswVersion {
  const kvp = parseKvp(query);
  const named = [...(kvp.get('ACCEPTVERSIONS') ?? '').split(','), kvp.get('VERSION') ?? ''].map((text) => text.trim());
  return named.find(isCswVersion) ?? DEFAULT_VERSION;
}

/** Settles service, operation and version of a query (OGC 06-121r9 §7.3.2, §11.5.2). Throws MissingParameterValue, InvalidParameterValue, VersionNegotiationFailed. */
export function openKvp(query: string): CswKvp {
  const kvp = parseKvp(query);
  const present = new Set([...new URLSearchParams(query).keys()].map((name) => name.trim().toUpperCase()));
  const service = kvp.get('SERVICE');
  if (service === undefined) throw missingValue('service');
  if (service.toUpperCase() !== 'CSW')
    throw invalidValue('service', `This is the service CSW, not ${service.slice(0, 100)}.`);
  const operation = kvp.get('REQUEST');
  if (operation === undefined) throw missingValue('request');
  const version = operation.toLowerCase() === 'getcapabilities' ? negotiate(kvp) : settled(kvp.get('VERSION'));
  return { kvp, version, operation, present };
}

function negotiate(kvp: Kvp): CswVersion {
  const accepted = kvp.get('ACCEPTVERSIONS');
  const version = kvp.get('VERSION');
  if (accepted === undefined) return version === undefined ? DEFAULT_VERSION : settled(version);
  return negotiateVersion(accepted.split(','));
}

/** The first version of a list that is spoken. Throws VersionNegotiationFailed. */
export function negotiateVersion(accepted: readonly string[]): CswVersion {
  const found = accepted.map((text) => text.trim()).find(isCswVersion);
  if (found !== undefined) return found;
  throw new CswError(
    'None of the versions asked for is spoken here: 2.0.2 and 3.0.0 are.',
    'VersionNegotiationFailed',
    'acceptVersions',
  );
}

function settled(version: string | undefined): CswVersion {
  if (version === undefined) return DEFAULT_VERSION;
  if (isCswVersion(version)) return version;
  throw invalidValue('version', `Version ${version.slice(0, 50)} is not spoken here: 2.0.2 and 3.0.0 are.`);
}
