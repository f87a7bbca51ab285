import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import type { Cql2 } from './cql2.js';
import { parseCql2Text } from './parse-cql2-text.js';

const p = (property: string): Cql2 => ({ property });
const op = (name: string, ...args: Cql2[]): Cql2 => ({ op: name, args });
const day = (date: string): Cql2 => ({ date });
const instant = (timestamp: string): Cql2 => ({ timestamp });
const interval = (start: Cql2, end: Cql2): Cql2 => ({ interval: [start, end] });
const point = { type: 'Point', coordinates: [36.3, 32.2] } as const;

/** One of each form among the standard's examples. */
const EXAMPLES: readonly (readonly [text: string, json: Cql2])[] = [
  [`city='Toronto'`, op('=', p('city'), 'Toronto')],
  [`avg(windSpeed) < 4`, op('<', op('avg', p('windSpeed')), 4)],
  [`balance-150.0 > 0`, op('>', op('-', p('balance'), 150), 0)],
  [`updated >= date('1970-01-01')`, op('>=', p('updated'), day('1970-01-01'))],
  [`geometry IS NOT NULL`, op('not', op('isNull', p('geometry')))],
  [`name LIKE 'Smith%'`, op('like', p('name'), 'Smith%')],
  [`depth BETWEEN 100.0 and 150.0`, op('between', p('depth'), 100, 150)],
  [`cityName IN ('Toronto','New York')`, op('in', p('cityName'), ['Toronto', 'New York'])],
  [`category NOT IN (1,2)`, op('not', op('in', p('category'), [1, 2]))],
  [`casei(road) IN (CASEI('Οδος'))`, op('in', op('casei', p('road')), [op('casei', 'Οδος')])],
  [`ACCENTI(etat) = ACCENTI('débárquér')`, op('=', op('accenti', p('etat')), op('accenti', 'débárquér'))],
  [`S_INTERSECTS(geometry,POINT(36.3 32.2))`, op('s_intersects', p('geometry'), point)],
  [`s_intersects(geometry,point (36.3 32.2))`, op('s_intersects', p('geometry'), point)],
  [`S_WITHIN(location,BBOX(-118,33.8,-117.9,34))`, op('s_within', p('location'), { bbox: [-118, 33.8, -117.9, 34] })],
  [
    `T_DURING(INTERVAL(a, b), INTERVAL('2005-01-10', '..'))`,
    op('t_during', interval(p('a'), p('b')), interval('2005-01-10', '..')),
  ],
  [`t_finishedby(x, TIMESTAMP('2012-08-10T05:30:00Z'))`, op('t_finishedBy', p('x'), instant('2012-08-10T05:30:00Z'))],
  [`A_CONTAINS(layer:ids, ('a','b'))`, op('a_contains', p('layer:ids'), ['a', 'b'])],
  [`A_EQUALS(('a', TRUE, 1.0, 8), "values")`, op('a_equals', ['a', true, 1, 8], p('values'))],
  [`A_OVERLAPS(v, ('a'))`, op('a_overlaps', p('v'), ['a'])],
  [`swimming_pool = true`, op('=', p('swimming_pool'), true)],
  [`FALSE <> Bar("geometry", 100, 'a')`, op('<>', false, op('Bar', p('geometry'), 100, 'a'))],
  [
    `a=1 AND (b>5 OR m LIKE 'x%')`,
    op('and', op('=', p('a'), 1), op('or', op('>', p('b'), 5), op('like', p('m'), 'x%'))),
  ],
  [`a=1 AND b=2 AND c=3`, op('and', op('=', p('a'), 1), op('=', p('b'), 2), op('=', p('c'), 3))],
  [`NOT (floors<5) OR pool=true`, op('or', op('not', op('<', p('floors'), 5)), op('=', p('pool'), true))],
  [`h > (clearance-1)`, op('>', p('h'), op('-', p('clearance'), 1))],
  [
    `value = - foo * 2.0 + "bar" / 6.5 - "x" ^ 2.0`,
    op(
      '=',
      p('value'),
      op('-', op('+', op('*', op('*', -1, p('foo')), 2), op('/', p('bar'), 6.5)), op('^', p('x'), 2)),
    ),
  ],
  [`1 = ("foo" div 2)`, op('=', 1, op('div', p('foo'), 2))],
  [`"and" = 'it''s' OR x = 'it\\'s'`, op('or', op('=', p('and'), `it's`), op('=', p('x'), `it's`))],
  [`"a ""quoted"" name" IS NULL`, op('isNull', p('a "quoted" name'))],
  [`étage.no_1 = -1.5e3`, op('=', p('étage.no_1'), -1500)],
];

const REFUSED: readonly string[] = [
  '',
  'a =',
  'a = 1 b',
  'a = 1 AND',
  '(a = 1',
  `a = 'open`,
  `"open`,
  'a IN 1, 2',
  'a NOT 5',
  'a BETWEEN 1',
  'a IS 1',
  'a = 1; drop table',
  'a == 1',
  'a = 1e999',
  'POINT(1',
  'S_INTERSECTS(g, POINT(1 2 3 4 5))',
  'BBOX(1, 2, 3) = 1',
  'DATE(1) = a',
  'INTERVAL(a) = 1',
  '\0',
  '='.repeat(1000),
];

describe('CQL2 text (OGC 21-065r2 §7, annex B)', () => {
  it.each(EXAMPLES)('reads %s', (text, json) => {
    expect(parseCql2Text(text)).toEqual(json);
  });

  it.each(REFUSED)('refuses %j, saying where', (text) => {
    expect(() => parseCql2Text(text)).toThrow(InvalidError);
  });

  it.each([
    ['a megabyte of text', `a = '${'x'.repeat(1 << 20)}'`],
    ['100 000 brackets', '('.repeat(100_000)],
    ['100 000 functions', 'f('.repeat(100_000)],
    ['100 000 negations of brackets', 'NOT ('.repeat(100_000)],
    ['20 000 conditions', Array.from({ length: 20_000 }, () => 'a=1').join(' OR ')],
    ['20 000 terms', `a = ${Array.from({ length: 20_000 }, () => '1').join('+')}`],
    ['geometry within geometry', 'GEOMETRYCOLLECTION('.repeat(10_000)],
  ])('refuses %s', (_, text) => {
    expect(() => parseCql2Text(text)).toThrow(InvalidError);
  });

  it('reads signs and negations without end', () => {
    expect(parseCql2Text(`a = ${'-'.repeat(10_001)}1`)).toEqual(op('=', p('a'), -1));
    expect(parseCql2Text(`${'NOT '.repeat(10_000)}a`)).toEqual(p('a'));
  });
});
