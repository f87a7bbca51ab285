import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bilinearRow, nearestRow, type ResampleRow, type Span } from './resample-row.js';
import type { SourceWindow } from './source-window.js';

function windowOf(rows: readonly (readonly number[])[], opacity?: readonly number[]): SourceWindow {
  const width = rows[0]!.length;
  return {
    left: 0,
    top: 0,
    width,
    height: rows.length,
    bands: 1,
    values: Float32Array.from(rows.flat()),
    opacity: opacity === undefined ? undefined : Uint8Array.from(opacity),
  };
}

function sample(method: ResampleRow, window: SourceWindow, span: Partial<Span>): (number | undefined)[] {
  const whole: Span = { count: 1, u: 0.5, v: 0.5, du: 1, dv: 0, strideU: 1, strideV: 1, ...span };
  const row = { values: new Float32Array(whole.count * window.bands), opacity: new Uint8Array(whole.count) };
  method(window, whole, row);
  return Array.from(row.opacity, (seen, i) => (seen === 0 ? undefined : row.values[i]));
}

describe('nearestRow', () => {
  it('takes the pixel a position lies in, and none outside', () => {
    const window = windowOf([[1, 2, 3]]);
    expect(sample(nearestRow, window, { count: 5, u: -0.5 })).toEqual([undefined, 1, 2, 3, undefined]);
    expect(sample(nearestRow, window, { u: 1 - 1e-12 })).toEqual([2]);
  });
});

describe('bilinearRow', () => {
  it('weighs four pixels by distance and repeats the edge', () => {
    const window = windowOf([
      [0, 10],
      [20, 30],
    ]);
    expect(sample(bilinearRow, window, { u: 1, v: 1 })).toEqual([15]);
    expect(sample(bilinearRow, window, { u: 0.1, v: 0.1 })).toEqual([0]);
    expect(sample(bilinearRow, window, { u: 0.75, v: 0.5 })).toEqual([2.5]);
  });

  it('gives pixels without data no weight, and draws none of them', () => {
    const window = windowOf([[100, -9999, 50]], [255, 0, 255]);
    expect(sample(bilinearRow, window, { u: 0.9 })).toEqual([100]);
    expect(sample(bilinearRow, window, { u: 1.2 })).toEqual([undefined]);
    expect(sample(bilinearRow, window, { u: 2.1 })).toEqual([50]);
  });

  it('widens over every pixel a step spans: stripes of one pixel become their mean', () => {
    const stripes = windowOf(Array.from({ length: 16 }, () => Array.from({ length: 16 }, (_, x) => (x % 2) * 100)));
    for (const u of [7, 7.25, 7.5, 8.1]) {
      expect(sample(bilinearRow, stripes, { u, v: 8, strideU: 4, strideV: 4 })[0]).toBeCloseTo(50, 0);
    }
  });

  it('keeps a constant constant and never leaves the range of its pixels', () => {
    const position = fc.double({ min: 0, max: 5.99, noNaN: true });
    const stride = fc.double({ min: 0.1, max: 40, noNaN: true });
    const row = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 6, maxLength: 6 });
    const grid = fc.array(row, { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(grid, position, position, stride, stride, (rows, u, v, strideU, strideV) => {
        const [value] = sample(bilinearRow, windowOf(rows), { u, v, strideU, strideV });
        expect(value).toBeGreaterThanOrEqual(Math.min(...rows.flat()) - 1e-3);
        expect(value).toBeLessThanOrEqual(Math.max(...rows.flat()) + 1e-3);
      }),
    );
  });
});
