import type { BoundingBox } from '../geometry/geometry.js';
import type { TileMatrixSet } from './tile-matrix-set.js';
import { TILE_MATRIX_SETS } from './tile-matrix-sets.js';

/** Where Europe's projection is of use; west, south, east, north. */
const EUROPE: BoundingBox = [-40, 26, 60, 82];
const ZONE_WIDTH = 6;
/** Latitudes UTM is meant for. */
const UTM_LATITUDES = { south: -80, north: 84 };

/** The sets in which a box of longitudes and latitudes is worth showing: the worldwide ones, Europe's where it reaches there, the UTM zones it lies in; west > east crosses the antimeridian. */
export function setsAround(bbox: BoundingBox): readonly TileMatrixSet[] {
  return [...TILE_MATRIX_SETS.values()].filter((set) => isAround(set, bbox));
}

/** Whether a set is of one zone of UTM. */
export function isZone({ id }: TileMatrixSet): boolean {
  return id.startsWith('UTM');
}

function isAround(set: TileMatrixSet, bbox: BoundingBox): boolean {
  if (isZone(set)) return touchesZone(Number(set.id.slice(3, 5)), bbox);
  return set.crs !== 'EPSG:3035' || overlaps(bbox, EUROPE);
}

function touchesZone(zone: number, bbox: BoundingBox): boolean {
  const west = (zone - 1) * ZONE_WIDTH - 180;
  return overlaps(bbox, [west, UTM_LATITUDES.south, west + ZONE_WIDTH, UTM_LATITUDES.north]);
}

/** With some area in common; only the first may cross the antimeridian. */
function overlaps([west, south, east, north]: BoundingBox, other: BoundingBox): boolean {
  if (south > other[3] || north < other[1]) return false;
  return west <= east ? west < other[2] && east > other[0] : west < other[2] || east > other[0];
}
