import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidError } from '#domain/errors.js';
import { gcpGrid, gcpSwath } from './gcp-grid.js';
import type { Swath, SwathGrid } from './swath.js';
import { gridSwath } from './swath-grid.js';

/** A swath whose pixels lie `step` degrees apart, turned by `turn` radians about its first pixel. */
function swathAt(west: number, north: number, { columns = 40, rows = 30, step = 0.02, turn = 0.2 } = {}): Swath {
  const longitude = new Float32Array(columns * rows);
  const latitude = new Float32Array(columns * rows);
  for (let i = 0; i < longitude.length; i++) {
    const [x, y] = [(i % columns) * step, Math.trunc(i / columns) * step];
    const lon = west + x * Math.cos(turn) + y * Math.sin(turn);
    longitude[i] = lon > 180 ? lon - 360 : lon;
    latitude[i] = north + x * Math.sin(turn) - y * Math.cos(turn);
  }
  return { columns, rows, longitude, latitude };
}

const copyOf = (swath: Swath): Swath => ({
  ...swath,
  longitude: swath.longitude.slice(),
  latitude: swath.latitude.slice(),
});

/** Every filled cell must hold a pixel that lies near it; answers how many are filled. */
function checkCells(grid: SwathGrid, swath: Swath, tolerance: number): number {
  let filled = 0;
  grid.source.forEach((source, cell) => {
    if (source === 0) return;
    filled++;
    const lon = grid.origin[0] + ((cell % grid.width) + 0.5) * grid.pixelSize[0];
    const lat = grid.origin[1] - (Math.trunc(cell / grid.width) + 0.5) * grid.pixelSize[1];
    const turns = Math.round((lon - swath.longitude[source - 1]!) / 360) * 360;
    expect(Math.abs(lon - turns - swath.longitude[source - 1]!)).toBeLessThan(
      tolerance / Math.cos((lat * Math.PI) / 180),
    );
    expect(Math.abs(lat - swath.latitude[source - 1]!)).toBeLessThan(tolerance);
  });
  return filled;
}

describe('gridSwath', () => {
  it('takes the nearest pixel for every cell, wherever the swath lies and however it is turned', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -180, max: 179 }),
        fc.integer({ min: -60, max: 60 }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (west, north, turn) => {
          const swath = swathAt(west, north, { turn });
          const grid = gridSwath(copyOf(swath), 4096);
          expect(grid.width * grid.pixelSize[0]).toBeLessThan(4);
          expect(checkCells(grid, swath, 0.03)).toBeGreaterThan(900);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('leaves no gaps where the swath is coarser than the grid', () => {
    const swath = swathAt(8, 50, { columns: 12, rows: 10, step: 0.1, turn: 0 });
    swath.latitude.forEach((_, i) => (swath.latitude[i]! += (i % 12) * 0.001));
    const { width, height, source } = gridSwath(swath, 4096);
    const middle = source
      .subarray(2 * width, (height - 2) * width)
      .filter((_, i) => i % width > 1 && i % width < width - 2);
    expect(middle.includes(0)).toBe(false);
  });

  it('makes one piece of a swath over the antimeridian, running past 180', () => {
    const swath = swathAt(179.7, 10);
    const grid = gridSwath(copyOf(swath), 4096);
    expect(grid.origin[0]).toBeCloseTo(179.7, 1);
    expect(grid.origin[0] + grid.width * grid.pixelSize[0]).toBeGreaterThan(180.3);
    checkCells(grid, swath, 0.03);
  });

  it('draws an orbit around the whole Earth on both sides of the antimeridian', () => {
    const [columns, rows] = [721, 60];
    const longitude = Float32Array.from(
      { length: columns * rows },
      (_, i) => (((((i % columns) * 0.5 + 20 + 180) % 360) + 360) % 360) - 180,
    );
    const latitude = Float32Array.from({ length: columns * rows }, (_, i) => 15 - Math.trunc(i / columns) * 0.5);
    const swath = { columns, rows, longitude, latitude };
    const grid = gridSwath(copyOf(swath), 720);
    expect(grid.origin[0]).toBeCloseTo(-180, 0);
    const row = grid.source.subarray(20 * grid.width, 21 * grid.width);
    expect(row.filter((source) => source === 0).length).toBeLessThan(3);
    checkCells(grid, swath, 0.6);
  });

  it('stays within the side it may have, leaves unknown positions out', () => {
    const swath = swathAt(8, 50, { columns: 300, rows: 300 });
    swath.longitude.fill(Number.NaN, 100 * 300 + 100, 100 * 300 + 200);
    const grid = gridSwath(copyOf(swath), 64);
    expect(Math.max(grid.width, grid.height)).toBeLessThanOrEqual(64);
    const sharp = gridSwath(copyOf(swath), 4096);
    expect(sharp.source.some((source) => source > 100 * 300 + 100 && source <= 100 * 300 + 200)).toBe(false);
  });

  it.each([
    ['no positions', new Float32Array(4).fill(Number.NaN), new Float32Array(4).fill(Number.NaN)],
    ['one place', new Float32Array(4), new Float32Array(4)],
    ['impossible latitudes', Float32Array.of(0, 1, 0, 1), Float32Array.of(100, 100, 200, 200)],
  ])('refuses %s', (_, longitude, latitude) => {
    expect(() => gridSwath({ columns: 2, rows: 2, longitude, latitude }, 100)).toThrow(InvalidError);
  });
});

describe('gcpGrid', () => {
  const points = [0, 50, 100].flatMap((row) =>
    [0, 40, 80].flatMap((column) => [
      column,
      row,
      0,
      179.5 + column / 80 > 180 ? column / 80 - 180.5 : 179.5 + column / 80,
      50 - row / 100,
      0,
    ]),
  );

  it('interpolates between points and keeps longitudes in one piece', () => {
    const swath = gcpSwath(gcpGrid(points), { width: 80, height: 100 }, { columns: 80, rows: 100 });
    expect(swath.longitude[0]).toBeCloseTo(179.5 + 0.5 / 80, 4);
    expect(swath.longitude[79]).toBeCloseTo(180.5 - 0.5 / 80, 4);
    expect(swath.latitude.at(-1)).toBeCloseTo(49 + 0.005, 4);
  });

  it('refuses points that are no grid', () => {
    expect(() => gcpGrid(points.slice(0, 12))).toThrow('2 ground control points');
    expect(() => gcpGrid(points.slice(0, -6))).toThrow('do not form a grid');
  });
});
