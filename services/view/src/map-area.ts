import type { Filter } from '#domain/catalog/catalog-query.js';
import type { BoundingBox, Geometry } from '#domain/geometry/geometry.js';

/** The filter for footprints that touch a box; a box right round the Earth needs none. */
export function withinArea(bounds: BoundingBox): readonly Filter[] {
  const [west, south, east, north] = bounds;
  if (west <= -180 && east >= 180 && south <= -89 && north >= 89) return [];
  return [{ op: 'spatial', relation: 'intersects', geometry: polygonOf(west, south, east, north) }];
}

/** West > east crosses the antimeridian and is cut there (RFC 7946 §3.1.9). */
function polygonOf(west: number, south: number, east: number, north: number): Geometry {
  const ring = (from: number, to: number): readonly [number, number][] => [
    [from, south],
    [to, south],
    [to, north],
    [from, north],
    [from, south],
  ];
  if (west <= east) return { type: 'Polygon', coordinates: [ring(west, east)] };
  return { type: 'MultiPolygon', coordinates: [[ring(west, 180)], [ring(-180, east)]] };
}
