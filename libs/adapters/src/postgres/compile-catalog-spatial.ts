import { InvalidError } from '#domain/errors.js';
import type { SpatialRelation } from '#domain/catalog/catalog-query.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import { checkGeometry } from '#domain/geometry/check-geometry.js';
import type { BoundingBox, Geometry, Position } from '#domain/geometry/geometry.js';
import { staysWithinWorld, unwrapGeometry } from '#domain/geometry/unwrap-geometry.js';
import type { FilterContext } from './filter-context.js';
import { geometryBytes } from './geometry-bytes.js';

const SUBJECT = 'geometry';
const MAX_POSITIONS = 20_000;
/** Half the circumference of the Earth, metres: farther away nothing is. */
const FARTHEST = 20_040_000;
const METRES_PER_DEGREE = 110_574;

/** PostGIS's function of each relation. */
export const SPATIAL_FUNCTIONS: Readonly<Record<SpatialRelation, string>> = {
  intersects: 'st_intersects',
  disjoint: 'st_disjoint',
  within: 'st_within',
  contains: 'st_contains',
  overlaps: 'st_overlaps',
  touches: 'st_touches',
  crosses: 'st_crosses',
  equals: 'st_equals',
};

/**
 * Relation of the footprint to a geometry: the index by bounding box, then exactly. Geometries across the antimeridian or around a pole are cut as
 * footprints are. Throws InvalidError for a malformed or too large geometry.
 */
export function compileSpatial(relation: SpatialRelation, geometry: Geometry, context: FilterContext): string {
  if (geometry.type === 'GeometryCollection') return compileCollection(relation, geometry.geometries, context);
  // PostGIS adds the index condition itself; written out as well, the planner would count its selectivity twice.
  const place = compilePlace(geometry, context);
  const test = `${SPATIAL_FUNCTIONS[relation]}(p.footprint, ${place})`;
  if (context.placesByProduct !== true) return test;
  // Most boxes lie apart, which is seen without a look at thousands of positions.
  return `case when p.footprint && ${place} then ${test} when p.footprint is not null then ${relation === 'disjoint'} end`;
}

/** Footprints within a distance in metres on the spheroid; boxes around the geometry let the index find candidates. Throws InvalidError as `compileSpatial`, and for a distance no place on Earth has. */
export function compileDistance(geometry: Geometry, distance: number, context: FilterContext): string {
  if (!(distance >= 0 && distance <= FARTHEST)) {
    throw new InvalidError(`A distance is 0 to ${FARTHEST} metres.`, { subject: 'distance' });
  }
  const place = compilePlace(geometry, context);
  const near = boundingBoxArea(boxAround(geometry, distance));
  const metres = context.parameters.add(distance, 'double precision');
  // Edges are straight in longitude and latitude; on the spheroid they would be great circles, and one around the world nothing.
  const onSpheroid = (sql: string) => `st_segmentize(${sql}, 2)::geography`;
  const exact = `(st_intersects(p.footprint, ${place}) or st_dwithin(${onSpheroid('p.footprint')}, ${onSpheroid(place)}, ${metres}))`;
  return `p.footprint && ${placed(near, context)} and ${exact}`;
}

/** The relations GEOS has for collections are those of any member. */
function compileCollection(relation: SpatialRelation, members: readonly Geometry[], context: FilterContext): string {
  if (relation !== 'intersects' && relation !== 'disjoint') {
    throw new InvalidError(`A GeometryCollection can be tested for intersects and disjoint only, not ${relation}.`, {
      subject: SUBJECT,
    });
  }
  checkGeometry({ type: 'GeometryCollection', geometries: members }, GEOMETRY_LIMITS);
  const any = members.map((member) => `(${compileSpatial('intersects', member, context)})`).join(' or ');
  return relation === 'intersects' ? any : `not (${any})`;
}

/** What a geometry to search by may have. */
export const GEOMETRY_LIMITS = { subject: SUBJECT, maxPositions: MAX_POSITIONS, maxLongitude: 540 };

/** A geometry as SQL, cut as footprints are. Throws InvalidError for a malformed or too large one. */
export function compilePlace(geometry: Geometry, context: FilterContext): string {
  checkGeometry(geometry, GEOMETRY_LIMITS);
  const unwrapped = unwrapGeometry(geometry);
  if (needsValidation(unwrapped)) context.geometries.push(unwrapped);
  const sql = placed(unwrapped, context);
  return staysWithinWorld(unwrapped) ? sql : cutSql(sql);
}

/** Unwrapped longitudes reach ±900: two turns to each side. */
function cutSql(sql: string): string {
  const east = `st_wrapx(st_wrapx(${sql}, 540, -720), 180, -360)`;
  return `st_wrapx(st_wrapx(${east}, -540, 720), -180, 360)`;
}

function placed(geometry: Geometry, { parameters }: FilterContext): string {
  return `${parameters.add(geometryBytes(geometry), 'bytea')}::geometry`;
}

/** Points, lines and boxes cannot intersect themselves. */
function needsValidation(geometry: Geometry): boolean {
  if (geometry.type === 'MultiPolygon') return true;
  if (geometry.type !== 'Polygon') return false;
  const [ring = [], ...holes] = geometry.coordinates;
  return holes.length > 0 || ring.length !== 5 || !isBox(ring);
}

function isBox(ring: readonly Position[]): boolean {
  const [a, b, c, d] = ring;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return false;
  return (isFlatThenSteep([a, b, c, d]) || isFlatThenSteep([b, c, d, a])) && a[0] !== c[0] && a[1] !== c[1];
}

function isFlatThenSteep([a, b, c, d]: readonly [Position, Position, Position, Position]): boolean {
  return a[1] === b[1] && b[0] === c[0] && c[1] === d[1] && d[0] === a[0];
}

/** A box that holds everything within the distance, somewhat too large. */
function boxAround(geometry: Geometry, distance: number): BoundingBox {
  const positions = positionsOf(geometry);
  const pad = (distance / METRES_PER_DEGREE) * 1.02 + 0.001;
  const latitudes = positions.map((position) => position[1]);
  const south = Math.max(-90, least(latitudes) - pad);
  const north = Math.min(90, -least(latitudes.map((latitude) => -latitude)) + pad);
  // Great circles between far positions leave the box of their ends.
  const longitudes = positions.map((position) => position[0]);
  const [west, east] = [least(longitudes), -least(longitudes.map((longitude) => -longitude))];
  const widest = Math.cos((Math.max(Math.abs(south), Math.abs(north)) * Math.PI) / 180);
  const wide = pad / Math.max(widest, 1e-9);
  if (!(wide < 90) || west - wide < -180 || east + wide > 180) return [-180, south, 180, north];
  return [west - wide, south, east + wide, north];
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function positionsOf(geometry: Geometry): readonly Position[] {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates];
    case 'MultiPoint':
    case 'LineString':
      return geometry.coordinates;
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.flat();
    case 'MultiPolygon':
      return geometry.coordinates.flat(2);
    case 'GeometryCollection':
      return geometry.geometries.flatMap(positionsOf);
  }
}
