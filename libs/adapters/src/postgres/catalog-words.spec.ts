import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import { wordsOf, wordsQuery } from './catalog-words.js';

describe('words of the catalogue', () => {
  it('splits a product name at everything but letters and digits', () => {
    expect(wordsOf(['S2A_MSIL1C_20220125T151701', 'sentinel-2-l1c', 'Größe GRÖSSE'])).toEqual([
      '2',
      '20220125t151701',
      'grösse',
      'größe',
      'l1c',
      'msil1c',
      's2a',
      'sentinel',
    ]);
  });

  it('asks for all words, prefixes with a star', () => {
    expect(wordsQuery('S2A msil*')).toBe(`'s2a' & 'msil':*`);
    expect(wordsQuery(' - * ')).toBeUndefined();
  });

  it('leaves nothing of tsquery syntax', () => {
    expect(wordsQuery(`a' & !('b | c:* \\`)).toBe(`'a' & 'b' & 'c'`);
  });

  it('refuses more words than anyone types', () => {
    expect(() => wordsQuery('a '.repeat(65))).toThrow(InvalidError);
  });
});
