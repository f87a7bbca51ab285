import type { Geometry, Position } from '#domain/geometry/geometry.js';
import { isGeographic, type FeatureCrs } from './feature-crs.js';

/** A position of the catalogue in the axis order of a system; undefined where it has no place there. */
export type WritePosition = (position: Position) => readonly [first: number, second: number] | undefined;

/** Longitude and latitude as x/y of a system, as `CoordinateSystems.project`. */
export type Project = (crs: string, longitude: number, latitude: number) => readonly [x: number, y: number] | undefined;

/** Writes positions in a system; projected ones to the millimetre. */
export function positionWriter(crs: FeatureCrs, project: Project): WritePosition {
  const { code, northFirst } = crs;
  const inOrder = (x: number, y: number): readonly [number, number] => (northFirst ? [y, x] : [x, y]);
  if (isGeographic(crs)) return ([longitude, latitude]) => inOrder(longitude, latitude);
  return ([longitude, latitude]) => {
    const [x, y] = project(code, longitude, latitude) ?? [undefined, undefined];
    return x === undefined || y === undefined ? undefined : inOrder(rounded(x), rounded(y));
  };
}

function rounded(metres: number): number {
  return Math.round(metres * 1000) / 1000;
}

/** A geometry with its positions written anew; null where one of them has no place. Heights are left out. */
export function moveGeometry(geometry: Geometry | null, position: WritePosition): Geometry | null {
  if (geometry === null) return null;
  if (geometry.type === 'GeometryCollection') {
    const parts = geometry.geometries.map((part) => moveGeometry(part, position));
    return parts.includes(null) ? null : { ...geometry, geometries: parts as Geometry[] };
  }
  const coordinates = move(geometry.coordinates, position);
  return coordinates === undefined ? null : ({ ...geometry, coordinates } as Geometry);
}

type Coordinates = Position | readonly Coordinates[];

function move(coordinates: Coordinates, position: WritePosition): Coordinates | undefined {
  if (typeof coordinates[0] === 'number') return position(coordinates as Position);
  const moved = (coordinates as readonly Coordinates[]).map((part) => move(part, position));
  return moved.includes(undefined) ? undefined : (moved as readonly Coordinates[]);
}
