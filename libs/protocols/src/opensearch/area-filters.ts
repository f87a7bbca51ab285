import type { Filter, SpatialRelation } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import { parseBboxText } from '../geojson/parse-bbox.js';
import { parseWkt } from '../wkt/parse-wkt.js';

/** The relations of a footprint to the area asked for that `geo:relation` takes; `within` is ours. */
export const AREA_RELATIONS = [
  'intersects',
  'contains',
  'disjoint',
  'within',
] as const satisfies readonly SpatialRelation[];

/**
 * The spatial conditions of a search (OGC 10-032r8 §9.2): `bbox`, `geometry` (WKT), both by `relation`, and `lat`/`lon` with or without `radius` in
 * metres. Throws InvalidError.
 */
export function areaFilters(given: ReadonlyMap<string, string>): readonly Filter[] {
  const bbox = given.get('bbox');
  const wkt = given.get('geometry');
  const boxes = bbox === undefined ? [] : [boundingBoxArea(parseBboxText(bbox))];
  const geometries = wkt === undefined ? [] : [parseWkt(wkt).geometry];
  const relation = relationOf(given.get('relation'));
  return [
    ...[...boxes, ...geometries].map((geometry): Filter => ({ op: 'spatial', relation, geometry })),
    ...aroundPoint(given),
  ];
}

function relationOf(text: string | undefined): SpatialRelation {
  if (text === undefined) return 'intersects';
  const relation = AREA_RELATIONS.find((known) => known === text.trim().toLowerCase());
  if (relation !== undefined) return relation;
  throw new InvalidError(`relation: "${text}" is none of ${AREA_RELATIONS.join(', ')}`, { subject: 'relation' });
}

function aroundPoint(given: ReadonlyMap<string, string>): readonly Filter[] {
  const latitude = numberOf(given, 'lat', 90);
  const longitude = numberOf(given, 'lon', 180);
  if (latitude === undefined && longitude === undefined) return [];
  if (latitude === undefined || longitude === undefined) {
    throw new InvalidError('lat and lon belong together', { subject: latitude === undefined ? 'lat' : 'lon' });
  }
  const geometry = { type: 'Point', coordinates: [longitude, latitude] } as const;
  const distance = numberOf(given, 'radius', 20_040_000);
  if (distance === undefined) return [{ op: 'spatial', relation: 'intersects', geometry }];
  if (distance < 0) throw new InvalidError('radius is less than 0', { subject: 'radius' });
  return [{ op: 'distance', geometry, distance }];
}

function numberOf(given: ReadonlyMap<string, string>, name: string, most: number): number | undefined {
  const text = given.get(name)?.trim();
  if (text === undefined) return undefined;
  const number = text === '' ? Number.NaN : Number(text);
  if (Math.abs(number) <= most) return number;
  throw new InvalidError(`${name}: "${text}" is not a number up to ${most}`, { subject: name });
}
