import proj4, { type Converter } from 'proj4';
import { InvalidError } from '#domain/errors.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import { crsDefinition } from './crs-definitions.js';

/** Cells a box is sampled in each way; the result grows by one cell, so that edges bent between samples stay inside. */
const CELLS = 16;

/** Coordinate systems by proj4. */
export class Proj4CoordinateSystems extends CoordinateSystems {
  override geographicBounds(crs: string, bbox: readonly [number, number, number, number]): BoundingBox | undefined {
    const definition = crsDefinition(crs)?.proj;
    if (definition === undefined)
      throw new InvalidError(`The coordinate system ${crs} is not known.`, { subject: crs });
    const projection = proj4(definition);
    if (definition.includes('+proj=longlat')) return clip(bbox);
    if (definition.includes('+proj=merc')) {
      const [, south] = projection.inverse([0, bbox[1]]);
      const [, north] = projection.inverse([0, bbox[3]]);
      const perMetre = 180 / (Math.PI * 6_378_137);
      return clip([bbox[0] * perMetre, south, bbox[2] * perMetre, north]);
    }
    return boundsOf(
      sample(bbox, (position) => projection.inverse(position)),
      poleIn(bbox, projection),
    );
  }
}

type Position = [number, number];

/** Longitude and latitude boxes are cut at the edges of the map, not wrapped. */
function clip(box: readonly [number, number, number, number]): BoundingBox | undefined {
  const west = Math.max(box[0], -180);
  const east = Math.min(box[2], 180);
  const south = Math.max(box[1], -90);
  const north = Math.min(box[3], 90);
  return west <= east && south <= north ? [west, south, east, north] : undefined;
}

function sample(
  [minX, minY, maxX, maxY]: readonly [number, number, number, number],
  inverse: (position: Position) => Position,
): readonly Position[] {
  const positions: Position[] = [];
  for (let row = 0; row <= CELLS; row++) {
    for (let column = 0; column <= CELLS; column++) {
      const x = minX + ((maxX - minX) * column) / CELLS;
      const y = minY + ((maxY - minY) * row) / CELLS;
      const position = inverse([x, y]);
      if (isOnEarth(position)) positions.push([position[0], position[1]]);
    }
  }
  return positions;
}

function isOnEarth([longitude, latitude]: Position): boolean {
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
}

/** Latitude of the pole that lies inside a box of an azimuthal or conic system; every meridian meets there. */
function poleIn(
  [minX, minY, maxX, maxY]: readonly [number, number, number, number],
  projection: Converter,
): 90 | -90 | undefined {
  return ([90, -90] as const).find((latitude) => {
    const [x, y] = projection.forward([0, latitude]);
    const [, back] = projection.inverse([x, y]);
    return Math.abs(back - latitude) < 1e-6 && x >= minX && x <= maxX && y >= minY && y <= maxY;
  });
}

function boundsOf(positions: readonly Position[], pole: 90 | -90 | undefined): BoundingBox | undefined {
  if (positions.length === 0) return undefined;
  const latitudes = positions.map(([, latitude]) => latitude);
  const [low, high] = [Math.min(...latitudes), Math.max(...latitudes)];
  const margin = (high - low) / CELLS;
  const south = pole === -90 ? -90 : Math.max(-90, low - margin);
  const north = pole === 90 ? 90 : Math.min(90, high + margin);
  const [west, east] = pole === undefined ? arcOf(positions.map(([longitude]) => longitude)) : [-180, 180];
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
