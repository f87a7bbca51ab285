import type { Expression, Filter, IntervalRelation, Span, TemporalRelation } from '#domain/catalog/catalog-query.js';
import type { TimeInterval } from '#domain/geometry/time-interval.js';
import { isProperty, type Cql2, type Cql2Operation } from './cql2.js';
import { compileValue, operands, refuse } from './compile-cql2-expression.js';
import { momentOf, readMoment, type Moment } from './cql2-instant.js';
import type { Cql2Names } from './cql2-names.js';
import { standardName } from './cql2-operators.js';

const REVERSED: Readonly<Record<IntervalRelation, IntervalRelation>> = {
  after: 'before',
  before: 'after',
  contains: 'during',
  disjoint: 'disjoint',
  during: 'contains',
  equals: 'equals',
  finishedBy: 'finishes',
  finishes: 'finishedBy',
  intersects: 'intersects',
  meets: 'metBy',
  metBy: 'meets',
  overlappedBy: 'overlaps',
  overlaps: 'overlappedBy',
  startedBy: 'starts',
  starts: 'startedBy',
};

/** Relations an index of the acquisition serves by themselves. */
const SERVED: Partial<Record<IntervalRelation, TemporalRelation>> = {
  after: 'after',
  before: 'before',
  disjoint: 'disjoint',
  equals: 'equals',
  intersects: 'overlaps',
};

interface Times {
  readonly span: Span;
  /** Where it is the acquisition. */
  readonly isAcquisition: boolean;
  /** Where both ends are literal. */
  readonly literal?: TimeInterval;
}

/**
 * Temporal predicates (OGC 21-065r2 §7.9). Instants are intervals without extent, days last from their first to their last millisecond, `..` is open.
 * The acquisition against literals brings the condition its index serves with it.
 */
export function compileTemporal({ op, args }: Cql2Operation, names: Cql2Names): Filter {
  const relation = standardName(op).slice(2) as IntervalRelation;
  const [left, right] = operands(op, args, 2).map((arg) => timesOf(arg, names)) as [Times, Times];
  if (left.isAcquisition && right.literal !== undefined) return ofAcquisition(relation, right.span, right.literal);
  if (left.literal !== undefined && right.isAcquisition) {
    return ofAcquisition(REVERSED[relation], left.span, left.literal);
  }
  return { op: 'computed', test: { kind: 'spans', relation, left: left.span, right: right.span } };
}

const ACQUISITION: Span = {
  start: { kind: 'property', property: 'acquiredFrom' },
  end: { kind: 'property', property: 'acquiredTo' },
};

function ofAcquisition(relation: IntervalRelation, right: Span, literal: TimeInterval): Filter {
  const served = SERVED[relation];
  if (served !== undefined) return { op: 'temporal', relation: served, interval: literal };
  const exact: Filter = { op: 'computed', test: { kind: 'spans', relation, left: ACQUISITION, right } };
  return { op: 'and', args: [necessary(relation, literal), exact] };
}

/** What follows from a relation and can be found by the index. */
function necessary(relation: IntervalRelation, interval: TimeInterval): Filter {
  const overlaps = (of: TimeInterval): Filter => ({ op: 'temporal', relation: 'overlaps', interval: of });
  if (relation === 'during') return { op: 'temporal', relation: 'within', interval };
  if (relation !== 'meets' && relation !== 'metBy') return overlaps(interval);
  const at = relation === 'meets' ? interval.start : interval.end;
  return at === undefined ? { op: 'constant', value: false } : overlaps({ start: at, end: at });
}

function timesOf(node: Cql2, names: Cql2Names): Times {
  const moment = momentOf(node) ?? (typeof node === 'string' ? readMoment(node) : undefined);
  if (moment !== undefined) return literalTimes(moment);
  if (typeof node === 'object' && 'interval' in node) return intervalTimes(node.interval, names);
  if (typeof node === 'object' && isProperty(node)) {
    const { property, until } = names(node.property);
    return propertyTimes({ kind: 'property', property }, { kind: 'property', property: until ?? property });
  }
  const at = compileValue(node, names);
  return { span: { start: at, end: at }, isAcquisition: false };
}

function intervalTimes([first, last]: readonly [Cql2, Cql2], names: Cql2Names): Times {
  const [start, end] = [endOf(first, 'start', names), endOf(last, 'end', names)];
  const isLiteral = (at: Expression | undefined) => at === undefined || at.kind === 'literal';
  if (isLiteral(start) && isLiteral(end)) return literalTimes({ ...dated('start', start), ...dated('end', end) });
  return propertyTimes(start, end);
}

/** Undefined where the interval is open. */
function endOf(node: Cql2, end: keyof Moment, names: Cql2Names): Expression | undefined {
  if (node === '..') return undefined;
  const moment = momentOf(node) ?? (typeof node === 'string' ? readMoment(node) : undefined);
  if (moment !== undefined) return { kind: 'literal', value: moment[end] };
  if (typeof node !== 'object') throw refuse(`${JSON.stringify(node).slice(0, 40)} is no end of an interval`);
  if (!isProperty(node)) return compileValue(node, names);
  const { property, until } = names(node.property);
  return { kind: 'property', property: end === 'end' ? (until ?? property) : property };
}

function dated(end: 'start' | 'end', at: Expression | undefined): TimeInterval {
  return at?.kind === 'literal' && at.value instanceof Date ? { [end]: at.value } : {};
}

function literalTimes(literal: TimeInterval): Times {
  const { start, end } = literal;
  if (start !== undefined && end !== undefined && start > end) throw refuse('an interval ends before it starts');
  const span: Span = {
    ...(start === undefined ? {} : { start: { kind: 'literal', value: start } }),
    ...(end === undefined ? {} : { end: { kind: 'literal', value: end } }),
  };
  return { span, isAcquisition: false, literal };
}

function propertyTimes(start: Expression | undefined, end: Expression | undefined): Times {
  const span: Span = { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
  const isAcquisition = isNamed(start, 'acquiredFrom') && isNamed(end, 'acquiredTo');
  return { span, isAcquisition };
}

function isNamed(at: Expression | undefined, name: string): boolean {
  return at?.kind === 'property' && at.property === name;
}
