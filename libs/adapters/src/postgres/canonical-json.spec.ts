import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, hasUnstorableText } from './canonical-json.js';

/** What it is, said in the plainest way. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`)
    .join(',')}}`;
}

const KEY = fc.oneof(
  fc.string(),
  fc.constantFrom('10', '9', '01', '__proto__', 'constructor', 'toString', 'a', 'b', 'B', ''),
);
const { tree: TREE } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(undefined, null, true, -0, 1e21, 0.1, Number.NaN, 7),
    fc.string({ unit: 'binary' }),
    fc.array(tie('tree')),
    fc.dictionary(KEY, tie('tree')),
  ),
}));

describe('canonicalJson', () => {
  it('is the text its definition gives, whatever the keys and values', () => {
    fc.assert(
      fc.property(TREE, (value) => expect(canonicalJson(value)).toBe(canonical(value))),
      { numRuns: 500 },
    );
  });

  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order of keys, and leaves out what is undefined', () => {
    expect(canonicalJson({ b: 1, a: [{ d: 1, c: undefined }] })).toBe(
      canonicalJson({ a: [{ d: 1 }], b: 1, e: undefined }),
    );
    expect(canonicalJson({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
  });

  it('refuses endless nesting', () => {
    const endless: unknown[] = [];
    endless.push(endless);
    expect(() => canonicalJson(endless)).toThrow(RangeError);
  });

  it('tells text PostgreSQL cannot keep from text that looks like it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\\', 'u', '0', 'd', '8', '\0', '\ud800', 'x', '"') }), (text) => {
        const stored = !text.includes('\0') && text.isWellFormed();
        expect(hasUnstorableText(canonicalJson({ [text]: 1 }))).toBe(!stored);
      }),
    );
  });
});
