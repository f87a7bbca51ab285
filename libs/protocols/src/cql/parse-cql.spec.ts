import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import type { FilterNames } from '../fes/filter-names.js';
import { parseCql } from './parse-cql.js';

const NAMES: FilterNames = { property: (name) => name, geometry: () => undefined };
const read = (text: string): Filter => parseCql(text, NAMES);
const eq = (property: string, value: string): Filter => ({ op: 'eq', property, value });

describe('parseCql (CQL_TEXT, OGC 07-006r1 §10.8.4.13)', () => {
  it.each<[string, Filter]>([
    ["apiso:Type = 'series'", eq('apiso:Type', 'series')],
    ["a:b/c = 'it''s'", eq('a:b/c', "it's")],
    ['"quoted name" = 1.5e3', eq('quoted name', '1.5e3')],
    ['cloud<-1', { op: 'lt', property: 'cloud', value: '-1' }],
    ["a <> 'x'", { op: 'ne', property: 'a', value: 'x' }],
    ["t >= 2024-01-01T10:00:00Z", { op: 'ge', property: 't', value: '2024-01-01T10:00:00Z' }],
    ["t AFTER 2024-01-01", { op: 'gt', property: 't', value: '2024-01-01' }],
    ["a like 'x%'", { op: 'like', property: 'a', pattern: 'x%' }],
    ["a ILIKE 'x_'", { op: 'like', property: 'a', pattern: 'x_', caseInsensitive: true }],
    ["a in ('x', 2)", { op: 'in', property: 'a', values: ['x', '2'] }],
    ['a between 1 and 2', { op: 'between', property: 'a', lower: '1', upper: '2' }],
    ['a IS NULL', { op: 'isNull', property: 'a' }],
    ['a is not null', { op: 'not', arg: { op: 'isNull', property: 'a' } }],
    ["a='1' or b='2' and c='3'", { op: 'or', args: [eq('a', '1'), { op: 'and', args: [eq('b', '2'), eq('c', '3')] }] }],
    ["(a='1' or b='2') and c='3'", { op: 'and', args: [{ op: 'or', args: [eq('a', '1'), eq('b', '2')] }, eq('c', '3')] }],
    ["not a='1'", { op: 'or', args: [{ op: 'not', arg: eq('a', '1') }, { op: 'isNull', property: 'a' }] }],
    ['INTERSECTS(g, POINT(1 2))', { op: 'spatial', relation: 'intersects', geometry: { type: 'Point', coordinates: [1, 2] } }],
    ['DWITHIN(g, POINT(1 2), 3, kilometers)', { op: 'distance', distance: 3000, geometry: { type: 'Point', coordinates: [1, 2] } }],
    ['BBOX(g, 1, 2, 1, 2)', { op: 'spatial', relation: 'intersects', geometry: { type: 'Point', coordinates: [1, 2] } }],
    ["BBOX(g, 2, 1, 2, 1, 'urn:ogc:def:crs:EPSG::4326')", { op: 'spatial', relation: 'intersects', geometry: { type: 'Point', coordinates: [1, 2] } }],
  ])('reads %s', (text, filter) => {
    expect(read(text)).toEqual(filter);
  }); // prettier-ignore

  it.each([
    '', 'a', 'a =', "a = 'x", "= 'x'", "a = 'x' b", '(a = 1', 'a in ()', 'a between 1', 'a like', 'INTERSECTS(g)', 'INTERSECTS(g, POINT(1 2)', 'BBOX(g, 1, 2, 3)', 'a = b', '#',
    `${'('.repeat(10_000)}a=1${')'.repeat(10_000)}`, `${'not '.repeat(10_000)}a=1`, `a=1${' or a=1'.repeat(10_000)}`, 'x'.repeat(2_000_000),
  ])('refuses %.40s', (text) => {
    expect(() => read(text)).toThrow(InvalidError);
  }); // prettier-ignore

  it('reads every literal as it was, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(read(`a = '${value.replaceAll("'", "''")}'`)).toEqual(eq('a', value));
      }),
    );
  });

  it('throws nothing but InvalidError', () => {
    const words = fc.constantFrom(
      'a',
      'and',
      'or',
      'not',
      '(',
      ')',
      "'x'",
      '=',
      'like',
      'in',
      ',',
      '1',
      'BBOX(',
      'POINT(1 2)',
      'is',
      'null',
      'between',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (tokens) => {
        try {
          read(tokens.join(' '));
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidError);
        }
      }),
    );
  });
});
