import { InvalidError } from '#domain/errors.js';
import type { TemporalRelation } from '#domain/catalog/catalog-query.js';
import type { TimeInterval } from '#domain/geometry/time-interval.js';
import type { FilterContext } from './filter-context.js';
import { sqlLiteral } from './catalog-literal.js';

const SUBJECT = 'datetime';

/**
 * Relation of the acquisition interval to a closed one whose absent end is open. Each adds the range of acquisition begins that follows from it,
 * so that only the years it can touch are read. Throws InvalidError for an end before its start.
 */
export function compileTemporal(relation: TemporalRelation, interval: TimeInterval, context: FilterContext): string {
  const { start, end } = interval;
  if (start !== undefined && end !== undefined && start > end) {
    throw new InvalidError('The time interval ends before it starts.', { subject: SUBJECT });
  }
  const instant = (at: Date) => context.parameters.add(sqlLiteral(at, 'date', SUBJECT), 'timestamptz');
  const all = CONDITIONS[relation]({ start, end, longestMs: context.longestMs });
  if (all.length === 0) return relation === 'overlaps' || relation === 'within' ? 'true' : 'false';
  const tests = all.map(([column, operator, at]) => `p.${column} ${operator} ${instant(at)}`);
  return tests.join(relation === 'disjoint' ? ' or ' : ' and ');
}

/**
 * The end, where a range of begins is given with it. An expression, because the planner takes begin and end for independent of each other
 * and would read half the index of ends for a condition that excludes next to nothing.
 */
const END = `acquired_to + interval '0'`;

type Condition = readonly [
  column: 'acquired_from' | 'acquired_to' | typeof END,
  operator: '=' | '<' | '<=' | '>' | '>=',
  at: Date,
];

interface Ends {
  readonly start: Date | undefined;
  readonly end: Date | undefined;
  readonly longestMs: number;
}

/** None where the interval is open at an end the relation needs. */
const CONDITIONS: Readonly<Record<TemporalRelation, (ends: Ends) => readonly Condition[]>> = {
  overlaps: ({ start, end, longestMs }) => [
    ...given(start, (at) => [[END, '>=', at], lastingUntil(at, longestMs)]),
    ...given(end, (at) => [['acquired_from', '<=', at]]),
  ],
  within: ({ start, end }) => [
    ...given(start, (at) => [['acquired_from', '>=', at]]),
    ...given(end, (at) => [
      ['acquired_to', '<=', at],
      ['acquired_from', '<=', at],
    ]),
  ],
  contains: ({ start, end, longestMs }) =>
    given(start, (from) =>
      given(end, (to) => [['acquired_from', '<=', from], [END, '>=', to], lastingUntil(to, longestMs)]),
    ),
  equals: ({ start, end }) =>
    given(start, (from) =>
      given(end, (to) => [
        ['acquired_from', '=', from],
        ['acquired_to', '=', to],
      ]),
    ),
  after: ({ end }) => given(end, (at) => [['acquired_from', '>', at]]),
  before: ({ start }) =>
    given(start, (at) => [
      ['acquired_to', '<', at],
      ['acquired_from', '<', at],
    ]),
  disjoint: ({ start, end }) => [
    ...given(start, (at) => [['acquired_to', '<', at]]),
    ...given(end, (at) => [['acquired_from', '>', at]]),
  ],
};

function lastingUntil(at: Date, longestMs: number): Condition {
  return ['acquired_from', '>=', new Date(Math.max(at.getTime() - longestMs, EARLIEST))];
}

/** PostgreSQL and ISO 8601 agree from year 1 on. */
const EARLIEST = new Date('0001-01-01T00:00:00Z').getTime();

function given(at: Date | undefined, then: (at: Date) => readonly Condition[]): readonly Condition[] {
  return at === undefined ? [] : then(at);
}
