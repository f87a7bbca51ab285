import { sectionsOf } from './request-sections.js';
import { parseCoverage10 } from './parse-coverage-10.js';
import { parseCoverage11 } from './parse-coverage-11.js';
import { parseCoverage20 } from './parse-coverage-20.js';
import { parseCoverageSet } from './parse-coverage-set.js';
import type { RequestParameters } from './request-parameters.js';
import { invalidParameter, missingParameter, WcsError } from './wcs-error.js';
import type { WcsRequest } from './wcs-request.js';
import {
  familyOf,
  findWcsVersion,
  negotiateWcs,
  WCS_VERSIONS,
  type WcsFamily,
  type WcsVersion,
} from './wcs-version.js';

/** The version a request's errors are said in, whatever else is wrong with it. */
export function versionToAnswer(given: RequestParameters): WcsVersion {
  const named = [given.get('VERSION') ?? '', ...given.list('ACCEPTVERSIONS')];
  return named.map(findWcsVersion).find((version) => version !== undefined) ?? '2.0.1';
}

/** A request of any version (OGC 03-065r6, 07-067r5, 09-110r4, 10-140r2). Throws WcsError. */
export function parseWcsRequest(given: RequestParameters): WcsRequest {
  const service = given.get('SERVICE');
  if (service === undefined) throw missingParameter('service');
  const operation = given.get('REQUEST');
  if (operation === undefined) throw missingParameter('request');
  const isCapabilities = operation.toLowerCase() === 'getcapabilities';
  const version = isCapabilities ? capabilitiesVersion(given) : settledVersion(given.get('VERSION'));
  // 2.0 fixes the spelling (OGC 09-110r4 requirement 11); clients of the older versions never minded.
  if (version === '2.0.1' ? service !== 'WCS' : service.toUpperCase() !== 'WCS') {
    throw invalidParameter('service', `This is the service WCS, not ${service.slice(0, 100)}.`);
  }
  const read = OPERATIONS.get(version === '2.0.1' ? operation : (SPELLING.get(operation.toLowerCase()) ?? operation));
  if (read === undefined) throw unknownOperation(operation, version);
  return read(given, version);
}

function unknownOperation(operation: string, version: WcsVersion): WcsError {
  const name = operation.slice(0, 100);
  const message = `There is no operation ${name}.`;
  return familyOf(version) === '2.0'
    ? new WcsError(message, 'OperationNotSupported', name)
    : invalidParameter('request', message);
}

function capabilitiesVersion(given: RequestParameters): WcsVersion {
  const accepted = given.get('ACCEPTVERSIONS');
  if (accepted !== undefined) return negotiateWcs(accepted.split(','));
  const version = given.get('VERSION');
  return version === undefined ? '2.0.1' : olderOrSame(version);
}

/** VERSION of a GetCapabilities is negotiated the old way (OGC 03-065r6 §6.2.4): known, else the best there is. */
function olderOrSame(version: string): WcsVersion {
  return findWcsVersion(version) ?? WCS_VERSIONS.find((known) => known <= version) ?? '1.0.0';
}

function settledVersion(version: string | undefined): WcsVersion {
  if (version === undefined) throw missingParameter('version');
  const found = findWcsVersion(version);
  if (found !== undefined) return found;
  throw invalidParameter(
    'version',
    `Version ${version.slice(0, 50)} is not spoken here: ${WCS_VERSIONS.join(', ')} are.`,
  );
}

type Reader = (given: RequestParameters, version: WcsVersion) => WcsRequest;

const OPERATIONS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['GetCapabilities', readCapabilities],
  ['DescribeCoverage', readDescribe],
  ['GetCoverage', readCoverage],
  ['DescribeEOCoverageSet', parseCoverageSet],
]);

function readCapabilities(given: RequestParameters, version: WcsVersion): WcsRequest {
  const updateSequence = given.get('UPDATESEQUENCE');
  return {
    kind: 'GetCapabilities',
    version,
    sections: sectionsOf(given, familyOf(version)),
    ...(updateSequence === undefined ? {} : { updateSequence }),
  };
}

const SPELLING: ReadonlyMap<string, string> = new Map(
  ['GetCapabilities', 'DescribeCoverage', 'GetCoverage'].map((name) => [name.toLowerCase(), name]),
);

const MOST_DESCRIBED = 100;

function readDescribe(given: RequestParameters, version: WcsVersion): WcsRequest {
  const ids = given.list(...ID_NAMES[familyOf(version)]);
  if (ids.length === 0 && familyOf(version) !== '1.0') throw noIds(given, version);
  if (ids.length > MOST_DESCRIBED) {
    throw invalidParameter('coverageId', `At most ${MOST_DESCRIBED} coverages are described at once.`);
  }
  // GDAL, which knows no type of coverage but the core's, tells itself by a FORMAT that 2.0 has not.
  return { kind: 'DescribeCoverage', version, ids, isCore: given.get('FORMAT') === 'text/xml' };
}

/** Names a version gives the list; 2.0 refuses those of the others (OGC 09-110r4 requirement 18). XML requests have the name of 2.0. */
const ID_NAMES: Readonly<Record<WcsFamily, readonly string[]>> = {
  '1.0': ['COVERAGE', 'COVERAGEID', 'IDENTIFIERS', 'IDENTIFIER'],
  '1.1': ['IDENTIFIERS', 'IDENTIFIER', 'COVERAGEID', 'COVERAGE'],
  '2.0': ['COVERAGEID'],
};

function noIds(given: RequestParameters, version: WcsVersion): WcsError {
  if (version === '2.0.1' && given.has('COVERAGEID')) {
    return new WcsError('The list of coverages is empty.', 'emptyCoverageIdList', 'coverageId');
  }
  return missingParameter(version === '2.0.1' ? 'coverageId' : 'identifiers');
}

function readCoverage(given: RequestParameters, version: WcsVersion): WcsRequest {
  switch (familyOf(version)) {
    case '1.0':
      return parseCoverage10(given, version);
    case '1.1':
      return given.has('COVERAGE') && !given.has('IDENTIFIER')
        ? parseCoverage10(given, version)
        : parseCoverage11(given, version);
    case '2.0':
      return parseCoverage20(given, version);
  }
}
