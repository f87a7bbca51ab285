import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CoverageSelection, WcsCoverage } from './coverage.js';
import { selectGrid } from './select-grid.js';

const COVERAGE = {
  id: 'A',
  crs: 'EPSG:32633',
  bbox: [400000, 5000000, 407000, 5005000],
  width: 700,
  height: 500,
  fields: [],
} as unknown as WcsCoverage;
const selection = (changes: Partial<CoverageSelection>): CoverageSelection => ({
  subsets: [],
  scales: [],
  resampling: 'nearest',
  ...changes,
});
const select = (changes: Partial<CoverageSelection>) =>
  selectGrid(COVERAGE, selection(changes), (_from, _to, box) => box);

describe('selectGrid (OGC 09-110r4 §8.4.2, 12-039)', () => {
  it.each([
    ['nothing', [], [700, 500], [400000, 5000000, 407000, 5005000]],
    ['outer edges of cells', [{ axis: 'E', low: 400100, high: 400200 }], [10, 500], [400100, 5000000, 400200, 5005000]],
    ['middles of cells', [{ axis: 'E', low: 400105, high: 400195 }], [10, 500], [400100, 5000000, 400200, 5005000]],
    ['a slice', [{ axis: 'N', point: 5000005 }], [700, 1], [400000, 5000000, 407000, 5000010]],
    ['a slice at the last edge', [{ axis: 'E', point: 407000 }], [1, 500], [406990, 5000000, 407000, 5005000]],
    ['an open end', [{ axis: 'E', low: 406900 }], [10, 500], [406900, 5000000, 407000, 5005000]],
    ['more than there is', [{ axis: 'E', low: 0, high: 1e9 }], [700, 500], [400000, 5000000, 407000, 5005000]],
  ])('cut by %s', (_title, subsets, [width, height], bbox) => {
    expect(select({ subsets })).toEqual({ crs: 'EPSG:32633', width, height, bbox });
  });

  it('keeps to whole cells inside the coverage whatever the box', () => {
    const x = fc.double({ min: 399000, max: 408000, noNaN: true });
    fc.assert(
      fc.property(x, x, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(high > 400000 && low < 407000);
        const { bbox, width } = select({ subsets: [{ axis: 'E', low, high }] });
        expect(bbox[2] - bbox[0]).toBeCloseTo(width * 10, 6);
        expect(bbox[0]).toBeGreaterThanOrEqual(400000);
        expect(bbox[2]).toBeLessThanOrEqual(407000);
        expect(bbox[0]).toBeLessThanOrEqual(Math.max(low, 400000) + 1e-4);
        expect(bbox[2]).toBeGreaterThanOrEqual(Math.min(high, 407000) - 1e-4);
      }),
    );
  });
});
