import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coordinateTransform } from './coordinate-transform.js';
import type { MapPoint } from './coordinate-transform.js';
import { targetToSource, type TargetFrame } from './pixel-map.js';
import type { RasterHeader } from './raster-header.js';
import { MAX_POSITION_ERROR, warpGrid, type WarpCell } from './warp-grid.js';

const WIDTH = 4000;

/** A square raster of 4000 pixels whose middle is at a longitude and latitude. */
function headerAt(crs: string, [lon, lat]: readonly [number, number], pixel: number): RasterHeader | undefined {
  const centre = coordinateTransform('CRS:84', crs).forward(lon, lat);
  if (centre === undefined) return undefined;
  const [x, y] = [centre[0] - (pixel * WIDTH) / 2, centre[1] + (pixel * WIDTH) / 2];
  const level = { width: WIDTH, height: WIDTH };
  return { crs, pixelToCrs: [pixel, 0, x, 0, -pixel, y], levels: [level] } as unknown as RasterHeader;
}

function interpolate(cell: WarpCell, x: number, y: number): [number, number] {
  const [fx, fy] = [(x - cell.x) / cell.width, (y - cell.y) / cell.height];
  const mix = (axis: 0 | 1): number => {
    const above = cell.upperLeft[axis] + (cell.upperRight[axis] - cell.upperLeft[axis]) * fx;
    const below = cell.lowerLeft[axis] + (cell.lowerRight[axis] - cell.lowerLeft[axis]) * fx;
    return above + (below - above) * fy;
  };
  return [mix(0), mix(1)];
}

function* pixelsOf(cell: WarpCell): Generator<[x: number, y: number]> {
  for (let y = cell.y; y < cell.y + cell.height; y++) {
    for (let x = cell.x; x < cell.x + cell.width; x++) yield [x, y];
  }
}

function errorAt(map: MapPoint, cell: WarpCell, [x, y]: [number, number]): number {
  const exact = map(x + 0.5, y + 0.5);
  if (exact === undefined) return Infinity;
  const [u, v] = interpolate(cell, x + 0.5, y + 0.5);
  return Math.max(Math.abs(u - exact[0]), Math.abs(v - exact[1]));
}

/** A grid against the exact map: the largest error of every third pixel, and the first pixel that two cells have, or none though it lies in the source. */
function compare(map: MapPoint, rect: { width: number; height: number }) {
  const cells = warpGrid({ map, rect: { x: 0, y: 0, ...rect }, width: WIDTH, height: WIDTH, stride: 1 });
  const covered = new Uint8Array(rect.width * rect.height);
  let error = 0;
  for (const cell of cells) {
    for (const [x, y] of pixelsOf(cell)) {
      covered[y * rect.width + x]!++;
      if ((x + y) % 3 === 0) error = Math.max(error, errorAt(map, cell, [x, y]));
    }
  }
  const missed = covered.findIndex((times, at) => times > 1 || (times === 0 && isInside(map, at, rect.width)));
  return { error, missed };
}

function isInside(map: MapPoint, at: number, width: number): boolean {
  const place = map((at % width) + 0.5, Math.floor(at / width) + 0.5);
  return place !== undefined && place.every((position) => position >= 0 && position < WIDTH);
}

describe('warpGrid', () => {
  const sources = ['EPSG:32632', 'EPSG:32701', 'EPSG:4326', 'EPSG:3857', 'EPSG:3413', 'EPSG:3035', 'EPSG:2056'];
  const targets = ['EPSG:3857', 'EPSG:4326', 'EPSG:3035', 'EPSG:3413', 'EPSG:3031', 'EPSG:32633', 'EPSG:25832'];

  it('keeps every pixel within the error bound of the exact position, anywhere between any two CRSs at any scale', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        fc.constantFrom(...targets),
        fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -80, max: 84, noNaN: true })),
        fc.double({ min: 3, max: 16, noNaN: true }),
        (from, to, place, zoom) => {
          const metres = 156543 / 2 ** zoom;
          const unit = (crs: string): number => (crs === 'EPSG:4326' ? metres / 111_320 : metres);
          const header = headerAt(from, place, unit(from));
          const centre = coordinateTransform('CRS:84', to).forward(...place);
          fc.pre(header !== undefined && centre !== undefined);
          const half = unit(to) * 40;
          const [x, y] = centre;
          const bbox = [x - half, y - half, x + half, y + half] as const;
          const frame: TargetFrame = { crs: to, bbox, width: 80, height: 80 };
          const { error, missed } = compare(targetToSource(frame, header), frame);
          expect(error).toBeLessThanOrEqual(MAX_POSITION_ERROR);
          expect(missed).toBe(-1);
        },
      ),
      { numRuns: 80 },
    );
  });

  it.each([
    ['the whole world in web Mercator', 'EPSG:3857', [-20037508, -20037508, 20037508, 20037508]],
    ['the Arctic', 'EPSG:3413', [-9e6, -9e6, 9e6, 9e6]],
    ['the Antarctic', 'EPSG:3031', [-5e6, -5e6, 5e6, 5e6]],
    ['the Pacific across the antimeridian', 'EPSG:4326', [90, -90, 270, 90]],
    ['more than the world', 'EPSG:4326', [-400, -120, 400, 120]],
    ['Europe far beyond its borders', 'EPSG:3035', [-9e6, -9e6, 16e6, 16e6]],
  ] as const)('keeps the bound on %s', (_, crs, bbox) => {
    const world = headerAt('EPSG:4326', [0, 0], 360 / WIDTH)!;
    const frame: TargetFrame = { crs, bbox, width: 120, height: 120 };
    const { error, missed } = compare(targetToSource(frame, world), frame);
    expect(error).toBeLessThanOrEqual(MAX_POSITION_ERROR);
    expect(missed).toBe(-1);
  });

  it('needs few exact positions for an ordinary tile', () => {
    const header = headerAt('EPSG:32633', [13, 52], 10)!;
    const [x, y] = coordinateTransform('CRS:84', 'EPSG:3857').forward(13, 52)!;
    const frame: TargetFrame = { crs: 'EPSG:3857', bbox: [x, y, x + 2446, y + 2446], width: 256, height: 256 };
    const map = targetToSource(frame, header);
    let calls = 0;
    const rect = { x: 0, y: 0, width: 256, height: 256 };
    const counted: MapPoint = (column, row) => (calls++, map(column, row));
    expect(warpGrid({ map: counted, rect, width: WIDTH, height: WIDTH, stride: 1 })).toHaveLength(16);
    expect(calls).toBeLessThanOrEqual(81 + 16);
  });

  it('leaves out what misses the source', () => {
    const map: MapPoint = (column, row) => [column + 10_000, row];
    expect(
      warpGrid({ map, rect: { x: 0, y: 0, width: 256, height: 256 }, width: 100, height: 100, stride: 1 }),
    ).toEqual([]);
    expect(
      warpGrid({ map: () => undefined, rect: { x: 0, y: 0, width: 256, height: 256 }, width: 9, height: 9, stride: 1 }),
    ).toEqual([]);
  });
});
