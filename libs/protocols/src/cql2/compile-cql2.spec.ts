import { describe, expect, it } from '@jest/globals';
import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { compileCql2 } from './compile-cql2.js';
import type { Cql2Names } from './cql2-names.js';
import { parseCql2Json } from './parse-cql2-json.js';
import { parseCql2Text } from './parse-cql2-text.js';

const names: Cql2Names = (name) => {
  if (name === 'geometry') return { property: 'footprint', type: 'geometry' };
  if (name === 'datetime') return { property: 'acquiredFrom', type: 'date', until: 'acquiredTo' };
  if (name === 'updated') return { property: 'updated', type: 'date' };
  return name === 'platform' ? { property: name, type: 'string' } : { property: `extra:${name}`, type: 'unknown' };
};
const compile = (text: string): Filter => compileCql2(parseCql2Text(text), names);

const at = (text: string) => new Date(text);
const point = { type: 'Point', coordinates: [1, 2] } as const;
const june = { start: at('2024-06-01T00:00:00Z'), end: at('2024-06-30T23:59:59.999Z') };

/** What indexes serve stays what they serve. */
const SIMPLE: readonly (readonly [string, Filter])[] = [
  [`platform = 'a'`, { op: 'eq', property: 'platform', value: 'a' }],
  [`5 < cloud`, { op: 'gt', property: 'extra:cloud', value: 5 }],
  [`cloud BETWEEN 1 AND 2`, { op: 'between', property: 'extra:cloud', lower: 1, upper: 2 }],
  [`platform IN ('a', 'b')`, { op: 'in', property: 'platform', values: ['a', 'b'] }],
  [`platform LIKE 'a%'`, { op: 'like', property: 'platform', pattern: 'a%' }],
  [`CASEI(platform) = CASEI('ABC')`, { op: 'eq', property: 'platform', value: 'abc', caseInsensitive: true }],
  [`CASEI(platform) LIKE CASEI('A%')`, { op: 'like', property: 'platform', pattern: 'a%', caseInsensitive: true }],
  [`CASEI(platform) IN (CASEI('A'))`, { op: 'in', property: 'platform', values: ['a'], caseInsensitive: true }],
  [`geometry IS NULL`, { op: 'isNull', property: 'footprint' }],
  [`'a' IS NULL`, { op: 'constant', value: false }],
  [`swimming`, { op: 'eq', property: 'extra:swimming', value: true }],
  [`(platform = 'a') <> TRUE`, { op: 'not', arg: { op: 'eq', property: 'platform', value: 'a' } }],
  [`updated > TIMESTAMP('2024-06-01T12:00:00Z')`, { op: 'gt', property: 'updated', value: at('2024-06-01T12:00:00Z') }],
  [`updated > DATE('2024-06-01')`, { op: 'ge', property: 'updated', value: at('2024-06-02T00:00:00Z') }],
  [`updated <= '2024-06-01'`, { op: 'lt', property: 'updated', value: at('2024-06-02T00:00:00Z') }],
  [`S_WITHIN(geometry, POINT(1 2))`, { op: 'spatial', relation: 'within', geometry: point }],
  [`S_WITHIN(POINT(1 2), geometry)`, { op: 'spatial', relation: 'contains', geometry: point }],
  [`S_TOUCHES(POINT(1 2), geometry)`, { op: 'spatial', relation: 'touches', geometry: point }],
  [`year(updated) >= 2024`, { op: 'ge', property: 'updated', value: at('2024-01-01T00:00:00Z') }],
  [`2024 < year(updated)`, { op: 'ge', property: 'updated', value: at('2025-01-01T00:00:00Z') }],
  [`distance(POINT(1 2), geometry) <= 10`, { op: 'distance', geometry: point, distance: 10 }],
  [
    `T_INTERSECTS(datetime, INTERVAL('2024-06-01', '2024-06-30'))`,
    { op: 'temporal', relation: 'overlaps', interval: june },
  ],
  [`T_AFTER(INTERVAL('2024-06-01', '2024-06-30'), datetime)`, { op: 'temporal', relation: 'before', interval: june }],
  [
    `T_DISJOINT(INTERVAL('..', '2024-06-30'), datetime)`,
    { op: 'temporal', relation: 'disjoint', interval: { end: june.end } },
  ],
];

