import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import wabt from 'wabt';
import { bilinearRow } from './resample-row.js';
import type { SourceWindow } from './source-window.js';
import { TENT_KERNEL_CODE } from './tent-kernel-code.js';
import { TentKernel, type TentRun } from './tent-kernel.js';
import { PLACES, tapsOf, tentWeights, UNIT, wholeWeights } from './tent-tables.js';
import { CELL_SIDE } from './warp-grid.js';

const SIDE = 24;
const COUNT = 5;
const radius = fc.integer({ min: 0, max: 128 }).map((steps) => 1 + steps / 128);
const place = fc.integer({ min: 0, max: PLACES - 1 });

describe('tent weights', () => {
  it('add up, and lie between none and all', () => {
    fc.assert(
      fc.property(radius, place, (wide, at) => {
        expect(tentWeights(wide, at).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
        expect(wholeWeights(wide, at).reduce((sum, weight) => sum + weight, 0)).toBe(UNIT);
        expect(wholeWeights(wide, at).every((weight) => weight >= 0 && weight <= UNIT)).toBe(true);
        expect(tapsOf(wide)).toBeLessThanOrEqual(4);
      }),
    );
  });
});

describe('TentKernel', () => {
  const kernel = new TentKernel();
  /** Runs whose kernels lie within a window, wherever they go. */
  const run: fc.Arbitrary<TentRun> = fc.record({
    count: fc.constant(COUNT),
    u: fc.double({ min: 10, max: 14, noNaN: true }),
    v: fc.double({ min: 10, max: 14, noNaN: true }),
    du: fc.double({ min: -1.5, max: 1.5, noNaN: true }),
    dv: fc.double({ min: -1.5, max: 1.5, noNaN: true }),
  });
  const stride = fc.double({ min: 0.5, max: 2, noNaN: true });

  const exactly = (window: SourceWindow, at: TentRun, [strideU, strideV]: readonly [number, number]): Float32Array => {
    const row = { values: new Float32Array(COUNT * window.bands), opacity: new Uint8Array(COUNT) };
    bilinearRow(window, { ...at, strideU, strideV }, row);
    return row.values;
  };
  const snap = (value: number): number => 1 + Math.round((Math.max(1, value) - 1) * 128) / 128;

  it('gives bytes what the exact kernel gives, to two levels', () => {
    const bytes = fc.uint8Array({ minLength: SIDE * SIDE * 3, maxLength: SIDE * SIDE * 3 });
    fc.assert(
      fc.property(bytes, run, stride, stride, (values, at, ...strides) => {
        const [strideU, strideV] = strides.map(snap) as [number, number];
        const window: SourceWindow = { left: 0, top: 0, width: SIDE, height: SIDE, bands: 3, values: new Uint8Array(values), opacity: undefined }; // prettier-ignore
        kernel.load(window);
        kernel.colours(at, kernel.tent({ strideU, strideV })!, 1);
        const colours = Array.from(kernel.cell.pixels.subarray(CELL_SIDE), (word) => [
          word & 255,
          (word >> 8) & 255,
          (word >> 16) & 255,
          word >>> 24,
        ]);
        const exact = exactly(window, at, [strideU, strideV]);
        for (let pixel = 0; pixel < COUNT; pixel++) {
          expect(colours[pixel]![3]).toBe(255);
          for (let band = 0; band < 3; band++) {
            expect(Math.abs(colours[pixel]![band]! - exact[pixel * 3 + band]!)).toBeLessThan(2);
          }
        }
      }),
    );
  });

  it('gives floats what the exact kernel gives, to three thousandths of their range', () => {
    const samples = fc.array(fc.integer({ min: -10_000, max: 10_000 }), { minLength: SIDE * SIDE, maxLength: SIDE * SIDE }); // prettier-ignore
    fc.assert(
      fc.property(samples, run, stride, stride, (values, at, ...strides) => {
        const [strideU, strideV] = strides.map(snap) as [number, number];
        const window: SourceWindow = { left: 0, top: 0, width: SIDE, height: SIDE, bands: 1, values: Float32Array.from(values), opacity: undefined }; // prettier-ignore
        kernel.load(window);
        kernel.samples(at, kernel.tent({ strideU, strideV })!, 1);
        const found = kernel.cell.samples.subarray(CELL_SIDE);
        const exact = exactly(window, at, [strideU, strideV]);
        for (let pixel = 0; pixel < COUNT; pixel++) {
          expect(Math.abs(found[pixel]! - exact[pixel]!)).toBeLessThan(0.003 * 20_000);
        }
      }),
    );
  });

  it('has no tent for steps of more than two pixels', () => {
    expect([kernel.tent({ strideU: 2, strideV: 2 }) !== undefined, kernel.tent({ strideU: 2.1, strideV: 1 })]).toEqual([
      true,
      undefined,
    ]);
  });

  it('is what its source says', async () => {
    const source = readFileSync('libs/adapters/src/raster/tent-kernel.wat', 'utf8');
    const { buffer } = (await wabt()).parseWat('tent-kernel.wat', source, { simd: true }).toBinary({});
    expect(TENT_KERNEL_CODE).toBe(Buffer.from(buffer).toString('base64'));
  });
});
