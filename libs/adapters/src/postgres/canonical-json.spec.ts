import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, hasUnstorableText } from './canonical-json.js';

describe('canonicalJson', () => {
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