/** What is computed, and the condition an index serves that comes with it. */
const SERVED: readonly (readonly [string, Filter])[] = [
  [`T_DURING(datetime, INTERVAL('2024-06-01', '2024-06-30'))`, { op: 'temporal', relation: 'within', interval: june }],
  [
    `T_CONTAINS(INTERVAL('2024-06-01', '2024-06-30'), datetime)`,
    { op: 'temporal', relation: 'within', interval: june },
  ],
  [
    `T_STARTS(datetime, INTERVAL('2024-06-01', '2024-06-30'))`,
    { op: 'temporal', relation: 'overlaps', interval: june },
  ],
  [
    `T_MEETS(datetime, INTERVAL('2024-06-01', '2024-06-30'))`,
    { op: 'temporal', relation: 'overlaps', interval: { start: june.start, end: june.start } },
  ],
  [`T_METBY(datetime, INTERVAL('2024-06-01', '..'))`, { op: 'constant', value: false }],
];

describe('CQL2 as the one query', () => {
  it.each(SIMPLE)('%s is a simple condition', (text, filter) => {
    expect(compile(text)).toEqual(filter);
  });

  it.each(SERVED)('%s brings what an index serves', (text, served) => {
    expect(compile(text)).toMatchObject({ op: 'and', args: [served, { op: 'computed', test: { kind: 'spans' } }] });
  });

  it.each([
    [`a = b`, 'compare'],
    [`cloud + 1 > 5`, 'compare'],
    [`CASEI(road) = CASEI('x')`, 'compare'],
    [`CASEI(platform) = CASEI('É')`, 'compare'],
    [`CASEI(platform) = 'ABC'`, 'compare'],
    [`ACCENTI(platform) LIKE ACCENTI('é%')`, 'like'],
    [`(a + 1) IS NULL`, 'absent'],
    [`A_EQUALS(a, (1, 2))`, 'lists'],
    [`T_AFTER(INTERVAL(a, b), INTERVAL('..', c))`, 'spans'],
    [`S_EQUALS(POINT(1 2), BBOX(0, 0, 1, 1))`, 'places'],
  ])('%s is computed (%s)', (text, kind) => {
    expect(compile(text)).toMatchObject({ op: 'computed', test: { kind } });
  });

  it('reads the BETWEEN of drafts', () => {
    const json = parseCql2Json({ op: 'between', args: [{ property: 'cloud' }, [1, 2]] });
    expect(compileCql2(json, names)).toEqual(compile('cloud BETWEEN 1 AND 2'));
  });

  it('reads the operators of JSON in any case', () => {
    const json = (name: string) =>
      compileCql2(parseCql2Json({ op: name, args: [{ property: 'geometry' }, point] }), names);
    expect(json('S_INTERSECTS')).toEqual(json('s_intersects'));
  });

  it.each([
    `'a'`,
    `5`,
    `('a', 'b')`,
    `abs(cloud)`,
    `Foo(geometry) = TRUE`,
    `(a = 1) = (b = 2)`,
    `geometry = 5`,
    `geometry LIKE 'x'`,
    `INTERVAL('..', '..') = 1`,
    `updated > DATE('2024-13-01')`,
    `updated > TIMESTAMP('yesterday')`,
    `T_AFTER(updated, INTERVAL('2024-06-30', '2024-06-01'))`,
    `T_AFTER(updated, INTERVAL('sometime', '..'))`,
    `S_WITHIN(geometry, BBOX(0, 91, 1, 92))`,
  ])('refuses %s', (text) => {
    expect(() => compile(text)).toThrow(InvalidError);
  });

  it.each([
    { op: '=', args: [1] },
    { op: 'not', args: [] },
    { op: 'and', args: [] },
    { op: 'in', args: [{ property: 'a' }, 1] },
    { op: 's_intersects', args: [{ property: 'geometry' }] },
    { op: '__proto__', args: [1] },
    { op: 't_constructor', args: [{ property: 'updated' }, { date: '2024-01-01' }] },
  ])('refuses %j', (json) => {
    expect(() => compileCql2(parseCql2Json(json), names)).toThrow(InvalidError);
  });
});
