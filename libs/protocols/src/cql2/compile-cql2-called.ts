import type { ComparisonOperator, Filter } from '#domain/catalog/catalog-query.js';
import { FOOTPRINT } from '#domain/catalog/complement.js';
import { isOperation, isProperty, type Cql2, type Cql2Operation } from './cql2.js';
import { compileValue } from './compile-cql2-expression.js';
import { compareMoment } from './compile-cql2-moment.js';
import type { Cql2Names } from './cql2-names.js';

/** A function compared with a number as the condition an index serves, where there is one: `year` and `distance` (OGC 21-065r2 §7.11). */
export function calledComparison(
  operator: ComparisonOperator,
  [left, right]: readonly [Cql2, Cql2],
  names: Cql2Names,
): Filter | undefined {
  if (typeof left !== 'object' || !isOperation(left) || typeof right !== 'number') return undefined;
  const name = left.op.toLowerCase();
  if (name === 'year') return inYear(operator, [left, right], names);
  return name === 'distance' ? withinDistance(operator, [left, right], names) : undefined;
}

type Called = readonly [call: Cql2Operation, value: number];

/** A year is compared as a long day. */
function inYear(operator: ComparisonOperator, [{ args }, year]: Called, names: Cql2Names): Filter | undefined {
  const [instant, more] = args;
  if (!Number.isInteger(year) || year < 1000 || year > 9998) return undefined;
  if (more !== undefined || typeof instant !== 'object' || !isProperty(instant)) return undefined;
  const { property, type } = names(instant.property);
  const [start, next] = [Date.UTC(year, 0), Date.UTC(year + 1, 0)];
  const moment = { start: new Date(start), end: new Date(next - 1) };
  return type === 'date' ? compareMoment(operator, property, moment) : undefined;
}

/** What is nearer than a distance is among what is within it. */
function withinDistance(operator: ComparisonOperator, [call, distance]: Called, names: Cql2Names): Filter | undefined {
  if (operator !== 'le' && operator !== 'lt') return undefined;
  const operands = call.args.map((arg) => compileValue(arg, names));
  const place = operands.find((operand) => operand.kind === 'place');
  const isOfFootprint = operands.some((operand) => operand.kind === 'property' && operand.property === FOOTPRINT);
  if (operands.length !== 2 || place === undefined || !isOfFootprint) return undefined;
  const within: Filter = { op: 'distance', geometry: place.geometry, distance };
  if (operator === 'le') return within;
  const [left, right] = [compileValue(call, names), compileValue(distance, names)] as const;
  return { op: 'and', args: [within, { op: 'computed', test: { kind: 'compare', operator, left, right } }] };
}
