import { describe, expect, it } from '@jest/globals';
import { chooseCoding } from './content-coding.js';

describe('chooseCoding (RFC 9110 §12.5.3)', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['GZIP ; Q=0.2 , br;q=0.1', 'gzip'],
    ['*', 'gzip'],
    ['*;q=0.1, gzip;q=0.5', 'gzip'],
    ['zstd;q=0, *', 'gzip'],
    ['gzip;q=0', undefined],
    ['gzip;q=0, *;q=0', undefined],
    ['gzip;q=much', undefined],
    ['gzip;q=7', undefined],
    ['deflate', undefined],
    ['identity, gzip;q=0.5', undefined],
    ['identity;q=0.5, gzip;q=0.5', 'gzip'],
    [',;,q=1', undefined],
  ])('%j takes %s', (header, expected) => {
    expect(chooseCoding(header)?.name).toBe(expected);
  });
});
