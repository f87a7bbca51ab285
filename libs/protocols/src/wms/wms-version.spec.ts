import { describe, expect, it } from '@jest/globals';
import { negotiateDialect, spokenDialect } from './wms-version.js';

describe('negotiateDialect (WMS 1.3.0 §6.2.4, 1.1.1 §6.2.4)', () => {
  it.each([
    [undefined, '1.3.0'],
    ['1.3.0', '1.3.0'],
    ['1.3', '1.3.0'],
    ['1.4.0', '1.3.0'],
    ['100.0.0', '1.3.0'],
    ['1.1.1', '1.1.1'],
    ['1.1.0', '1.1.1'],
    ['1.0.0', '1.1.1'],
    ['1.2.0', '1.1.1'],
    ['0.0.0', '1.1.1'],
    ['', '1.3.0'],
    ['latest', '1.3.0'],
  ])('%s is answered in %s', (asked, spoken) => {
    expect(negotiateDialect(asked).version).toBe(spoken);
  });
});

describe('spokenDialect', () => {
  it('takes 1.1.0 for 1.1.1, whose maps are asked for alike', () => {
    expect(['1.3.0', '1.1.1', '1.1.0'].map((version) => spokenDialect(version).version)).toEqual([
      '1.3.0',
      '1.1.1',
      '1.1.1',
    ]);
  });

  it.each([undefined, '1.0.0', '2.0.0', '1.3.0 '])('refuses %p', (version) => {
    expect(() => spokenDialect(version)).toThrow(expect.objectContaining({ subject: 'VERSION' }));
  });
});
