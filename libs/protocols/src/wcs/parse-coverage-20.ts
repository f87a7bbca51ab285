import type { CoverageResampling } from '#domain/ports/coverage-request.js';
import type { AxisScale, CoverageSelection } from './coverage.js';
import { isTimeAxis, readSubset, spatialSubset, type WrittenSubset } from './parse-subset.js';
import { countOf, type RequestParameters } from './request-parameters.js';
import { invalidParameter, WcsError } from './wcs-error.js';
import type { WcsRequest } from './wcs-request.js';
import type { WcsVersion } from './wcs-version.js';

/** GetCoverage of 2.0 with its extensions: range subsetting (12-040), scaling (12-039), CRS (11-053r1), interpolation (12-049). Throws WcsError. */
export function parseCoverage20(given: RequestParameters, version: WcsVersion): WcsRequest {
  given.checkSingle(SINGLE);
  const id = given.need('COVERAGEID', 'coverageId');
  checkFormat(given.get('FORMAT'));
  const mediaType = given.get('MEDIATYPE');
  if (mediaType !== undefined && mediaType !== 'multipart/related') {
    throw invalidParameter('mediaType', 'The media type is multipart/related or left out.');
  }
  return { kind: 'GetCoverage', version, id, selection: selectionOf(given), multipart: mediaType !== undefined };
}

const SCALES = ['SCALEFACTOR', 'SCALEAXES', 'SCALESIZE', 'SCALEEXTENT'] as const;

/** What a request has once at most; of SUBSET there is one for each axis. */
const SINGLE: readonly string[] = [
  'COVERAGEID', 'FORMAT', 'MEDIATYPE', 'RANGESUBSET', 'SUBSETTINGCRS', 'OUTPUTCRS', 'INTERPOLATION', ...SCALES,
]; // prettier-ignore

/** Throws InvalidParameterValue for anything but GeoTIFF. */
export function checkFormat(format: string | undefined): void {
  if (format === undefined || FORMATS.has((format.split(';')[0] ?? '').trim().toLowerCase())) return;
  throw invalidParameter('format', `The format ${format.slice(0, 100)} is not written; image/tiff is.`);
}

const FORMATS = new Set(['image/tiff', 'image/geotiff', 'geotiff', 'gtiff', 'tiff', 'geotiffint16', 'geotiff_float']);

function selectionOf(given: RequestParameters): CoverageSelection {
  const written = given.all('SUBSET').map(readSubset);
  const named = given.get('SUBSETTINGCRS');
  const subsettingCrs = crsOfSubsets(written, named);
  // Where only the system of the subsets is named, it is that of the answer too (OGC 11-053r1 requirement 10).
  const outputCrs = given.get('OUTPUTCRS') ?? named;
  const fields = given.list('RANGESUBSET');
  return {
    subsets: written.map(spatial),
    ...(subsettingCrs === undefined ? {} : { subsettingCrs }),
    ...(outputCrs === undefined ? {} : { outputCrs }),
    scales: scalesOf(given),
    ...(fields.length === 0 ? {} : { fields }),
    resampling: resamplingOf(given.get('INTERPOLATION')),
  };
}

function spatial(subset: WrittenSubset) {
  if (!isTimeAxis(subset.axis)) return spatialSubset(subset);
  throw new WcsError('The coverages have no axis of time.', 'InvalidAxisLabel', subset.axis);
}

function crsOfSubsets(written: readonly WrittenSubset[], named: string | undefined): string | undefined {
  const systems = new Set([...written.flatMap(({ crs }) => (crs === undefined ? [] : [crs])), ...(named === undefined ? [] : [named])]); // prettier-ignore
  if (systems.size > 1) throw invalidParameter('subsettingCrs', 'All subsets have to be in one system.');
  return [...systems][0];
}

