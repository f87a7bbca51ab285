import { isNorthFirst } from './coverage-crs.js';
import type { Box, CoverageSelection } from './coverage.js';
import { boxSubsets, crsOf } from './parse-coverage-10.js';
import { checkFormat, resamplingOf } from './parse-coverage-20.js';
import { numberOf, type RequestParameters } from './request-parameters.js';
import { resolveDate } from './subset-time.js';
import { invalidParameter } from './wcs-error.js';
import type { WcsRequest } from './wcs-request.js';
import type { WcsVersion } from './wcs-version.js';

/**
 * GetCoverage of 1.1 (OGC 07-067r5 §10). Limits of the box are middles of the outermost cells where a grid is given with it, as GDAL and QGIS send them.
 * Throws WcsError.
 */
export function parseCoverage11(given: RequestParameters, version: WcsVersion): WcsRequest {
  const id = given.need('IDENTIFIER', 'identifier');
  const format = given.need('FORMAT', 'format');
  checkFormat(format);
  checkStore(given.get('STORE'));
  checkTimes(given.get('TIMESEQUENCE'));
  const box = given.need('BOUNDINGBOX', 'BoundingBox').split(',');
  const crs = box.length > 4 ? crsOf(box.slice(4).join(','), 'BoundingBox') : 'CRS:84';
  const gridBase = given.get('GRIDBASECRS');
  const outputCrs = gridBase === undefined ? undefined : crsOf(gridBase, 'GridBaseCRS');
  const cells = offsetsOf(given.get('GRIDOFFSETS'), outputCrs ?? crs);
  const range = rangeSubset(given.get('RANGESUBSET'));
  const middles = boxOf(box.slice(0, 4), isNorthFirst(crs));
  const bbox = cells === undefined || (outputCrs ?? crs) !== crs ? middles : grown(middles, cells);
  const selection: CoverageSelection = {
    subsets: boxSubsets(bbox),
    subsettingCrs: crs,
    ...(outputCrs === undefined ? {} : { outputCrs }),
    scales: cells === undefined ? [] : [{ axis: 'x', resolution: cells[0] }, { axis: 'y', resolution: cells[1] }],
    ...(range.fields.length === 0 ? {} : { fields: range.fields }),
    resampling: resamplingOf(range.interpolation),
    isExactBox: cells !== undefined,
  }; // prettier-ignore
  return { kind: 'GetCoverage', version, id, selection, multipart: true };
}

/** Nothing is stored for later: whether it should be is a Boolean, and false (OGC 07-067r5 table 36). */
function checkStore(text: string | undefined): void {
  const store = text?.toLowerCase();
  if (store === undefined || store === 'false') return;
  throw invalidParameter(
    'store',
    store === 'true' ? 'Coverages are not stored here; they come with the answer.' : 'store is true or false.',
  );
}

const MOST_TIMES = 100;

/** Moments and periods, a period with both its ends (OGC 07-067r5 table 33). A coverage is of one time, so that none is left out. */
function checkTimes(text: string | undefined): void {
  if (text === undefined) return;
  const items = text.split(',');
  if (items.length > MOST_TIMES) throw invalidParameter('TimeSequence', `At most ${MOST_TIMES} times can be given.`);
  const wrong = items.find((item) => !isTime(item));
  if (wrong === undefined) return;
  throw invalidParameter('TimeSequence', `${wrong.slice(0, 100)} is neither a moment nor a period with two ends.`);
}

function isTime(item: string): boolean {
  const [from = '', to = from, resolution = 'PT0S', ...more] = item.split('/');
  const areDates = resolveDate(from, 'first') !== undefined && resolveDate(to, 'last') !== undefined;
  return areDates && /^P[\d.YMWDTHS]+$/.test(resolution) && more.length === 0;
}

function boxOf(parts: readonly string[], northFirst: boolean): Box {
  const [a = 0, b = 0, c = 0, d = 0] = parts.map((part) => numberOf(part, 'BoundingBox'));
  if (parts.length !== 4 || a > c || b > d) {
    throw invalidParameter('BoundingBox', 'The box has four numbers, lower corner and upper corner, and a system.');
  }
  return northFirst ? [b, a, d, c] : [a, b, c, d];
}

function grown([minX, minY, maxX, maxY]: Box, [x, y]: readonly [number, number]): Box {
  return [minX - x / 2, minY - y / 2, maxX + x / 2, maxY + y / 2];
}

/** Two offsets, or four of a rectified grid; sizes of a cell along x and y. */
function offsetsOf(text: string | undefined, crs: string): readonly [number, number] | undefined {
  if (text === undefined) return undefined;
  const numbers = text.split(',').map((part) => Math.abs(numberOf(part, 'GridOffsets')));
  const [first, second] = alongAxes(numbers, isNorthFirst(crs));
  if (first > 0 && second > 0) return [first, second];
  throw invalidParameter('GridOffsets', 'The offsets are two numbers, or four of an unrotated grid, not nought.');
}

/** Two sizes, or those of two vectors along the axes in their order. */
function inOrder(numbers: readonly number[]): readonly [number, number] {
  if (numbers.length === 2) return [numbers[0]!, numbers[1]!];
  return numbers.length === 4 ? [numbers[0]!, numbers[3]!] : [0, 0];
}

/** Cell sizes along x and y. Four numbers are two vectors in the order of the axes: where that begins with north, columns step along the second. */
function alongAxes(numbers: readonly number[], northFirst: boolean): readonly [number, number] {
  const [a, b = 0, c = 0, d] = numbers;
  if (numbers.length === 4 && a === 0 && d === 0) return [b, c];
  const pair = inOrder(numbers);
  return northFirst ? [pair[1], pair[0]] : pair;
}

/** `Range:linear[Fields[red,green]]`. */
function rangeSubset(text: string | undefined): { fields: readonly string[]; interpolation?: string } {
  if (text === undefined) return { fields: [] };
  const match = /^([^:[\]]+)(?::([^[\]]+))?(?:\[[^[\]]+\[([^[\]]*)\]\])?$/.exec(text.trim().slice(0, 2000));
  if (match === null || match[1] !== RANGE_FIELD) {
    throw invalidParameter('RangeSubset', `The coverages have one field, ${RANGE_FIELD}, with the axis ${RANGE_AXIS}.`);
  }
  const [, , interpolation, keys = ''] = match;
  const fields = keys.split(',').map((key) => key.trim()).filter((key) => key !== ''); // prettier-ignore
  return { fields, ...(interpolation === undefined ? {} : { interpolation }) };
}

/** Names WCS 1.1 needs for what the bands are the keys of. */
export const RANGE_FIELD = 'Range';
export const RANGE_AXIS = 'Fields';
