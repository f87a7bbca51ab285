import { findCoverageCrs, isNorthFirst } from './coverage-crs.js';
import type { Box, CoverageSelection } from './coverage.js';
import { checkFormat, resamplingOf } from './parse-coverage-20.js';
import { countOf, numberOf, type RequestParameters } from './request-parameters.js';
import { invalidParameter, missingParameter } from './wcs-error.js';
import type { WcsRequest } from './wcs-request.js';
import { familyOf, type WcsVersion } from './wcs-version.js';

/** GetCoverage of 1.0.0 (OGC 03-065r6 §9), also with the version 1.1 in front as sentinelhub-py and eo-learn send it. Throws WcsError. */
export function parseCoverage10(given: RequestParameters, version: WcsVersion): WcsRequest {
  const id = given.need('COVERAGE');
  checkFormat(given.get('FORMAT'));
  const crs = crsOf(given.need('CRS'), 'CRS');
  const response = given.get('RESPONSE_CRS');
  const bbox = boxOf(given.need('BBOX', 'BBOX'), familyOf(version) === '1.1' && isNorthFirst(crs));
  const fields = given.list('BANDS', 'RANGESUBSET');
  const selection: CoverageSelection = {
    subsets: boxSubsets(bbox),
    subsettingCrs: crs,
    outputCrs: response === undefined ? crs : crsOf(response, 'RESPONSE_CRS'),
    scales: scalesOf(given),
    ...(fields.length === 0 ? {} : { fields }),
    resampling: resamplingOf(given.get('INTERPOLATION')),
    isExactBox: true,
  };
  return { kind: 'GetCoverage', version, id, selection, multipart: false };
}

/** Both axes of a box as subsets. */
export function boxSubsets([minX, minY, maxX, maxY]: Box): CoverageSelection['subsets'] {
  return [
    { axis: 'x', low: minX, high: maxX },
    { axis: 'y', low: minY, high: maxY },
  ];
}

/** The code of a system. Throws InvalidParameterValue. */
export function crsOf(text: string, locator: string): string {
  const crs = findCoverageCrs(text);
  if (crs === undefined) throw invalidParameter(locator, `The system ${text.slice(0, 100)} is not served.`);
  return crs.code;
}

function boxOf(text: string, northFirst: boolean): Box {
  const numbers = text.split(',').map((part) => numberOf(part, 'BBOX'));
  const [a, b, c, d] = numbers;
  if (numbers.length !== 4 && numbers.length !== 6) {
    throw invalidParameter('BBOX', 'BBOX has four numbers: minx,miny,maxx,maxy.');
  }
  const box: Box = northFirst ? [b!, a!, d!, c!] : [a!, b!, c!, d!];
  if (box[0] >= box[2] || box[1] >= box[3]) throw invalidParameter('BBOX', 'The box has no area.');
  return box;
}

/** WIDTH and HEIGHT, or RESX and RESY (also with the unit, `10m`). */
function scalesOf(given: RequestParameters): CoverageSelection['scales'] {
  const [width, height] = [given.get('WIDTH'), given.get('HEIGHT')];
  if (width !== undefined || height !== undefined) {
    if (width === undefined || height === undefined) throw missingParameter(width === undefined ? 'WIDTH' : 'HEIGHT');
    return [
      { axis: 'x', size: countOf(width, 'WIDTH') },
      { axis: 'y', size: countOf(height, 'HEIGHT') },
    ];
  }
  return [
    { axis: 'x', resolution: resolutionOf(given.need('RESX', 'WIDTH'), 'RESX') },
    { axis: 'y', resolution: resolutionOf(given.need('RESY', 'HEIGHT'), 'RESY') },
  ];
}

function resolutionOf(text: string, locator: string): number {
  const value = numberOf(text.replace(/m$/, ''), locator);
  if (value > 0) return value;
  throw invalidParameter(locator, `The resolution ${text.slice(0, 50)} is not above nought.`);
}
