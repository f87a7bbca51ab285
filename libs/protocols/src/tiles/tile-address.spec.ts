import { describe, expect, it } from '@jest/globals';
import { parseTileEnding, parseTileIndex } from './tile-address.js';

describe('addresses of tiles', () => {
  it.each([
    ['341.png', { index: 341, scale: 1, format: 'image/png' }],
    ['341@2x.jpg', { index: 341, scale: 2, format: 'image/jpeg' }],
    ['0.WEBP', { index: 0, scale: 1, format: 'image/webp' }],
    ['341', undefined],
    ['-1.png', undefined],
    ['1e3.png', undefined],
    ['NaN.png', undefined],
    ['1.tiff', undefined],
    ['1@3x.png', undefined],
    ['..%2F1.png', undefined],
    [`${'9'.repeat(400)}.png`, undefined],
  ])('%s', (text, read) => expect(parseTileEnding(text)).toEqual(read));

  it.each([
    ['12', 12],
    ['', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['0x10', undefined],
    ['1'.repeat(10), undefined],
  ])('index %s', (text, read) => expect(parseTileIndex(text)).toBe(read));
});
