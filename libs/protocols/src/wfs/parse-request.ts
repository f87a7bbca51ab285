import type { Kvp } from '../ows/kvp.js';
import { localName } from './feature-type.js';
import type { GeographicBounds } from './geographic-filter.js';
import { listOf, parseGetFeature, type GivenFeatures } from './parse-get-feature.js';
import { invalidParameter, missingParameter, WfsError } from './wfs-error.js';
import type { WfsRequest } from './wfs-request.js';
import { findWfsVersion, negotiateWfs, WFS_VERSIONS, type WfsVersion } from './wfs-version.js';

/** A request before its version is settled: parameters, and the filter of a request in XML. */
export type GivenRequest = Pick<GivenFeatures, 'kvp' | 'filter'>;

/** The version a request's errors are said in, whatever else is wrong with it. */
export function versionToAnswer(kvp: Kvp): WfsVersion {
  const named = [kvp.get('VERSION') ?? '', ...listOf(kvp.get('ACCEPTVERSIONS'))];
  return named.map(findWfsVersion).find((version) => version !== undefined) ?? '2.0.0';
}

/** A request of either version. Throws WfsError, and InvalidError for filters and XML. */
export function parseWfsRequest(given: GivenRequest, boundsOf: GeographicBounds): WfsRequest {
  const { kvp } = given;
  const service = kvp.get('SERVICE');
  if (service !== undefined && service.toUpperCase() !== 'WFS') {
    throw invalidParameter('service', `This is the service WFS, not ${service.slice(0, 100)}.`);
  }
  const operation = kvp.get('REQUEST');
  if (operation === undefined) throw missingParameter('request');
  if (operation.toLowerCase() === 'getcapabilities') return readCapabilities(kvp);
  const version = settled(kvp.get('VERSION'));
  switch (operation.toLowerCase()) {
    case 'describefeaturetype':
      return { kind: 'DescribeFeatureType', version, typeNames: typeNamesOf(kvp) };
    case 'liststoredqueries':
      return { kind: 'ListStoredQueries', version };
    case 'describestoredqueries':
      return { kind: 'DescribeStoredQueries', version, ids: listOf(kvp.get('STOREDQUERY_ID')) };
    case 'getfeature':
      return parseGetFeature({ ...given, version }, boundsOf);
    default:
      throw notDone(operation);
  }
}

const KNOWN = new Set(
  'getpropertyvalue getfeaturewithlock lockfeature transaction getgmlobject createstoredquery dropstoredquery'.split(
    ' ',
  ),
);

function notDone(operation: string): WfsError {
  const name = operation.slice(0, 100);
  return KNOWN.has(name.toLowerCase())
    ? new WfsError(`${name} is not done here.`, 'OperationNotSupported', name)
    : invalidParameter('request', `There is no operation ${name}.`);
}

function readCapabilities(kvp: Kvp): WfsRequest {
  const accepted = kvp.get('ACCEPTVERSIONS');
  const version = accepted === undefined ? offered(kvp.get('VERSION')) : negotiateWfs(accepted.split(','));
  const sections = listOf(kvp.get('SECTIONS'));
  const isAll = sections.length === 0 || sections.some((name) => name.toLowerCase() === 'all');
  return { kind: 'GetCapabilities', version, ...(isAll ? {} : { sections }) };
}

/** VERSION of a GetCapabilities the old way (OGC 04-094 §6.2.4): known, else the nearest that is not newer, else the oldest. */
function offered(version: string | undefined): WfsVersion {
  if (version === undefined) return '2.0.0';
  return findWfsVersion(version) ?? (version.trim() >= '2' ? '2.0.0' : '1.1.0');
}

function settled(version: string | undefined): WfsVersion {
  if (version === undefined) return '2.0.0';
  const found = findWfsVersion(version);
  if (found !== undefined) return found;
  const spoken = Object.keys(WFS_VERSIONS).join(' and ');
  throw invalidParameter('version', `Version ${version.slice(0, 50)} is not spoken here: ${spoken} are.`);
}

function typeNamesOf(kvp: Kvp): readonly string[] {
  return listOf(kvp.get('TYPENAMES') ?? kvp.get('TYPENAME')).map(localName);
}
