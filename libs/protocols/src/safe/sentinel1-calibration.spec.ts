import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import { parseSentinel1Calibration } from './sentinel1-calibration.js';

const vector = (line: string, pixels: string, factors: string): string =>
  `<calibrationVector><line>${line}</line><pixel>${pixels}</pixel><sigmaNought>${factors}</sigmaNought><gamma>1</gamma></calibrationVector>`;
const table = (...vectors: readonly string[]): string =>
  `<calibration><calibrationVectorList>${vectors.join('')}</calibrationVectorList></calibration>`;

describe('parseSentinel1Calibration (S1-RS-MDA-52-7441 §6.3.2)', () => {
  it('reads the sigma nought factors, lines ascending', () => {
    expect(
      parseSentinel1Calibration(table(vector('667', '0 40', '6.6e+02 6.5e+02'), vector('-3', '0\n40 80', '1 2 3'))),
    ).toEqual({
      vectors: [
        { line: -3, pixels: [0, 40, 80], factors: [1, 2, 3] },
        { line: 667, pixels: [0, 40], factors: [660, 650] },
      ],
    });
  });

  it.each([
    ['no vectors', table()],
    ['another document', '<noise/>'],
    ['a vector without a line', table(vector('', '0', '1'))],
    ['fewer factors than pixels', table(vector('0', '0 40', '1'))],
    ['no pixels', table(vector('0', '', ''))],
    ['pixels that go back', table(vector('0', '40 0', '1 1'))],
    ['a factor of 0', table(vector('0', '0', '0'))],
    ['what is no number', table(vector('0', '0', 'one'))],
  ])('refuses %s', (_, source) => {
    expect(() => parseSentinel1Calibration(source)).toThrow(InvalidError);
  });
});
