import { describe, expect, it } from '@jest/globals';
import { factorsOfLine } from './sigma-factors.js';

const calibration = {
  vectors: [
    { line: 0, pixels: [0, 10, 30], factors: [100, 110, 150] },
    { line: 100, pixels: [0, 40], factors: [200, 240] },
  ],
};

describe('factorsOfLine', () => {
  it.each([
    ['in a vector', 0, [100, 105, 110, 120, 130, 140, 150, 150]],
    ['between vectors', 25, [125, 130, 135, 143.75, 152.5, 161.25, 170, 171.25]],
    ['above the first vector', -50, [100, 105, 110, 120, 130, 140, 150, 150]],
    ['below the last vector', 400, [200, 205, 210, 215, 220, 225, 230, 235]],
  ])('%s', (_, line, expected) => {
    const out = new Float64Array(8);
    factorsOfLine(calibration, line, { first: 0, step: 5, count: 8 }, out);
    expect([...out]).toEqual(expected);
  });

  it('goes on level before the first pixel and after the last', () => {
    const out = new Float64Array(3);
    factorsOfLine(calibration, 100, { first: -20, step: 40, count: 3 }, out);
    expect([...out]).toEqual([200, 220, 240]);
  });
});
