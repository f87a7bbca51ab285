import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Filter, Literal } from './catalog-query.js';
import { complement } from './complement.js';
import { matchesFilter, type FilteredRecord } from './matches-filter.js';

const VALUES: Readonly<Record<string, readonly Literal[]>> = {
  title: ['Lorem ipsum'],
  keywords: ['Land', 'Water'],
  size: [7],
  when: [new Date('2024-06-01T00:00:00Z')],
};
const RECORD: FilteredRecord = {
  values: (name) => VALUES[name] ?? [],
  text: 'Lorem ipsum dolor',
  bbox: [170, -10, -170, 10],
  time: { start: new Date('2024-01-01T00:00:00Z') },
};
const point = (x: number, y: number): Filter => ({
  op: 'spatial',
  relation: 'intersects',
  geometry: { type: 'Point', coordinates: [x, y] },
});

describe('matchesFilter', () => {
  it.each<[Filter, boolean]>([
    [{ op: 'eq', property: 'title', value: 'lorem IPSUM', caseInsensitive: true }, true],
    [{ op: 'eq', property: 'title', value: 'lorem IPSUM' }, false],
    [{ op: 'eq', property: 'keywords', value: 'Water' }, true],
    [{ op: 'ne', property: 'keywords', value: 'Water' }, false],
    [{ op: 'ne', property: 'nothing', value: 'x' }, false],
    [{ op: 'isNull', property: 'nothing' }, true],
    [{ op: 'gt', property: 'size', value: '6.5' }, true],
    [{ op: 'gt', property: 'size', value: '' }, false],
    [{ op: 'between', property: 'when', lower: '2024-05-31T00:00:00Z', upper: '2024-06-02T00:00:00Z' }, true],
    [{ op: 'in', property: 'size', values: ['6', '7'] }, true],
    [{ op: 'like', property: 'title', pattern: 'L%_psum' }, true],
    [{ op: 'like', property: 'title', pattern: String.raw`L\%` }, false],
    [{ op: 'text', text: 'ipsum lor*' }, true],
    [{ op: 'text', text: 'ipsu' }, false],
    [point(-175, 0), true],
    [point(0, 0), false],
    [{ op: 'temporal', relation: 'contains', interval: { start: new Date('2024-03-01T00:00:00Z') } }, true],
    [{ op: 'temporal', relation: 'before', interval: { start: new Date('2030-01-01T00:00:00Z') } }, false],
  ])('%j is %s', (filter, expected) => {
    expect(matchesFilter(filter, RECORD)).toBe(expected);
    expect(matchesFilter(complement(filter), RECORD)).toBe(!expected);
  });

  it('compares with a hostile pattern in no time to speak of', () => {
    const record = { ...RECORD, values: () => ['a'.repeat(5000)] };
    expect(matchesFilter({ op: 'like', property: 'x', pattern: `${'%a'.repeat(500)}%b` }, record)).toBe(false);
  });

  const leaf = fc.constantFrom<Filter>(
    { op: 'eq', property: 'title', value: 'x' },
    { op: 'like', property: 'nothing', pattern: '%' },
    { op: 'isNull', property: 'size' },
    { op: 'gt', property: 'size', value: 3 },
    point(-175, 0),
    { op: 'constant', value: true },
  );
  const tree = fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('filter'), { maxLength: 3 }).map((args): Filter => ({ op: 'and', args })),
      fc.array(tie('filter'), { maxLength: 3 }).map((args): Filter => ({ op: 'or', args })),
      tie('filter').map((arg): Filter => ({ op: 'not', arg })),
    ),
  })).filter;

  it('is true of a filter or of its complement, never of both', () => {
    fc.assert(fc.property(tree, (filter) => {
      expect(matchesFilter(complement(filter), RECORD)).toBe(!matchesFilter(filter, RECORD));
    })); // prettier-ignore
  });
});
