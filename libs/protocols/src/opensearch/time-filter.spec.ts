import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import { TIME_RELATIONS, timeFilters } from './time-filter.js';

const START = new Date('2024-06-01T00:00:00Z');
const END = new Date('2024-06-02T23:59:59.999Z');
const within = (relation: string | undefined) => timeFilters({ from: '2024-06-01', to: '2024-06-02', relation });

describe('time:start, time:end and time:relation (OGC 10-032r8 §9.2)', () => {
  it('is being partly within, from the first moment of the first day to the last of the last', () => {
    const filter = { op: 'temporal', relation: 'overlaps', interval: { start: START, end: END } };
    expect([within(undefined), within('overlaps'), within('Intersects')]).toEqual([[filter], [filter], [filter]]);
  });

  it.each([
    ['during', 'within'],
    ['contains', 'contains'],
    ['before', 'before'],
    ['after', 'after'],
    ['equals', 'equals'],
  ])('%s is the relation %s of the acquisition', (relation, expected) => {
    expect(within(relation)).toMatchObject([{ op: 'temporal', relation: expected }]);
  });

  it.each([
    [
      'begins',
      [
        ['acquiredFrom', 'eq', START],
        ['acquiredTo', 'lt', END],
      ],
    ],
    [
      'begunBy',
      [
        ['acquiredFrom', 'eq', START],
        ['acquiredTo', 'gt', END],
      ],
    ],
    [
      'ends',
      [
        ['acquiredTo', 'eq', END],
        ['acquiredFrom', 'gt', START],
      ],
    ],
    [
      'endedBy',
      [
        ['acquiredTo', 'eq', END],
        ['acquiredFrom', 'lt', START],
      ],
    ],
    ['meets', [['acquiredTo', 'eq', START]]],
    ['metBy', [['acquiredFrom', 'eq', END]]],
    [
      'overlappedBy',
      [
        ['acquiredFrom', 'gt', START],
        ['acquiredFrom', 'lt', END],
        ['acquiredTo', 'gt', END],
      ],
    ],
  ] as const)('%s compares the ends', (relation, comparisons) => {
    const args = comparisons.map(([property, op, value]) => ({ op, property, value }));
    expect(within(relation)).toEqual([{ op: 'and', args }]);
  });

  it('finds nothing by a relation to an end that is not there', () => {
    const [filter] = timeFilters({ from: '2024-06-01', to: undefined, relation: 'metBy' });
    expect(filter).toEqual({ op: 'and', args: [{ op: 'constant', value: false }] });
  });

  it('refuses relations there are not and intervals that end before they begin', () => {
    expect(() => within('near')).toThrow(TIME_RELATIONS.join(', '));
    expect(() => timeFilters({ from: '2024-06-02', to: '2024-06-01', relation: undefined })).toThrow(InvalidError);
  });
});
