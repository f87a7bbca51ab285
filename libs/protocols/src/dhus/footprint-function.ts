import type { Filter, SpatialRelation } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import { parseWkt } from '../wkt/parse-wkt.js';

const CALL = /^\s*([A-Za-z]{1,20})\s*\(([\s\S]*)\)\s*(?:distErrPct\s*=\s*[\d.]{1,10}\s*)?$/;

/** Relation of the footprint to the geometry, as Lucene's spatial module names them. */
const RELATIONS: Readonly<Record<string, SpatialRelation>> = {
  intersects: 'intersects',
  contains: 'contains',
  iswithin: 'within',
  within: 'within',
  isdisjointto: 'disjoint',
};

/** `Intersects(WKT)`, `Contains(…)`, `IsWithin(…)`, `IsDisjointTo(…)` in any case, longitude before latitude. Throws InvalidError. */
export function parseFootprintFunction(text: string): Filter {
  const [, name, wkt] = CALL.exec(text) ?? [];
  const relation = Object.hasOwn(RELATIONS, name?.toLowerCase() ?? '') ? RELATIONS[name!.toLowerCase()] : undefined;
  if (relation === undefined || wkt === undefined) {
    throw new InvalidError(
      `footprint: "${text.slice(0, 60)}" is not understood; write "Intersects(POLYGON((...)))", Contains or IsWithin`,
      { subject: 'footprint' },
    );
  }
  return { op: 'spatial', relation, geometry: unwrapped(parseWkt(wkt).geometry) };
}

/** Clients wrap their one geometry into a collection; relations other than intersects have no meaning for collections. */
function unwrapped(geometry: Geometry): Geometry {
  const [only] = geometry.type === 'GeometryCollection' ? geometry.geometries : [];
  return geometry.type === 'GeometryCollection' && geometry.geometries.length === 1 && only !== undefined
    ? unwrapped(only)
    : geometry;
}
