import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import { parseWkt } from '../wkt/parse-wkt.js';
import type { ODataCall, ODataComparison, ODataExpression, ODataLiteral } from './odata-expression.js';

const INTERSECTS = new Set(['odata.csc.intersects', 'geo.intersects', 'intersects']);
const DISTANCE = new Set(['geo.distance', 'odata.csc.distance']);
const FOOTPRINTS = new Set(['footprint', 'geofootprint', 'location', 'contentgeometry']);

/** Whether a call asks for what touches an area. */
export function isArea(call: ODataCall): boolean {
  return INTERSECTS.has(call.name.toLowerCase());
}

/** Whether an expression is the distance from a place. */
export function isDistance(expression: ODataExpression): expression is ODataCall {
  return expression.kind === 'call' && DISTANCE.has(expression.name.toLowerCase());
}

/** `OData.CSC.Intersects(area=geography'SRID=4326;…')`, with or without the footprint named, and `geo.intersects` (OData 4.01 §5.1.1.12). Throws InvalidError. */
export function areaFilter(call: ODataCall): Filter {
  return { op: 'spatial', relation: 'intersects', geometry: placeOf(call) };
}

/** `geo.distance(Footprint,geography'…') lt 1000`, in metres. Throws InvalidError. */
export function distanceFilter(call: ODataCall, op: ODataComparison, limit: ODataLiteral): Filter {
  const distance = limit.type === 'number' ? limit.value : Number.NaN;
  if (!(distance >= 0 && Number.isFinite(distance))) throw new InvalidError('A distance is a number of metres.');
  const near: Filter = { op: 'distance', geometry: placeOf(call), distance };
  if (op === 'lt' || op === 'le') return near;
  if (op === 'gt' || op === 'ge') return { op: 'not', arg: near };
  throw new InvalidError('A distance is compared by lt, le, gt or ge.');
}

function placeOf(call: ODataCall): Geometry {
  const [place, ...more] = call.args.flatMap(({ value }) => placesIn(call, value));
  if (place === undefined || more.length > 0) {
    throw new InvalidError(`${call.name} takes one area: area=geography'SRID=4326;POLYGON((…))'.`);
  }
  const { geometry, srid = 4326 } = parseWkt(place);
  if (srid !== 4326) throw new InvalidError(`The area is in SRID ${srid}; areas are asked for in 4326.`);
  return geometry;
}

/** The footprint may be named beside the area. */
function placesIn(call: ODataCall, value: ODataExpression): readonly string[] {
  if (value.kind === 'literal' && (value.type === 'geography' || value.type === 'string')) return [value.value];
  if (value.kind === 'path' && FOOTPRINTS.has(value.segments.join('/').toLowerCase())) return [];
  throw new InvalidError(`${call.name} takes the Footprint and area=geography'SRID=4326;…'.`);
}
