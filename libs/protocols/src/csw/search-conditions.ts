import type { Filter } from '#domain/catalog/catalog-query.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import { DomainError } from '#domain/errors.js';
import { parseBbox } from '../geojson/parse-bbox.js';
import { isLatitudeFirst } from '../gml/coordinate-order.js';
import type { Kvp } from '../ows/kvp.js';
import { areaFilters } from '../opensearch/area-filters.js';
import { invalidValue } from './csw-error.js';
import { findCswQueryable } from './csw-queryables.js';
import { EO_QUERYABLES } from './eo-queryables.js';
import { listOf } from './parse-common-parameters.js';

/** Conditions of CSW 3.0's KVP beside the constraint (OGC 12-176r7 table 6, OpenSearch Geo, Time and EO): all have to hold. Throws CswError. */
export function searchConditions(kvp: Kvp): readonly Filter[] {
  return [...textOf(kvp), ...idsOf(kvp), ...boxOf(kvp), ...areaOf(kvp), ...timeOf(kvp), ...observationOf(kvp)];
}

function textOf(kvp: Kvp): readonly Filter[] {
  const words = (kvp.get('Q') ?? '').trim();
  if (words === '') return [];
  return words.split(/\s+/).map((value) => ({ op: 'eq', property: 'csw:AnyText', value }) as const);
}

function idsOf(kvp: Kvp): readonly Filter[] {
  const values = [...listOf(kvp.get('RECORDIDS')), ...listOf(kvp.get('UID'))];
  return values.length === 0 ? [] : [{ op: 'in', property: 'dc:identifier', values }];
}

/** Longitude first, unless a CRS says otherwise. */
function boxOf(kvp: Kvp): readonly Filter[] {
  const text = kvp.get('BBOX');
  if (text === undefined) return [];
  const parts = text.split(',').map((part) => part.trim());
  return said('bbox', () => {
    const numbers = parts.slice(0, 4).map((part) => (part === '' ? Number.NaN : Number(part)));
    const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = numbers;
    const ordered = isLatitudeFirst(parts.slice(4).join(',')) ? [b, a, d, c] : [a, b, c, d];
    return [{ op: 'spatial', relation: 'intersects', geometry: boundingBoxArea(parseBbox(ordered)) }];
  });
}

function areaOf(kvp: Kvp): readonly Filter[] {
  const given = new Map(['geometry', 'lat', 'lon', 'radius'].flatMap((name) => {
    const value = kvp.get(name.toUpperCase());
    return value === undefined ? [] : [[name, value] as const];
  })); // prettier-ignore
  return said('geometry', () => areaFilters(given));
}

/** `begin/end` with either open, or one instant; compared with the temporal extent. */
function timeOf(kvp: Kvp): readonly Filter[] {
  const [start = '', end = start] = (kvp.get('TIME') ?? '').split('/').map((part) => part.trim());
  const [from, to] = [kvp.get('START') ?? start, kvp.get('END') ?? end];
  return [
    ...(from === '' ? [] : [{ op: 'ge', property: 'apiso:TempExtent_end', value: from } as const]),
    ...(to === '' ? [] : [{ op: 'le', property: 'apiso:TempExtent_begin', value: to } as const]),
  ];
}

const RANGE = /^([\][])?\s*([^,\][]*?)\s*(?:,\s*([^,\][]*?)\s*)?([\][])?$/;

/** EO parameters by name, a value or an interval such as `[0,20]`. */
function observationOf(kvp: Kvp): readonly Filter[] {
  return [...EO_QUERYABLES, findCswQueryable('ParentIdentifier')].flatMap(({ name, type }) => {
    const text = kvp.get(name.slice(name.indexOf(':') + 1).toUpperCase());
    if (text === undefined) return [];
    const [, open, lower = '', upper, close] = RANGE.exec(text) ?? [];
    if (type !== 'number' || (open === undefined && close === undefined))
      return [{ op: 'eq', property: name, value: text }];
    return interval(name, [lower, upper], [open === ']', close === '[']);
  });
}

function interval(
  property: string,
  [lower, upper]: readonly [string, string | undefined],
  [above, below]: readonly [boolean, boolean],
): readonly Filter[] {
  return [
    ...(lower === '' ? [] : [{ op: above ? 'gt' : 'ge', property, value: lower } as const]),
    ...(upper === undefined || upper === '' ? [] : [{ op: below ? 'lt' : 'le', property, value: upper } as const]),
  ];
}

/** Says any fault of a value under the parameter's name. */
function said<T>(locator: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof DomainError ? invalidValue(locator, error.message) : error;
  }
}
