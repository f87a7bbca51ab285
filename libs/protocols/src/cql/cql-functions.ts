import type { Filter, SpatialRelation } from '#domain/catalog/catalog-query.js';
import { complement } from '#domain/catalog/complement.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import type { FilterNames } from '../fes/filter-names.js';
import { parseBbox } from '../geojson/parse-bbox.js';
import { parseWkt } from '../wkt/parse-wkt.js';
import { isLatitudeFirst } from '../gml/coordinate-order.js';
import type { CqlScanner } from './cql-scanner.js';

const RELATIONS: ReadonlyMap<string, SpatialRelation> = new Map([
  ['INTERSECTS', 'intersects'],
  ['INTERSECT', 'intersects'],
  ['DISJOINT', 'disjoint'],
  ['EQUALS', 'equals'],
  ['TOUCHES', 'touches'],
  ['TOUCH', 'touches'],
  ['CROSSES', 'crosses'],
  ['CROSS', 'crosses'],
  ['WITHIN', 'within'],
  ['CONTAINS', 'contains'],
  ['OVERLAPS', 'overlaps'],
  ['OVERLAP', 'overlaps'],
]);
const METRES: Readonly<Record<string, number>> = {
  METERS: 1,
  METRES: 1,
  M: 1,
  KILOMETERS: 1000,
  KILOMETRES: 1000,
  KM: 1000,
};

/** Functions of CQL_TEXT by upper-case name. */
export const CQL_FUNCTIONS: ReadonlySet<string> = new Set([...RELATIONS.keys(), 'BBOX', 'DWITHIN', 'BEYOND']);

/** The arguments of a function whose name and opening bracket have been read. Throws InvalidError. */
export function parseCqlFunction(name: string, scanner: CqlScanner, names: FilterNames): Filter {
  const property = scanner.next();
  if (property.kind !== 'name') throw scanner.refuse('the name of a geometry is expected');
  names.geometry(property.value);
  scanner.expect(',');
  const filter = name === 'BBOX' ? bbox(scanner) : withGeometry(name, scanner);
  scanner.expect(')');
  return filter;
}

/** Longitude first, also where a CRS is named by its short name; by URN latitude first. */
function bbox(scanner: CqlScanner): Filter {
  const numbers = [number(scanner)];
  let crs: string | undefined;
  while (scanner.take(',')) {
    if (scanner.peek().kind === 'text') crs = scanner.next().value;
    else numbers.push(number(scanner));
  }
  const [first = 0, second = 0, third = 0, fourth = 0] = numbers;
  const ordered = isLatitudeFirst(crs) && numbers.length === 4 ? [second, first, fourth, third] : numbers;
  return { op: 'spatial', relation: 'intersects', geometry: boundingBoxArea(parseBbox(ordered)) };
}

function withGeometry(name: string, scanner: CqlScanner): Filter {
  const { geometry } = parseWkt(scanner.bracketed());
  const relation = RELATIONS.get(name);
  if (relation !== undefined) return { op: 'spatial', relation, geometry };
  scanner.expect(',');
  const distance = number(scanner);
  scanner.expect(',');
  const metres = METRES[scanner.next().value.toUpperCase()];
  if (metres === undefined) throw scanner.refuse('the unit of a distance is meters or kilometers');
  const near: Filter = { op: 'distance', geometry, distance: distance * metres };
  return name === 'BEYOND' ? complement(near) : near;
}

function number(scanner: CqlScanner): number {
  if (scanner.peek().kind !== 'number') throw scanner.refuse('a number is expected');
  return Number(scanner.next().value);
}
