import type { Expression, Filter, SpatialRelation } from '#domain/catalog/catalog-query.js';
import { FOOTPRINT } from '#domain/catalog/complement.js';
import type { Cql2, Cql2Operation } from './cql2.js';
import { compileValue, operands } from './compile-cql2-expression.js';
import type { Cql2Names } from './cql2-names.js';
import { standardName } from './cql2-operators.js';

/** The others are the same either way round. */
const REVERSED: Partial<Record<SpatialRelation, SpatialRelation>> = { within: 'contains', contains: 'within' };

/** Spatial predicates (OGC 21-065r2 §7.7, §7.8): the footprint against a literal, either way round, as the condition the index serves. */
export function compileSpatial({ op, args }: Cql2Operation, names: Cql2Names): Filter {
  const relation = standardName(op).slice(2) as SpatialRelation;
  const [left, right] = operands(op, args, 2).map((arg: Cql2) => compileValue(arg, names)) as [Expression, Expression];
  if (isFootprint(left) && right.kind === 'place') return { op: 'spatial', relation, geometry: right.geometry };
  if (left.kind === 'place' && isFootprint(right)) {
    return { op: 'spatial', relation: REVERSED[relation] ?? relation, geometry: left.geometry };
  }
  return { op: 'computed', test: { kind: 'places', relation, left, right } };
}

function isFootprint(place: Expression): boolean {
  return place.kind === 'property' && place.property === FOOTPRINT;
}
