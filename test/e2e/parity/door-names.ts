import { findQueryable, type ProtocolNames } from '#domain/catalog/queryables.js';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import { NoWords } from './door.js';

/** What a door calls a property. */
export function nameIn(protocol: keyof ProtocolNames, property: string): string {
  const name = findQueryable(property)?.names[protocol];
  if (name === undefined) throw new NoWords(`${protocol} has no ${property}`);
  return name;
}

/** Parent identifier of a collection, as CODE-DE's clients write it. */
export function parentIdentifier(collection: string): string {
  const found = SENTINEL_COLLECTIONS.find(({ id }) => id === collection);
  if (found === undefined) throw new NoWords(`there is no ${collection}`);
  return `EOP:FROMBORK:${found.shortName}`;
}

/** The one collection of a question. */
export function onlyOne(collections: readonly string[]): string {
  const [only, second] = collections;
  if (only === undefined || second !== undefined) throw new NoWords('more than one collection');
  return only;
}

/** west,south,east,north of a box, also of one cut at the antimeridian; undefined for any other geometry. */
export function boxOf(geometry: Geometry): readonly [number, number, number, number] | undefined {
  if (geometry.type === 'Polygon') return boxOfRing(geometry.coordinates[0] ?? []);
  if (geometry.type !== 'MultiPolygon' || geometry.coordinates.length !== 2) return undefined;
  const [a, b] = geometry.coordinates.map((polygon) => boxOfRing(polygon[0] ?? []));
  if (a === undefined || b === undefined) return undefined;
  const [east, west] = a[2] === 180 ? [b, a] : [a, b];
  return [west[0], west[1], east[2], west[3]];
}

function boxOfRing(ring: readonly (readonly number[])[]): readonly [number, number, number, number] | undefined {
  const xs = [...new Set(ring.map(([x = 0]) => x))].toSorted((p, q) => p - q);
  const ys = [...new Set(ring.map(([, y = 0]) => y))].toSorted((p, q) => p - q);
  if (xs.length !== 2 || ys.length !== 2) return undefined;
  return [xs[0]!, ys[0]!, xs[1]!, ys[1]!];
}
