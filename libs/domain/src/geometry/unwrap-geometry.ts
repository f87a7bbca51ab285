import type { Geometry, Polygon, Position } from './geometry.js';

type Ring = readonly Position[];

/**
 * Undoes jumps across the antimeridian: positions go on past ±180° (`170 → -170` becomes `170 → 190`), and a ring around a pole is closed over it.
 * A ring with jumps of more than 180° that runs counter-clockwise as written is meant as written (RFC 7946 §3.1.6): a wide box stays one.
 * The result lies within ±900° and is to be cut at the antimeridian; a geometry without jumps comes back as it is.
 */
export function unwrapGeometry(geometry: Geometry): Geometry {
  switch (geometry.type) {
    case 'Point':
    case 'MultiPoint':
      return geometry;
    case 'LineString':
      return { type: 'LineString', coordinates: unwrapLine(geometry.coordinates) };
    case 'MultiLineString':
      return { type: 'MultiLineString', coordinates: geometry.coordinates.map(unwrapLine) };
    case 'Polygon':
      return { type: 'Polygon', coordinates: unwrapPolygon(geometry.coordinates) };
    case 'MultiPolygon':
      return { type: 'MultiPolygon', coordinates: geometry.coordinates.map(unwrapPolygon) };
    case 'GeometryCollection':
      return { type: 'GeometryCollection', geometries: geometry.geometries.map(unwrapGeometry) };
  }
}

/** Whether every longitude is within ±180°. */
export function staysWithinWorld(geometry: Geometry): boolean {
  const within = (positions: Ring) => positions.every(([longitude]) => Math.abs(longitude) <= 180);
  switch (geometry.type) {
    case 'Point':
      return within([geometry.coordinates]);
    case 'MultiPoint':
    case 'LineString':
      return within(geometry.coordinates);
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.every(within);
    case 'MultiPolygon':
      return geometry.coordinates.every((polygon) => polygon.every(within));
    case 'GeometryCollection':
      return geometry.geometries.every(staysWithinWorld);
  }
}

function unwrapPolygon(rings: Polygon['coordinates']): Polygon['coordinates'] {
  const [outer = [], ...holes] = rings;
  if (!jumps(outer) || twiceArea(outer) > 0) return rings;
  const shell = closeOverPole(unwrapLine(outer));
  const west = shell.reduce((least, [longitude]) => Math.min(least, longitude), Infinity);
  return [shell, ...holes.map((hole) => shiftEastOf(unwrapLine(hole), west))];
}

function jumps(ring: Ring): boolean {
  return ring.some((position, at) => at > 0 && Math.abs(position[0] - (ring[at - 1]?.[0] ?? 0)) > 180);
}

/** Shoelace sum: positive where the ring runs counter-clockwise. */
function twiceArea(ring: Ring): number {
  return ring.reduce((sum, [x, y], at) => {
    const [fromX, fromY] = ring[at - 1] ?? [x, y];
    return sum + (fromX * y - x * fromY);
  }, 0);
}

function unwrapLine(positions: Ring): Ring {
  let offset = 0;
  return positions.map((position, at) => {
    const step = position[0] - (positions[at - 1]?.[0] ?? position[0]);
    if (Math.abs(step) > 180) offset -= Math.sign(step) * 360;
    return [position[0] + offset, position[1]];
  });
}

/** A ring that comes back 360° further has gone around a pole: eastward around the north pole, westward around the south pole, which lie to its left. */
function closeOverPole(ring: Ring): Ring {
  const [first, last] = [ring[0], ring.at(-1)];
  if (first === undefined || last === undefined || first[0] === last[0]) return ring;
  const pole = last[0] > first[0] ? 90 : -90;
  return [...ring, [last[0], pole], [first[0], pole], first];
}

/** Holes are unwrapped on their own and may lie a turn away from their shell. */
function shiftEastOf(hole: Ring, west: number): Ring {
  const least = hole.reduce((min, [longitude]) => Math.min(min, longitude), Infinity);
  const turns = Math.ceil((west - least) / 360) * 360;
  return turns === 0 ? hole : hole.map(([longitude, latitude]) => [longitude + turns, latitude]);
}
