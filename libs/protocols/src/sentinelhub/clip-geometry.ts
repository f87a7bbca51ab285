import { InvalidError } from '#domain/errors.js';
import { positionsOf } from '#domain/geometry/bounding-box.js';
import type { Geometry, Position } from '#domain/geometry/geometry.js';
import { parsePlanarWkt } from '../wkt/parse-wkt.js';
import { WmsError } from '../wms/wms-error.js';

/** An area in x/y of the system a map is asked in, and the box around it. */
export interface ClipArea {
  readonly geometry: Geometry;
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
}

const MAX_POSITIONS = 20_000;

/** GEOMETRY: POLYGON or MULTIPOLYGON in WKT, its axes in the order of BBOX. Throws WmsError. */
export function parseClip(text: string | undefined, northFirst: boolean): ClipArea | undefined {
  if (text === undefined) return undefined;
  const given = read(text);
  const positions = positionsOf(given);
  if (positions.length > MAX_POSITIONS) throw refuse(`has more than ${MAX_POSITIONS} positions`);
  const geometry = northFirst ? turned(given) : given;
  const xs = positions.map(([a, b]) => (northFirst ? b : a));
  const ys = positions.map(([a, b]) => (northFirst ? a : b));
  const low = (values: readonly number[]): number => values.reduce((one, other) => Math.min(one, other), Infinity);
  const high = (values: readonly number[]): number => values.reduce((one, other) => Math.max(one, other), -Infinity);
  const bbox = [low(xs), low(ys), high(xs), high(ys)] as const;
  if (!(bbox[0] < bbox[2] && bbox[1] < bbox[3])) throw refuse('has no area');
  return { geometry, bbox };
}

function read(text: string): Geometry {
  try {
    const geometry = parsePlanarWkt(text);
    if (geometry.type === 'Polygon' || geometry.type === 'MultiPolygon') return geometry;
  } catch (error) {
    if (error instanceof InvalidError) throw refuse(`cannot be read: ${error.message.replace(/\.$/, '')}`);
    throw error;
  }
  throw refuse('is a POLYGON or a MULTIPOLYGON in WKT');
}

function turned(geometry: Geometry): Geometry {
  if (geometry.type === 'Polygon') return { ...geometry, coordinates: geometry.coordinates.map(turnRing) };
  if (geometry.type !== 'MultiPolygon') return geometry;
  return { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.map(turnRing)) };
}

function turnRing(ring: readonly Position[]): readonly Position[] {
  return ring.map(([a, b]): Position => [b, a]);
}

function refuse(problem: string): WmsError {
  return new WmsError(`GEOMETRY ${problem}.`, undefined, 'GEOMETRY');
}
