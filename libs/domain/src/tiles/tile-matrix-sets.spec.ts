import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findMatrix, hasTile, setBounds, tileAt, tileBounds } from './tile-matrix-set.js';
import { TILE_MATRIX_SETS } from './tile-matrix-sets.js';

const SETS = [...TILE_MATRIX_SETS.values()];
const tiles = fc.constantFrom(...SETS).chain((set) =>
  fc.constantFrom(...set.matrices).chain((matrix) =>
    fc.record({
      set: fc.constant(set),
      matrix: fc.constant(matrix),
      column: fc.nat(matrix.columns - 1),
      row: fc.nat(matrix.rows - 1),
    }),
  ),
);

describe('tile matrix sets (OGC 17-083r4 annex D)', () => {
  it.each([
    ['WebMercatorQuad', '0', 559_082_264.028_717],
    ['WebMercatorQuad', '18', 2132.729_583_849_784],
    ['WorldCRS84Quad', '0', 279_541_132.014_358],
    ['WorldCRS84Quad', '17', 2132.729_583_849_784],
    ['EuropeanETRS89_LAEAQuad', '0', 62_779_017.857_142_87],
    ['EuropeanETRS89_LAEAQuad', '15', 1915.863_582_066_737],
    ['UTM32WGS84Quad', '1', 279_072_704.500_914],
    ['UTM32WGS84Quad', '14', 34_066.492_248_646_7],
  ])("%s %s has the register's scale denominator", (id, level, denominator) => {
    const matrix = findMatrix(TILE_MATRIX_SETS.get(id)!, level)!;
    expect(Math.abs(matrix.scaleDenominator / denominator - 1)).toBeLessThan(1e-9);
  });

  it.each([
    [
      'WebMercatorQuad',
      [-20_037_508.342_789_244, -20_037_508.342_789_244, 20_037_508.342_789_244, 20_037_508.342_789_244],
    ],
    ['WorldCRS84Quad', [-180, -90, 180, 90]],
    ['EuropeanETRS89_LAEAQuad', [2_000_000, 1_000_000, 6_500_000, 5_500_000]],
    ['UTM01WGS84Quad', [-9_501_965.729_312_76, -20_003_931.458_625_5, 10_501_965.729_312_738, 20_003_931.458_625_5]],
  ])('%s covers its area', (id, bounds) => {
    expect(setBounds(TILE_MATRIX_SETS.get(id)!)).toEqual(bounds);
  });

  it('finds the tile of every point inside a tile again', () => {
    fc.assert(
      fc.property(tiles, ({ matrix, column, row }) => {
        const [minX, minY, maxX, maxY] = tileBounds(matrix, { column, row });
        expect(tileAt(matrix, (minX + maxX) / 2, (minY + maxY) / 2)).toEqual({ column, row });
      }),
    );
  });

  it('has neighbours share their edges to the bit, and four children make up a tile', () => {
    fc.assert(
      fc.property(tiles, ({ set, matrix, column, row }) => {
        const [minX, minY, maxX, maxY] = tileBounds(matrix, { column, row });
        expect(tileBounds(matrix, { column: column + 1, row })[0]).toBe(maxX);
        expect(tileBounds(matrix, { column, row: row + 1 })[3]).toBe(minY);
        const finer = findMatrix(set, String(Number(matrix.id) + 1));
        if (!finer) return;
        const first = tileBounds(finer, { column: 2 * column, row: 2 * row });
        const last = tileBounds(finer, { column: 2 * column + 1, row: 2 * row + 1 });
        expect([first[0], last[1], last[2], first[3]]).toEqual([minX, minY, maxX, maxY]);
      }),
    );
  });

  it.each([-1, 1, 0.5, NaN, Infinity, 1e300])('has no tile %p at the coarsest level', (column) => {
    const matrix = findMatrix(TILE_MATRIX_SETS.get('WebMercatorQuad')!, '0')!;
    expect([hasTile(matrix, { column, row: 0 }), hasTile(matrix, { column: 0, row: column })]).toEqual([false, false]);
  });
});
