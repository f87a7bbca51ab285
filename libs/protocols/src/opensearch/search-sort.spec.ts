import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import { parseSort } from './search-sort.js';

const sort = (by?: string, direction?: string, keys?: string) => parseSort({ by, direction, keys }).sort;

describe('the order of results', () => {
  it.each([
    ['creationDate', 'ASC', [['published', 'asc']]],
    ['creationDate', undefined, [['published', 'asc']]],
    ['eo:cloudCover', 'DESC', [['cloudCover', 'desc']]],
    [
      'startDate,orbitNumber',
      'dsc',
      [
        ['acquiredFrom', 'desc'],
        ['absoluteOrbit', 'desc'],
      ],
    ],
    ['CREATIONDATE', 'asc', [['published', 'asc']]],
  ] as const)('sortBy=%s&sortDir=%s (CODE-DE)', (by, direction, keys) => {
    expect(sort(by, direction)).toEqual(keys.map(([property, way]) => ({ property, direction: way })));
  });

  it.each([
    ['creationDate', [['published', 'asc']]],
    ['creationDate,,0', [['published', 'desc']]],
    [
      'cloudCover,,1 startDate,,0',
      [
        ['cloudCover', 'asc'],
        ['acquiredFrom', 'desc'],
      ],
    ],
  ] as const)('sortKeys=%s (SRU 1.1)', (text, keys) => {
    expect(sort(undefined, undefined, text)).toEqual(keys.map(([property, way]) => ({ property, direction: way })));
  });

  it('is the default where nothing is said, and refused where nobody knows the name', () => {
    expect(sort()).toBeUndefined();
    expect(() => sort('colour')).toThrow(InvalidError);
    expect(() => sort(undefined, undefined, 'constructor,,1')).toThrow(InvalidError);
  });
});
