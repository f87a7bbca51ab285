import { findMapCrs, type MapCrs } from '../wms/map-crs.js';

/** A system coverages are cut and delivered in, or undefined. */
export function findCoverageCrs(text: string): MapCrs | undefined {
  return findMapCrs(text);
}

/** Systems the documents list besides a coverage's own. */
export const OFFERED_CRS: readonly string[] = [
  'EPSG:4326', 'EPSG:3857', 'EPSG:4258', 'EPSG:3035', 'EPSG:3034', 'EPSG:25831', 'EPSG:25832', 'EPSG:25833',
  ...Array.from({ length: 60 }, (_, zone) => [`EPSG:${32601 + zone}`, `EPSG:${32701 + zone}`]).flat(),
]; // prettier-ignore

/** As `http://www.opengis.net/def/crs/EPSG/0/32633` (OGC 07-092r3 form of WCS 2.0). */
export function crsUri(crs: string): string {
  return crs === 'CRS:84'
    ? 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
    : `http://www.opengis.net/def/crs/EPSG/0/${crs.slice(5)}`;
}

/** As `urn:ogc:def:crs:EPSG::32633` (WCS 1.1). */
export function crsUrn(crs: string): string {
  return crs === 'CRS:84' ? 'urn:ogc:def:crs:OGC:1.3:CRS84' : `urn:ogc:def:crs:EPSG::${crs.slice(5)}`;
}

/** Whether the authority's first axis points north. */
export function isNorthFirst(crs: string): boolean {
  return findMapCrs(crs)?.northFirst ?? false;
}

/** Axes of a system in the authority's order: labels, units, and which of x and y each is. */
export interface CrsAxes {
  readonly labels: readonly [string, string];
  readonly unit: string;
  readonly order: readonly ['x' | 'y', 'x' | 'y'];
}

const DEGREES = new Set(['EPSG:4326', 'EPSG:4258', 'CRS:84']);

/** The axes of a system. */
export function axesOf(crs: string): CrsAxes {
  const [x, y, unit] = DEGREES.has(crs) ? (['Long', 'Lat', 'deg'] as const) : (['E', 'N', 'm'] as const);
  return isNorthFirst(crs) ? { labels: [y, x], unit, order: ['y', 'x'] } : { labels: [x, y], unit, order: ['x', 'y'] };
}

const X_LABELS = new Set(['x', 'e', 'i', 'long', 'lon', 'longitude', 'easting']);
const Y_LABELS = new Set(['y', 'n', 'j', 'lat', 'latitude', 'northing']);

/** Which axis a label names, whatever the system; undefined for none. */
export function axisNamed(label: string): 'x' | 'y' | undefined {
  const name = label.toLowerCase().replace(/^http:\/\/www\.opengis\.net\/def\/axis\/ogc\/\d+\//, '');
  return X_LABELS.has(name) ? 'x' : Y_LABELS.has(name) ? 'y' : undefined;
}

/** Two numbers of x and y in the authority's order. */
export function ordered(crs: string, x: number, y: number): string {
  return axesOf(crs).order[0] === 'x' ? `${x} ${y}` : `${y} ${x}`;
}
