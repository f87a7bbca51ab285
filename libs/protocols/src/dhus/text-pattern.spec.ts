import { describe, expect, it } from '@jest/globals';
import { regexToLike, wildcardToLike } from './text-pattern.js';

describe('wildcards as like patterns', () => {
  it.each([
    ['S1A*', 'S1A%'],
    ['*IW_GRDH*', '%IW\\_GRDH%'],
    ['S2?_100%', 'S2_\\_100\\%'],
    ['a\\*b', 'a*b'],
    ['a\\_b\\\\', 'a\\_b\\\\'],
  ])('%s', (wildcard, pattern) => {
    expect(wildcardToLike(wildcard)).toBe(pattern);
  });
});

describe('Lucene regular expressions as like patterns', () => {
  it.each([
    ['S[12 ]A.*', ['S1A%', 'S2A%', 'S A%']],
    ['.+KB', ['_%KB']],
    ['S1(A|B)_.{2}', ['S1A\\___', 'S1B\\___']],
    ['a?b', ['b', 'ab']],
    ['[a-c]x', ['ax', 'bx', 'cx']],
    ['10\\.5', ['10.5']],
    ['x|y', ['x', 'y']],
    ['', ['']],
  ])('%s', (source, patterns) => {
    expect(regexToLike(source)).toEqual(patterns);
  });

  it.each([
    '(a+)+$',
    'a*',
    '[^a]',
    '[0-9]{4}',
    '(',
    ')',
    '[',
    '[a',
    '{3}',
    '@',
    '~x',
    '('.repeat(20),
    `[a-z]${'[a-z]'.repeat(9)}`,
    '.{999}{999}',
    'a{999}{999}',
  ])('refuses %s instead of running it', (source) => {
    expect(() => regexToLike(source)).toThrow(/is not supported/);
  });
});
