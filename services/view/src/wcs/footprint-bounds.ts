import type { Geometry, Position } from '#domain/geometry/geometry.js';
import { polygonsOf } from '#protocols/om/footprint.js';
import type { Box } from '#protocols/wcs/coverage.js';

/** Longitudes and latitudes a footprint lies between; the world where there is none. */
export function footprintBounds(geometry: Geometry | null): Box {
  const points: readonly Position[] = geometry === null ? [] : polygonsOf(geometry).flat(2);
  if (points.length === 0) return [-180, -90, 180, 90];
  return unionOf(points.map(([longitude, latitude]): Box => [longitude, latitude, longitude, latitude]));
}

/** The box around boxes, of which there is one at least. */
export function unionOf(boxes: readonly Box[]): Box {
  return boxes.reduce(([west, south, east, north], box): Box => [
    Math.min(west, box[0]),
    Math.min(south, box[1]),
    Math.max(east, box[2]),
    Math.max(north, box[3]),
  ]);
}
