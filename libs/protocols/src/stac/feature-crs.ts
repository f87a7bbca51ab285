import type { BoundingBox, Geometry, Position } from '#domain/geometry/geometry.js';
import { InvalidError } from '#domain/errors.js';

const EARTH_RADIUS = 6_378_137;
/** Where web Mercator ends, so that the map is a square; what lies beyond is drawn onto its edge. */
const MERCATOR_LATITUDE = 85.051_128_779_806_6;

/** A coordinate reference system features are given in, and boxes asked in (OGC 18-058): first and second axis from longitude and latitude and back. */
export interface FeatureCrs {
  readonly uri: string;
  readonly forward: (longitude: number, latitude: number) => readonly [number, number];
  readonly inverse: (first: number, second: number) => readonly [longitude: number, latitude: number];
}

/** Longitude and latitude in degrees: what everything is in unless asked otherwise. */
export const CRS84: FeatureCrs = {
  uri: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
  forward: (longitude, latitude) => [longitude, latitude],
  inverse: (first, second) => [first, second],
};

const LATITUDE_FIRST: FeatureCrs = {
  uri: 'http://www.opengis.net/def/crs/EPSG/0/4326',
  forward: (longitude, latitude) => [latitude, longitude],
  inverse: (first, second) => [second, first],
};

const WEB_MERCATOR: FeatureCrs = {
  uri: 'http://www.opengis.net/def/crs/EPSG/0/3857',
  forward: (longitude, latitude) => {
    const within = Math.max(-MERCATOR_LATITUDE, Math.min(MERCATOR_LATITUDE, latitude));
    return [EARTH_RADIUS * radians(longitude), EARTH_RADIUS * Math.log(Math.tan(Math.PI / 4 + radians(within) / 2))];
  },
  inverse: (x, y) => [degrees(x / EARTH_RADIUS), degrees(2 * Math.atan(Math.exp(y / EARTH_RADIUS)) - Math.PI / 2)],
};

const SYSTEMS: readonly FeatureCrs[] = [CRS84, LATITUDE_FIRST, WEB_MERCATOR];

/** What `crs` of a collection lists, the default first (OGC 18-058 §6.2.2). */
export const CRS_URIS: readonly string[] = SYSTEMS.map(({ uri }) => uri);

/** The system a `crs` or `bbox-crs` names by URI, or as a safe CURIE (`[EPSG:3857]`). Throws InvalidError for those that are not listed. */
export function parseFeatureCrs(text: string): FeatureCrs {
  const [, code] = /^\[EPSG:(\d{1,6})\]$/.exec(text) ?? [];
  const uri = code === undefined ? text : `http://www.opengis.net/def/crs/EPSG/0/${code}`;
  const system = SYSTEMS.find((each) => each.uri === uri) ?? (text === '[OGC:CRS84]' ? CRS84 : undefined);
  if (system === undefined) throw new InvalidError(`is none of ${CRS_URIS.join(', ')}`);
  return system;
}

/** A box of 4 or 6 numbers in the axis order of a system as longitudes and latitudes; heights are left out. Throws nothing: what is no box is found later. */
export function boxFrom(numbers: readonly number[], { inverse }: FeatureCrs): readonly number[] {
  const half = numbers.length / 2;
  if (half !== 2 && half !== 3) return numbers;
  const at = (index: number): number => numbers[index] ?? Number.NaN;
  return [...inverse(at(0), at(1)), ...inverse(at(half), at(half + 1))];
}

/** A box of longitudes and latitudes in a system. */
export function boxTo([west, south, east, north]: BoundingBox, { forward }: FeatureCrs): BoundingBox {
  return [...forward(west, south), ...forward(east, north)];
}

/** A geometry in a system, heights as they are. */
export function geometryTo(geometry: Geometry, crs: FeatureCrs): Geometry {
  if (geometry.type === 'GeometryCollection') {
    return { ...geometry, geometries: geometry.geometries.map((part) => geometryTo(part, crs)) };
  }
  return { ...geometry, coordinates: coordinatesTo(geometry.coordinates, crs) } as Geometry;
}

type Coordinates = Position | readonly Coordinates[];

function coordinatesTo(coordinates: Coordinates, crs: FeatureCrs): Coordinates {
  if (!isPosition(coordinates)) return coordinates.map((part) => coordinatesTo(part, crs));
  const [longitude, latitude, height] = coordinates;
  const moved = crs.forward(longitude, latitude);
  return height === undefined ? moved : [...moved, height];
}

function isPosition(coordinates: Coordinates): coordinates is Position {
  return typeof coordinates[0] === 'number';
}

function radians(angle: number): number {
  return (angle * Math.PI) / 180;
}

function degrees(angle: number): number {
  return (angle * 180) / Math.PI;
}
