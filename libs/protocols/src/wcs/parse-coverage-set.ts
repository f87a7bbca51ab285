import { axisNamed } from './coverage-crs.js';
import { isTimeAxis, readSubset, spatialSubset, temporalSubset } from './parse-subset.js';
import { sectionsOf } from './request-sections.js';
import { countOf, type RequestParameters } from './request-parameters.js';
import { invalidParameter, missingParameter, WcsError } from './wcs-error.js';
import type { CoverageSetArea, WcsRequest } from './wcs-request.js';
import { familyOf, type WcsVersion } from './wcs-version.js';

const MOST_IDS = 100;

/** DescribeEOCoverageSet (OGC 10-140r2 §8.3). Throws WcsError. */
export function parseCoverageSet(given: RequestParameters, version: WcsVersion): WcsRequest {
  if (familyOf(version) !== '2.0')
    throw new WcsError('The operation belongs to 2.0.1.', 'OperationNotSupported', 'request');
  const ids = given.list('EOID');
  if (ids.length === 0) {
    throw given.has('EOID') ? new WcsError('The list is empty.', 'emptyEoIdList', 'eoId') : missingParameter('eoId');
  }
  if (ids.length > MOST_IDS) throw invalidParameter('eoId', `At most ${MOST_IDS} are described at once.`);
  const count = given.get('COUNT');
  return {
    kind: 'DescribeEOCoverageSet',
    version,
    ids,
    area: areaOf(given),
    sections: sectionsOf(given, 'set'),
    ...(count === undefined ? {} : { count: countOf(count, 'count', 0) }),
  };
}

function areaOf(given: RequestParameters): CoverageSetArea {
  const containment = given.get('CONTAINMENT')?.toLowerCase() ?? 'overlaps';
  if (containment !== 'overlaps' && containment !== 'contains') {
    throw invalidParameter('containment', 'The containment is overlaps or contains.');
  }
  let area: CoverageSetArea = { containment };
  const seen = new Set<string>();
  for (const written of given.all('SUBSET').map(readSubset)) {
    const axis = isTimeAxis(written.axis) ? 'time' : axisNamed(written.axis);
    if (axis === undefined || seen.has(axis)) {
      throw new WcsError(`The axis ${written.axis.slice(0, 100)} is not Lat, Long or phenomenonTime, or is cut twice.`, 'InvalidAxisLabel', written.axis.slice(0, 100)); // prettier-ignore
    }
    seen.add(axis);
    area = { ...area, ...(axis === 'time' ? temporalSubset(written) : sides(axis, spatialSubset(written))) };
  }
  return area;
}

function sides(
  axis: 'x' | 'y',
  { axis: label, low, high, point }: ReturnType<typeof spatialSubset>,
): Partial<CoverageSetArea> {
  if (point !== undefined) throw new WcsError('A coverage set is trimmed, not sliced.', 'InvalidSubsetting', label);
  if (low !== undefined && high !== undefined && low > high) {
    throw new WcsError(`The lower limit ${low} is above the upper one, ${high}.`, 'InvalidSubsetting', label);
  }
  const [first, last] = axis === 'x' ? (['west', 'east'] as const) : (['south', 'north'] as const);
  return { ...(low === undefined ? {} : { [first]: low }), ...(high === undefined ? {} : { [last]: high }) };
}
