import type { BoundingBox } from '#domain/geometry/geometry.js';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import { coordinateTransform, definitionOf, type CoordinateTransform, type Point } from './coordinate-transform.js';

/** Cells a box is sampled in each way; the result grows by one cell, so that edges bent between samples stay inside. */
const CELLS = 16;
const EARTH_RADIUS = 6_378_137;

/** Coordinate systems by proj4. */
export class Proj4CoordinateSystems extends CoordinateSystems {
  override geographicBounds(crs: string, bbox: readonly [number, number, number, number]): BoundingBox | undefined {
    const { proj } = definitionOf(crs);
    if (proj.includes('+proj=longlat')) return onEarth(bbox);
    const transform = coordinateTransform('CRS:84', crs);
    if (proj.includes('+proj=merc')) return onEarth(mercatorBounds(bbox, transform));
    return boundsOf(sample(bbox, transform), poleIn(bbox, transform));
  }

  override transformBounds(from: string, to: string, bbox: Box): Box | undefined {
    const { forward } = coordinateTransform(from, to);
    const points = edgePoints(bbox).map(([x, y]) => forward(x, y));
    if (points.includes(undefined)) return undefined;
    const xs = points.map((point) => point![0]);
    const ys = points.map((point) => point![1]);
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  }

  override project(crs: string, longitude: number, latitude: number): Point | undefined {
    return coordinateTransform('CRS:84', crs).forward(longitude, latitude);
  }
}

/** Points along each edge of a box. */
const EDGE_CELLS = 32;

function edgePoints([minX, minY, maxX, maxY]: Box): readonly Point[] {
  return Array.from({ length: EDGE_CELLS + 1 }, (_, i) => i / EDGE_CELLS).flatMap((f): Point[] => {
    const [x, y] = [minX + (maxX - minX) * f, minY + (maxY - minY) * f];
    return [[x, minY], [x, maxY], [minX, y], [maxX, y]]; // prettier-ignore
  });
}

type Box = readonly [minX: number, minY: number, maxX: number, maxY: number];

/** Along a row of web Mercator longitude is proportional to x, also past the antimeridian, where an inverse would wrap. */
function mercatorBounds(bbox: Box, { inverse }: CoordinateTransform): Box {
  const perMetre = 180 / (Math.PI * EARTH_RADIUS);
  const [, south] = inverse(0, bbox[1]) ?? [0, -90];
  const [, north] = inverse(0, bbox[3]) ?? [0, 90];
  return [bbox[0] * perMetre, south, bbox[2] * perMetre, north];
}

/** Boxes are cut at the poles and go on past the antimeridian, as pictures do. */
function onEarth(box: Box): BoundingBox | undefined {
  const south = Math.max(box[1], -90);
  const north = Math.min(box[3], 90);
  // What only touches a pole from outside has nothing of the Earth.
  const isOutside = box[0] > box[2] || south > north || (south === north && box[1] < box[3]);
  if (isOutside) return undefined;
  const [west, east] = aroundEarth(box[0], box[2]);
  return [west, south, east, north];
}

function aroundEarth(from: number, to: number): readonly [west: number, east: number] {
  if (to - from >= 360) return [-180, 180];
  if (from >= -180 && to <= 180) return [from, to];
  const west = from - 360 * Math.floor((from + 180) / 360);
  return [west, wrap(west + to - from)];
}

function sample([minX, minY, maxX, maxY]: Box, { inverse }: CoordinateTransform): readonly Point[] {
  const points: Point[] = [];
  for (let row = 0; row <= CELLS; row++) {
    for (let column = 0; column <= CELLS; column++) {
      const point = inverse(minX + ((maxX - minX) * column) / CELLS, minY + ((maxY - minY) * row) / CELLS);
      if (point && Math.abs(point[0]) <= 180 && Math.abs(point[1]) <= 90) points.push(point);
    }
  }
  return points;
}

/** Latitude of the pole that lies inside a box of an azimuthal or conic system; every meridian meets there. */
function poleIn([minX, minY, maxX, maxY]: Box, { forward, inverse }: CoordinateTransform): 90 | -90 | undefined {
  return ([90, -90] as const).find((latitude) => {
    const [x, y] = forward(0, latitude) ?? [NaN, NaN];
    const [, back] = inverse(x, y) ?? [NaN, NaN];
    return Math.abs(back - latitude) < 1e-6 && x >= minX && x <= maxX && y >= minY && y <= maxY;
  });
}

function boundsOf(points: readonly Point[], pole: 90 | -90 | undefined): BoundingBox | undefined {
  if (points.length === 0) return undefined;
  const latitudes = points.map(([, latitude]) => latitude);
  const [low, high] = [Math.min(...latitudes), Math.max(...latitudes)];
  const margin = (high - low) / CELLS;
  const south = pole === -90 ? -90 : Math.max(-90, low - margin);
  const north = pole === 90 ? 90 : Math.min(90, high + margin);
  const [west, east] = pole === undefined ? arcOf(points.map(([longitude]) => longitude)) : [-180, 180];
  return [west, south, east, north];
}

/** The shortest arc that holds the longitudes: everything but the widest gap between neighbours. */
function arcOf(longitudes: readonly number[]): readonly [west: number, east: number] {
  const sorted = longitudes.toSorted((a, b) => a - b);
  let widest = { gap: -1, index: 0 };
  sorted.forEach((longitude, index) => {
    const next = sorted[index + 1] ?? (sorted[0] ?? 0) + 360;
    if (next - longitude > widest.gap) widest = { gap: next - longitude, index };
  });
  const span = 360 - widest.gap;
  const margin = span / CELLS;
  if (span + 2 * margin >= 360) return [-180, 180];
  const east = sorted[widest.index] ?? 180;
  return [wrap(east - span - margin), wrap(east + margin)];
}

function wrap(longitude: number): number {
  return longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
}
