import { describe, expect, it } from '@jest/globals';
import { stripPrototypeKeys } from './strip-prototype-keys.js';

const stripped = (text: string): unknown => {
  const value: unknown = JSON.parse(text);
  stripPrototypeKeys(value);
  return value;
};

describe('names of prototypes in what a request brings', () => {
  it.each([
    ['a member', '{"a":1,"__proto__":{"b":2}}', { a: 1 }],
    ['one of a constructor', '{"constructor":{"prototype":{"b":2}},"prototype":null}', {}],
    [
      'within lists and objects',
      '[[1,[{"a":[{"__proto__":1,"c":3}]}]],"__proto__"]',
      [[1, [{ a: [{ c: 3 }] }]], '__proto__'],
    ],
    [
      'numbers',
      '{"coordinates":[[[1,2],[3,4]]]}',
      {
        coordinates: [
          [
            [1, 2],
            [3, 4],
          ],
        ],
      },
    ],
    ['a text', '"constructor"', 'constructor'],
    ['nothing', 'null', null],
  ])('are taken out: %s', (_title, text, expected) => {
    const value = stripped(text);
    expect(value).toEqual(expected);
    expect(JSON.stringify(value)).toBe(JSON.stringify(expected));
  });

  it('are taken out of what goes round in a circle and of what is nested very deep', () => {
    const circle: Record<string, unknown> = { constructor: 1 };
    circle['self'] = [circle];
    stripPrototypeKeys(circle);
    expect(Object.keys(circle)).toEqual(['self']);
    let deep: unknown = { prototype: 1 };
    const core = deep;
    for (let level = 0; level < 200_000; level++) deep = [deep];
    stripPrototypeKeys(deep);
    expect(core).toEqual({});
  });

  it('leaves bytes and dates as they are', () => {
    const value = { bytes: Buffer.from('abc'), at: new Date(5) };
    stripPrototypeKeys(value);
    expect(value).toEqual({ bytes: Buffer.from('abc'), at: new Date(5) });
  });
});
