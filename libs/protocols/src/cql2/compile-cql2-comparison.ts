import type { ComparisonOperator, Filter } from '#domain/catalog/catalog-query.js';
import { isOperation, isProperty, type Cql2, type Cql2Date, type Cql2Property, type Cql2Timestamp } from './cql2.js';
import { compileValue, refuse } from './compile-cql2-expression.js';
import { calledComparison } from './compile-cql2-called.js';
import { compareMoment } from './compile-cql2-moment.js';
import { momentOf, readMoment, type Moment } from './cql2-instant.js';
import type { Cql2Name, Cql2Names } from './cql2-names.js';
import { standardName } from './cql2-operators.js';

const REVERSED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  eq: 'eq',
  ne: 'ne',
  lt: 'gt',
  le: 'ge',
  gt: 'lt',
  ge: 'le',
};

/** Two values compared (OGC 21-065r2 §6.3, §7.2): a property against a literal as the simple condition an index serves, anything else computed. */
export function compileComparison(
  operator: ComparisonOperator,
  [left, right]: readonly [Cql2, Cql2],
  names: Cql2Names,
): Filter {
  if (isLiteral(left) && !isLiteral(right)) return compileComparison(REVERSED[operator], [right, left], names);
  const simple =
    simpleComparison(operator, [left, right], names) ??
    foldedComparison(operator, [left, right], names) ??
    calledComparison(operator, [left, right], names);
  if (simple !== undefined) return simple;
  const operands = { left: compileValue(left, names), right: compileValue(right, names) };
  return { op: 'computed', test: { kind: 'compare', operator, ...operands } };
}

/** Whether a value says itself: no property, no operation. */
export function isLiteral(node: Cql2): node is string | number | boolean | Cql2Date | Cql2Timestamp {
  return typeof node !== 'object' || 'date' in node || 'timestamp' in node;
}

function simpleComparison(
  operator: ComparisonOperator,
  [left, right]: readonly [Cql2, Cql2],
  names: Cql2Names,
): Filter | undefined {
  if (typeof left !== 'object' || !isProperty(left) || !isLiteral(right)) return undefined;
  const name = scalarName(left, names);
  const moment = momentFor(name, right);
  if (moment !== undefined) return compareMoment(operator, name.property, moment);
  return typeof right === 'object' ? undefined : { op: operator, property: name.property, value: right };
}

/** The property of a name that has an order. Throws InvalidError for a geometry. */
export function scalarName(node: Cql2Property, names: Cql2Names): Cql2Name {
  const name = names(node.property);
  if (name.type === 'geometry') throw refuse(`${node.property} is a geometry: S_INTERSECTS and the like compare it`);
  return name;
}

/** A literal that is compared as a time: a date or timestamp, or text that says one to a property that has one. */
export function momentFor(name: Cql2Name, literal: Cql2): Moment | undefined {
  return name.type === 'date' && typeof literal === 'string' ? readMoment(literal) : momentOf(literal);
}

/** The property of `casei(property)`, where it is one of the vocabulary: those hold ASCII. */
export function foldedProperty(node: Cql2, names: Cql2Names): Cql2Name | undefined {
  if (typeof node !== 'object' || !isOperation(node) || standardName(node.op) !== 'casei') return undefined;
  const [text, more] = node.args;
  if (more !== undefined || typeof text !== 'object' || !isProperty(text)) return undefined;
  const name = scalarName(text, names);
  return name.type === 'unknown' ? undefined : name;
}

/** ASCII text without upper case, written so or as `casei('…')`: what the simple conditions fold alike. */
export function foldedText(node: Cql2): string | undefined {
  const isFolded = typeof node === 'object' && isOperation(node) && standardName(node.op) === 'casei';
  const text = isFolded && node.args.length === 1 ? node.args[0] : node;
  if (typeof text !== 'string' || /[^\0-\x7f]/.test(text)) return undefined;
  return isFolded || !/[A-Z]/.test(text) ? text.toLowerCase() : undefined;
}

function foldedComparison(
  operator: ComparisonOperator,
  [left, right]: readonly [Cql2, Cql2],
  names: Cql2Names,
): Filter | undefined {
  const name = foldedProperty(left, names);
  const value = foldedText(right);
  if (name === undefined || value === undefined || (operator !== 'eq' && operator !== 'ne')) return undefined;
  return { op: operator, property: name.property, value, caseInsensitive: true };
}
