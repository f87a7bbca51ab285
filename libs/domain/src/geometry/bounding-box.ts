import type { BoundingBox, Geometry, Position } from './geometry.js';

/** Every position of a geometry, in order. */
export function positionsOf(geometry: Geometry): readonly Position[] {
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

/**
 * The smallest box around a geometry cut at the antimeridian (RFC 7946 §5): where parts touch 180° from both sides,
 * west is greater than east. Undefined for a geometry without positions.
 */
export function boundingBoxOf(geometry: Geometry): BoundingBox | undefined {
  const boxes = parts(geometry).map(flatBox);
  const [first] = boxes;
  if (first === undefined) return undefined;
  const south = Math.min(...boxes.map((box) => box[1]));
  const north = Math.max(...boxes.map((box) => box[3]));
  const [west, east] = longitudes(boxes);
  return [west, south, east, north];
}

function parts(geometry: Geometry): readonly (readonly Position[])[] {
  switch (geometry.type) {
    case 'MultiPolygon':
      return geometry.coordinates.map((polygon) => polygon[0] ?? []).filter((ring) => ring.length > 0);
    case 'MultiLineString':
      return geometry.coordinates.filter((line) => line.length > 0);
    case 'GeometryCollection':
      return geometry.geometries.flatMap(parts);
    case 'Point':
    case 'MultiPoint':
    case 'LineString':
    case 'Polygon': {
      const positions = positionsOf(geometry);
      return positions.length === 0 ? [] : [positions];
    }
  }
}

function flatBox(positions: readonly Position[]): BoundingBox {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of positions) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return [west, south, east, north];
}

function longitudes(boxes: readonly BoundingBox[]): readonly [west: number, east: number] {
  const west = Math.min(...boxes.map((box) => box[0]));
  const east = Math.max(...boxes.map((box) => box[2]));
  if (west > -180 || east < 180 || boxes.some((box) => box[0] === -180 && box[2] === 180)) return [west, east];
  return aroundAntimeridian(boxes);
}

/** The widest stretch no part covers, seen from the whole circle, is what the box leaves out. */
function aroundAntimeridian(boxes: readonly BoundingBox[]): readonly [west: number, east: number] {
  const sorted = boxes.toSorted((a, b) => a[0] - b[0]);
  let gap: readonly [number, number] = [180, 180];
  let covered = -180;
  for (const box of sorted) {
    if (box[0] - covered > gap[1] - gap[0]) gap = [covered, box[0]];
    covered = Math.max(covered, box[2]);
  }
  return gap[1] > gap[0] ? [gap[1], gap[0]] : [-180, 180];
}

/** The area of a box as a geometry: cut in two where it crosses the antimeridian, a line or a point where it has no width or height. */
export function boundingBoxArea([west, south, east, north]: BoundingBox): Geometry {
  if (west > east && south === north) {
    const halves: readonly (readonly Position[])[] = [
      [
        [west, south],
        [180, south],
      ],
      [
        [-180, south],
        [east, south],
      ],
    ];
    return { type: 'MultiLineString', coordinates: halves };
  }
  if (west > east) {
    const coordinates = [[boxRing([west, south, 180, north])], [boxRing([-180, south, east, north])]];
    return { type: 'MultiPolygon', coordinates };
  }
  if (west === east && south === north) return { type: 'Point', coordinates: [west, south] };
  if (west === east || south === north) {
    const coordinates: readonly Position[] = [
      [west, south],
      [east, north],
    ];
    return { type: 'LineString', coordinates };
  }
  return { type: 'Polygon', coordinates: [boxRing([west, south, east, north])] };
}

function boxRing([west, south, east, north]: BoundingBox): readonly Position[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}
