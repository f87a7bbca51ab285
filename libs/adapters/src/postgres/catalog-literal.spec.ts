import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import { sqlLiteral } from './catalog-literal.js';

describe('sqlLiteral', () => {
  it.each([
    ['number', '1e3', 1000],
    ['number', ' -.5 ', -0.5],
    ['integer', '37', 37],
    ['boolean', 'false', false],
    ['string', 4, '4'],
    ['date', '2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['date', '2024-02-29T12:00', '2024-02-29T12:00:00.000Z'],
    ['date', '2024-02-29 12:00:01.5Z', '2024-02-29T12:00:01.500Z'],
    ['date', '2024-02-29t12:00:00.123456789+05:30', '2024-02-29T06:30:00.123Z'],
    ['date', '2024-02-29T12:00:00-0800', '2024-02-29T20:00:00.000Z'],
    ['date', '2024-02-29T12:00:00+01', '2024-02-29T11:00:00.000Z'],
    ['uuid', 'B5A2C1D8-1F8E-5C65-9A0B-3C1B7F5B9C11', 'b5a2c1d8-1f8e-5c65-9a0b-3c1b7f5b9c11'],
  ] as const)('reads %s %j as %j', (type, value, expected) => {
    expect(sqlLiteral(value, type, 'x')).toBe(expected);
  });

  it.each([
    ['number', ''],
    ['number', '0x10'],
    ['number', true],
    ['number', Infinity],
    ['boolean', 'yes'],
    ['date', '2024'],
    ['date', '2023-02-29'],
    ['date', '2024-13-01'],
    ['date', '2024-01-01T25:00:00Z'],
    ['date', '2024-01-01T00:00:00+99'],
    ['date', '0000-01-01'],
    ['date', 5],
    ['date', new Date(Number.NaN)],
    ['date', new Date('+012345-01-01Z')],
    ['string', 'a\0'],
    ['uuid', 5],
  ] as const)('refuses %s %j, naming the property', (type, value) => {
    expect(() => sqlLiteral(value, type, 'cloudCover')).toThrow(InvalidError);
    expect(() => sqlLiteral(value, type, 'cloudCover')).toThrow(/cloudCover/);
  });
});
