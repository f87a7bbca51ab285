import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidError } from '#domain/errors.js';
import type { Cql2 } from './cql2.js';
import { parseCql2Json } from './parse-cql2-json.js';
import { parseCql2Text } from './parse-cql2-text.js';
import { writeCql2Text } from './write-cql2-text.js';

const LIMITS = { minLength: 1, maxLength: 3 };
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((each) => !/\\('|$)/.test(each));
const property = fc.record({ property: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }) });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => (Object.is(each, -0) ? 0 : each));
const day = fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') });
const date = day.map((each) => ({ date: each.toISOString().slice(0, 10) }));
const timestamp = day.map((each) => ({ timestamp: each.toISOString() }));
const position = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
);
const plain = ([x, y]: [number, number]) => [x === 0 ? 0 : x, y === 0 ? 0 : y];
const geometry = fc.oneof(
  position.map((each) => ({ type: 'Point', coordinates: plain(each) })),
  fc
    .array(position, { minLength: 2, maxLength: 4 })
    .map((each) => ({ type: 'LineString', coordinates: each.map(plain) })),
);
const bbox = fc.array(number, { minLength: 4, maxLength: 4 }).map((numbers) => ({ bbox: numbers }));
const end = fc.oneof(fc.constant('..'), property, date, timestamp);
const interval = fc.tuple(end, end).map((ends) => ({ interval: ends }));

/** Expressions as the grammar has them: lists stand only where lists may. */
const { value, condition } = fc.letrec((tie) => {
  const some = tie('value');
  const list = fc.array(fc.oneof(text, number, fc.boolean(), date), { minLength: 2, maxLength: 3 });
  const binary = (...names: string[]) =>
    fc.tuple(fc.constantFrom(...names), some, some).map(([name, ...args]) => ({ op: name, args }));
  return {
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      text,
      number,
      fc.boolean(),
      property,
      date,
      timestamp,
      binary('+', '-', '*', '/', '%', 'div', '^'),
      fc.tuple(fc.constantFrom('casei', 'accenti'), some).map(([name, arg]) => ({ op: name, args: [arg] })),
      fc.array(some, { maxLength: 3 }).map((args) => ({ op: 'Foo', args })),
    ),
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      binary('=', '<>', '<', '<=', '>', '>=', 'like'),
      fc.tuple(some, some, some).map((args) => ({ op: 'between', args })),
      fc.tuple(some, list).map((args) => ({ op: 'in', args })),
      some.map((arg) => ({ op: 'isNull', args: [arg] })),
      fc.tuple(property, fc.oneof(geometry, bbox)).map((args) => ({ op: 's_intersects', args })),
      fc.tuple(interval, interval).map((args) => ({ op: 't_finishedBy', args })),
      fc.tuple(list, property).map((args) => ({ op: 'a_containedBy', args })),
      fc
        .tuple(fc.constantFrom('and', 'or'), fc.array(tie('condition'), { ...LIMITS, minLength: 2 }))
        .map(([name, args]) => ({ op: name, args })),
      tie('condition')
        .filter((arg) => (arg as { op: string }).op !== 'not')
        .map((arg) => ({ op: 'not', args: [arg] })),
    ),
  };
}) as { readonly value: fc.Arbitrary<Cql2>; readonly condition: fc.Arbitrary<Cql2> };

describe('CQL2 in both encodings', () => {
  it('says the same in text and in JSON', () => {
    fc.assert(
      fc.property(fc.oneof(condition, value), (expression) => {
        expect(parseCql2Text(writeCql2Text(expression))).toEqual(expression);
        expect(parseCql2Json(JSON.parse(JSON.stringify(expression)))).toEqual(expression);
      }),
    );
  });

  it('refuses to write what text cannot say', () => {
    expect(() => writeCql2Text({ op: '=', args: [{ property: 'a' }, 'ends in \\'] })).toThrow(InvalidError);
  });

  it('never fails on text other than by saying what is wrong', () => {
    const pieces = fc.constantFrom(
      'a',
      '1',
      "'x'",
      '(',
      ')',
      ',',
      'AND',
      'NOT',
      'IN',
      'BETWEEN',
      'LIKE',
      '=',
      '-',
      'POINT(',
      '"',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((each) => each.join(' ')),
        ),
        (any) => {
          try {
            parseCql2Text(any);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidError);
          }
        },
      ),
    );
  });
});
