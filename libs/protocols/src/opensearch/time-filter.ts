import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import type { TimeInterval } from '#domain/geometry/time-interval.js';
import { parseDatedParameter } from './dated-parameter.js';

/** What a search says of time: two texts as they came. */
export interface TimeTerms {
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** `time:relation` of the acquisition to the interval; partly within it where none is given. */
  readonly relation: string | undefined;
}

/**
 * The condition of `time:start`, `time:end` and `time:relation` (OGC 10-032r8 §9.2, table 4); a date as the end is its whole day. Throws
 * InvalidError naming the parameter.
 */
export function timeFilters({ from, to, relation = 'overlaps' }: TimeTerms): readonly Filter[] {
  const name = relation.trim().toLowerCase();
  const write = Object.hasOwn(RELATIONS, name) ? RELATIONS[name] : undefined;
  if (write === undefined) {
    throw new InvalidError(`timeRelation: "${relation}" is none of ${TIME_RELATIONS.join(', ')}`, {
      subject: 'timeRelation',
    });
  }
  return from === undefined && to === undefined ? [] : [write(intervalOf(from, to))];
}

function intervalOf(from: string | undefined, to: string | undefined): TimeInterval {
  const start = from === undefined ? undefined : parseDatedParameter(from, 'startDate').start;
  const end = to === undefined ? undefined : parseDatedParameter(to, 'endDate').end;
  if (start !== undefined && end !== undefined && start > end) {
    throw new InvalidError('endDate is before startDate', { subject: 'endDate' });
  }
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
}

type Edge = readonly [end: 'acquiredFrom' | 'acquiredTo', op: 'eq' | 'lt' | 'gt', of: 'start' | 'end'];

/** Conditions on the ends of the acquisition; false where they need an end the interval does not have. */
const edges =
  (...all: readonly Edge[]) =>
  (interval: TimeInterval): Filter => {
    const args = all.map(([property, op, of]): Filter => {
      const value = interval[of];
      return value === undefined ? { op: 'constant', value: false } : { op, property, value };
    });
    return { op: 'and', args };
  };

const temporal =
  (relation: Extract<Filter, { op: 'temporal' }>['relation']) =>
  (interval: TimeInterval): Filter => ({ op: 'temporal', relation, interval });

/** The acquisition's relation to the interval asked for: Allen's, as OGC 10-032r8 names them. */
const RELATIONS: Readonly<Record<string, (interval: TimeInterval) => Filter>> = {
  overlaps: temporal('overlaps'),
  intersects: temporal('overlaps'),
  anyinteracts: temporal('overlaps'),
  during: temporal('within'),
  contains: temporal('contains'),
  before: temporal('before'),
  after: temporal('after'),
  equals: temporal('equals'),
  disjoint: temporal('disjoint'),
  begins: edges(['acquiredFrom', 'eq', 'start'], ['acquiredTo', 'lt', 'end']),
  begunby: edges(['acquiredFrom', 'eq', 'start'], ['acquiredTo', 'gt', 'end']),
  ends: edges(['acquiredTo', 'eq', 'end'], ['acquiredFrom', 'gt', 'start']),
  endedby: edges(['acquiredTo', 'eq', 'end'], ['acquiredFrom', 'lt', 'start']),
  meets: edges(['acquiredTo', 'eq', 'start']),
  metby: edges(['acquiredFrom', 'eq', 'end']),
  overlappedby: edges(['acquiredFrom', 'gt', 'start'], ['acquiredFrom', 'lt', 'end'], ['acquiredTo', 'gt', 'end']),
};

/** The relations by name. */
export const TIME_RELATIONS: readonly string[] = Object.keys(RELATIONS);
