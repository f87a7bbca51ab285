import type { BoundingBox, Geometry, Position } from './geometry.js';
import { ringContains } from './ring.js';

/** Whether a geometry has a point in common with a box, edges included, on the flat map; west > east crosses the antimeridian. */
export function meetsBox(geometry: Geometry, box: BoundingBox): boolean {
  const [west, south, east, north] = box;
  if (west <= east) return meets(geometry, box);
  return meets(geometry, [west, south, 180, north]) || meets(geometry, [-180, south, east, north]);
}

function meets(geometry: Geometry, box: BoundingBox): boolean {
  switch (geometry.type) {
    case 'Point':
      return isWithin(box, geometry.coordinates);
    case 'MultiPoint':
      return geometry.coordinates.some((position) => isWithin(box, position));
    case 'LineString':
      return pathMeets(geometry.coordinates, box);
    case 'MultiLineString':
      return geometry.coordinates.some((path) => pathMeets(path, box));
    case 'Polygon':
      return polygonMeets(geometry.coordinates, box);
    case 'MultiPolygon':
      return geometry.coordinates.some((polygon) => polygonMeets(polygon, box));
    case 'GeometryCollection':
      return geometry.geometries.some((part) => meets(part, box));
  }
}

/** Where no edge comes into the box, it lies inside or outside as a whole. */
function polygonMeets(rings: readonly (readonly Position[])[], box: BoundingBox): boolean {
  if (rings.some((ring) => pathMeets(ring, box))) return true;
  const corner: Position = [box[0], box[1]];
  return rings.filter((ring) => ringContains(ring, corner)).length % 2 === 1;
}

function pathMeets(path: readonly Position[], box: BoundingBox): boolean {
  for (let i = 0; i < path.length; i++) {
    if (isWithin(box, path[i]!)) return true;
    if (i > 0 && crosses(path[i - 1]!, path[i]!, box)) return true;
  }
  return false;
}

function isWithin([west, south, east, north]: BoundingBox, [x, y]: Position): boolean {
  return x >= west && x <= east && y >= south && y <= north;
}

/** Whether a segment with both ends outside passes through the box: the part of it between each pair of sides (Liang and Barsky). */
function crosses([x0, y0]: Position, [x1, y1]: Position, [west, south, east, north]: BoundingBox): boolean {
  if (Math.max(x0, x1) < west || Math.min(x0, x1) > east) return false;
  if (Math.max(y0, y1) < south || Math.min(y0, y1) > north) return false;
  const [fromX, toX] = within(x0, x1, [west, east]);
  const [fromY, toY] = within(y0, y1, [south, north]);
  return Math.max(fromX, fromY, 0) <= Math.min(toX, toY, 1);
}

/** The part of the way from `start` to `end` on which a coordinate is between low and high. */
function within(start: number, end: number, [low, high]: readonly [number, number]): readonly [number, number] {
  if (start === end) return [0, 1];
  const [a, b] = [(low - start) / (end - start), (high - start) / (end - start)];
  return a < b ? [a, b] : [b, a];
}
