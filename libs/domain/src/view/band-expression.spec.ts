import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidError } from '../errors.js';
import { bandsOf } from './band-expression.js';
import { compileBandExpression } from './compile-band-expression.js';
import { parseBandExpression } from './parse-band-expression.js';

const BANDS = { B03: 0.1, B04: 0.2, B08: 0.6, SCL: 6, NONE: NaN };

function evaluate(text: string, bands: Readonly<Record<string, number>> = BANDS): number {
  const rows = new Map(Object.entries(bands).map(([name, value]) => [name, Float64Array.of(value)]));
  return compileBandExpression(parseBandExpression(text), rows, 1)(1)[0]!;
}

describe('band expressions', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['8 / 4 / 2', 1],
    ['1e-3*1000', 1],
    ['.5 + 1.', 1.5],
    ['(B08 - B04) / (B08 + B04)', 0.5],
    ['index(B08, B04)', 0.5],
    ['index(B04, -B04)', 0],
    ['SCL == 6 ? 1 : 2', 1],
    ['SCL != 6 ? 1 : SCL > 5 ? 3 : 2', 3],
    ['!(SCL >= 4 && SCL < 6) || 0', 1],
    ['clamp(2, 0, 1)', 1],
    ['stretch(5, 0, 10)', 0.5],
    ['db(0.01)', -20],
    ['tone(3, 3, 0.13, 1.8)', 1],
    ['tone(0.13, 3, 0.13, 1)', 0.5217],
    ['srgb(1)', 1],
    ['NONE + 1', NaN],
    ['NONE < 1', NaN],
    ['NONE ? 1 : 2', NaN],
  ])('%s = %d', (text, value) => {
    expect(evaluate(text)).toEqual(Number.isNaN(value) ? NaN : expect.closeTo(value, 3));
  });

  it.each([
    ['', 'too early'],
    ['1 +', 'too early'],
    ['(1', 'too early'],
    ['1 2', 'character 3'],
    ['B04 ; B08', 'character 4'],
    ['process.exit(1)', 'character 8'],
    ['constructor("x")', 'character 13'],
    ['toString(1)', 'no function'],
    ['index(B04)', 'takes 2'],
    ['B04 ? 1', 'too early'],
    [`${'('.repeat(1000)}1`, 'nested'],
    ['-'.repeat(1999).concat('1'), 'nested'],
    ['1^'.repeat(900).concat('1'), 'nested'],
    ['1+'.repeat(900).concat('1'), 'parts'],
    ['1'.repeat(2001), 'longer'],
    [Array.from({ length: 17 }, (_, i) => `b${i}`).join('+'), 'bands'],
  ])('refuses %.20s', (text, message) => {
    expect(() => parseBandExpression(text)).toThrow(InvalidError);
    expect(() => parseBandExpression(text)).toThrow(message);
  });

  it('names its bands once, and says which is not there', () => {
    expect(bandsOf(parseBandExpression('index(B08, B04) * B08'))).toEqual(['B08', 'B04']);
    expect(() => evaluate('B99')).toThrow('There is no band B99; there are B03');
    expect(() => evaluate('__proto__')).toThrow(InvalidError);
  });

  it('reads any text or refuses it with an InvalidError', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('B04 +-*/^()?:,<=!&|.1e')), maxLength: 60 }),
        (text) => {
          try {
            parseBandExpression(text);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidError);
          }
        },
      ),
    );
  });

  it('computes as arithmetic does', () => {
    const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        expect(evaluate('a * b - c / 2', { a, b, c })).toBe(a * b - c / 2);
      }),
    );
  });
});
