import type { Filter } from '#domain/catalog/catalog-query.js';
import type { BoundingBox, Geometry } from '#domain/geometry/geometry.js';

/** The filter for footprints that touch a box; a box right round the Earth needs none. */
export function withinArea(bounds: BoundingBox): readonly Filter[] {
  const [west, south, east, north] = bounds;
  if (west <= -180 && east >= 180 && south <= -89 && north >= 89) return [];
  return [{ op: 'spatial', relation: 'intersects', geometry: polygonOf(west, south, east, north) }];
}

/** Whether two boxes have a point in common; west > east crosses the antimeridian. */
export function touches(one: BoundingBox, other: BoundingBox): boolean {
  if (one[3] < other[1] || other[3] < one[1]) return false;
  return spans(one).some(([from, to]) => spans(other).some(([start, end]) => from <= end && start <= to));
}

/** The meridians at 180 degrees are one. */
function spans([west, , east]: BoundingBox): readonly (readonly [number, number])[] {
  const parts: [number, number][] =
    west <= east
      ? [[west, east]]
      : [
          [west, 180],
          [-180, east],
        ];
  if (parts.some(([, to]) => to >= 180)) parts.push([-180, -180]);
  if (parts.some(([from]) => from <= -180)) parts.push([180, 180]);
  return parts;
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