const METHODS: ReadonlyMap<string, CoverageResampling> = new Map([
  ['nearest', 'nearest'],
  ['nearest-neighbor', 'nearest'],
  ['nearest neighbor', 'nearest'],
  ['linear', 'bilinear'],
  ['bilinear', 'bilinear'],
  ['cubic', 'cubic'],
  ['bicubic', 'cubic'],
  ['cubic-convolution', 'cubic'],
]);

/** Methods as capabilities name them (OGC 12-049 §6.1). */
export const INTERPOLATIONS: readonly string[] = ['nearest-neighbor', 'linear', 'cubic'].map(
  (name) => `http://www.opengis.net/def/interpolation/OGC/1/${name}`,
);

/** The method asked for, nearest neighbour where none is. Throws InterpolationMethodNotSupported. */
export function resamplingOf(text: string | undefined): CoverageResampling {
  if (text === undefined) return 'nearest';
  const name = text
    .trim()
    .toLowerCase()
    .replace(/^http:\/\/www\.opengis\.net\/def\/interpolation\/ogc\/[\d.]+\//, '');
  const method = METHODS.get(name);
  if (method !== undefined) return method;
  throw new WcsError(`The interpolation ${text.slice(0, 100)} is not known: nearest-neighbor, linear and cubic are.`, 'InterpolationMethodNotSupported', 'interpolation'); // prettier-ignore
}

type Scales = CoverageSelection['scales'];

/** At most one of the four ways to scale (OGC 12-039 requirement 4). */
function scalesOf(given: RequestParameters): Scales {
  const [way, other] = SCALES.filter((name) => given.has(name));
  if (way === undefined) return [];
  if (other !== undefined) throw invalidParameter(other.toLowerCase(), 'A coverage is scaled in one way at a time.');
  const text = given.need(way);
  if (way === 'SCALEFACTOR') return [{ axis: '*', factor: factorOf(text, 'scaleFactor') }];
  return perAxis(text).map(({ axis, values }) => ({ axis, ...axisScale(way, values) }));
}

function axisScale(way: string, [first = '', second]: readonly string[]): AxisScale {
  if (way === 'SCALEAXES') return { factor: factorOf(first, 'scaleAxes') };
  if (way === 'SCALESIZE') return { size: sizeOf(first) };
  if (second === undefined) throw invalidParameter('scaleExtent', 'An extent has a lower and an upper limit.');
  return { size: extentOf(first, second) };
}

function factorOf(text: string, locator: string): number {
  const factor = Number(text);
  if (text.trim() !== '' && Number.isFinite(factor) && factor > 0) return factor;
  throw new WcsError(`The scale ${text.slice(0, 50)} is not a number above nought.`, 'InvalidScaleFactor', locator);
}

function sizeOf(text: string): number {
  try {
    return countOf(text, 'scaleSize');
  } catch {
    throw new WcsError(
      `The size ${text.slice(0, 50)} is not a whole number above nought.`,
      'InvalidScaleFactor',
      'scaleSize',
    );
  }
}

/** Both limits are cells of the grid (OGC 12-039 requirement 15). */
function extentOf(low: string, high: string): number {
  const size = Math.floor(Number(high) - Number(low)) + 1;
  if (Number.isFinite(size) && size > 0) return size;
  throw new WcsError(`The extent ${low.slice(0, 50)}:${high.slice(0, 50)} is empty.`, 'InvalidExtent', 'scaleExtent');
}

/** `i(100),j(200)` and `x(0:99),y(0:199)`. */
function perAxis(text: string): readonly { axis: string; values: readonly string[] }[] {
  const items = text.length > 1000 ? [] : [...text.matchAll(/([^,()]+)\(([^()]*)\)/g)];
  if (items.length === 0)
    throw invalidParameter('scale', `${text.slice(0, 100)} is not of the form axis(value),axis(value).`);
  return items.map(([, axis = '', values = '']) => ({ axis: axis.trim(), values: values.split(/[:,]/) }));
}
