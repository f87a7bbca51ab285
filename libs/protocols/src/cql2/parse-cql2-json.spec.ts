import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidError } from '#domain/errors.js';
import { parseCql2Json } from './parse-cql2-json.js';

const nested = (levels: number): unknown =>
  Array.from({ length: levels }).reduce((inner) => ({ op: 'not', args: [inner] }), true);

describe('CQL2 JSON (OGC 21-065r2 §8)', () => {
  it('keeps what has the forms of the schema, and nothing beside', () => {
    const value = {
      op: 'and',
      args: [
        { op: '=', args: [{ property: 'a', title: 'x' }, 1] },
        { op: 'f', args: [] },
      ],
    };
    expect(parseCql2Json(value)).toEqual({
      op: 'and',
      args: [
        { op: '=', args: [{ property: 'a' }, 1] },
        { op: 'f', args: [] },
      ],
    });
  });

  it.each([
    null,
    Number.NaN,
    {},
    { op: 'and' },
    { op: 1, args: [] },
    { op: '=', args: [null, 1] },
    { property: 1 },
    { interval: ['..'] },
    { interval: ['..', '..', '..'] },
    { bbox: [1, 2, 3] },
    { bbox: [1, 2, 3, '4'] },
    { type: 'Circle', coordinates: [] },
    { type: 'Polygon', coordinates: [[[0, 0]]] },
  ])('refuses %j', (value) => {
    expect(() => parseCql2Json(value)).toThrow(InvalidError);
  });

  it('bounds what it reads', () => {
    expect(() => parseCql2Json(nested(100_000))).toThrow('nested deeper');
    expect(() => parseCql2Json({ op: 'or', args: Array.from({ length: 20_000 }, () => true) })).toThrow('parts');
    expect(parseCql2Json(nested(60))).toBeDefined();
  });

  it('never fails other than by saying what is wrong', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          parseCql2Json(value);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidError);
        }
      }),
    );
  });
});
