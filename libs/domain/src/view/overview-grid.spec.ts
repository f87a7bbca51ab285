import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  overviewChildren,
  overviewFrame,
  overviewLevel,
  overviewParent,
  overviewPixel,
  overviewPlaces,
  TOP_LEVEL,
} from './overview-grid.js';

describe('the grid of overviews', () => {
  it('covers the Earth at every level', () => {
    const counts = Array.from(
      { length: TOP_LEVEL + 1 },
      (_, level) => overviewPlaces([-180, -90, 180, 90], level).length,
    );
    expect(counts).toEqual([2048, 128, 8, 1]);
  });

  it.each<[string, readonly [number, number, number, number], number, number]>([
    ['a town', [11, 48, 11.2, 48.2], 0, 1],
    ['a box that ends at an edge', [0, 45, 5.625, 50.625], 0, 1],
    ['a box on an edge', [5, 45, 6, 46], 0, 2],
    ['a box over the antimeridian', [179, -1, -179, 1], 0, 4],
    ['a point at the pole', [0, 90, 0, 90], 0, 1],
    ['everything', [-180, -90, 180, 90], 2, 8],
  ])('finds the parts of %s', (_title, bounds, level, count) => {
    expect(overviewPlaces(bounds, level)).toHaveLength(count);
  });

  it('puts every part into the one that lists it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 0, max: 31 }), (column, row) => {
        let place = { level: 0, column, row };
        for (let parent = overviewParent(place); parent !== undefined; parent = overviewParent(place)) {
          expect(overviewChildren(parent)).toContainEqual(place);
          place = parent;
        }
        expect(place).toEqual({ level: TOP_LEVEL, column: 0, row: 0 });
      }),
    );
  });

  it('draws from the coarsest level that is fine enough, of a bounded number of parts', () => {
    expect(overviewLevel([5, 45, 15, 55], 0.01, 30)).toBe(0);
    expect(overviewLevel([-25, 30, 45, 72], 0.07, 30)).toBe(1);
    expect(overviewLevel([-180, -90, 180, 90], 0.3, 30)).toBe(2);
    expect(overviewLevel([-180, -90, 180, 90], 0.0001, 30)).toBe(2);
    expect(overviewLevel([-180, -90, 180, 90], 1, 1)).toBe(TOP_LEVEL);
    expect(overviewPixel(0) * 1024).toBe(5.625);
    expect(overviewFrame({ level: 0, column: 33, row: 7 }).bbox).toEqual([5.625, 45, 11.25, 50.625]);
  });
});
