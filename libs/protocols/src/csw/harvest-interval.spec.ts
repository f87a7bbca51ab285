import { describe, expect, it } from '@jest/globals';
import { harvestSeconds } from './harvest-interval.js';

describe('HarvestInterval (OGC 07-006r1 §10.12.2.4)', () => {
  it.each([
    ['P1D', 86_400],
    ['PT1H', 3_600],
    ['PT90S', 90],
    ['P2W', 1_209_600],
    ['P1M', 2_592_000],
    ['P1DT12H30M', 131_400],
    ['P1Y', 31_536_000],
  ])('%s is %d s', (text, seconds) => expect(harvestSeconds(text)).toBe(seconds));

  it.each(['', 'P', 'PT', '1D', 'P1', 'PT1S', 'P2Y', 'P-1D', 'often', `P${'9'.repeat(100)}D`])('%p is none', (text) =>
    expect(() => harvestSeconds(text)).toThrow('HarvestInterval'),
  );
});
