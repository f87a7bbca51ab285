import { describe, expect, it } from '@jest/globals';
import { prefersMinimal } from './preference.js';

describe('what a client prefers to get back (RFC 7240 §4.2)', () => {
  it.each([
    [undefined, false],
    ['', false],
    ['return=minimal', true],
    ['Return="Minimal"', true],
    ['respond-async, return=minimal; foo=bar', true],
    [['respond-async', 'return=minimal'], true],
    ['return=representation', false],
    ['return=representation, return=minimal', false],
    ['return=minimalist', false],
    ['handling=lenient', false],
  ])('%j: nothing but the header is %s', (header, expected) => {
    expect(prefersMinimal(header)).toBe(expected);
  });
});
