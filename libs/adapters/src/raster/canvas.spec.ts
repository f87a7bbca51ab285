import { describe, expect, it } from '@jest/globals';
import { Canvas, type Paint } from './canvas.js';

const grey: Paint = { bands: 1, scale: [1], shift: [0], palette: undefined, isAsIs: true };
const row = (values: number[], opacity: number[]) => ({
  values: Float32Array.from(values),
  opacity: Uint8Array.from(opacity),
});

describe('Canvas', () => {
  it('keeps what lies on top and fills only what is open', () => {
    const canvas = new Canvas(3, 1);
    expect(canvas.paintUnder(0, 3, { row: row([10, 20, 30], [255, 0, 255]), paint: grey })).toBe(true);
    expect(canvas.isCovered({ x: 0, y: 0, width: 3, height: 1 })).toBe(false);
    expect(canvas.isCovered({ x: 2, y: 0, width: 1, height: 1 })).toBe(true);
    expect(canvas.paintUnder(0, 3, { row: row([99, 99, 99], [255, 255, 255]), paint: grey })).toBe(true);
    expect([...canvas.pixels]).toEqual([10, 10, 10, 255, 99, 99, 99, 255, 30, 30, 30, 255]);
    expect(canvas.paintUnder(0, 3, { row: row([1, 1, 1], [255, 255, 255]), paint: grey })).toBe(false);
  });

  it('lets what lies below shine through the half transparent', () => {
    const canvas = new Canvas(1, 1);
    canvas.paintUnder(0, 1, { row: row([200], [128]), paint: grey });
    expect([...canvas.pixels]).toEqual([200, 200, 200, 128]);
    canvas.paintUnder(0, 1, { row: row([0], [255]), paint: grey });
    expect([...canvas.pixels]).toEqual([100, 100, 100, 255]);
  });

  it.each([
    [-50, 0],
    [1000, 0],
    [2000, 128],
    [3000, 255],
    [60000, 255],
  ])('stretches %d to %d', (value, expected) => {
    const canvas = new Canvas(1, 1);
    const scale = 255 / 2000;
    canvas.paintUnder(0, 1, { row: row([value], [255]), paint: { ...grey, scale: [scale], shift: [-1000 * scale] } });
    expect(canvas.pixels[0]).toBe(expected);
  });

  it('stretches downwards where the minimum is above the maximum', () => {
    const canvas = new Canvas(1, 1);
    canvas.paintUnder(0, 1, { row: row([10], [255]), paint: { ...grey, scale: [255 / -100], shift: [255] } });
    expect(canvas.pixels[0]).toBe(230);
  });

  it('looks colours up, black where the palette ends', () => {
    const canvas = new Canvas(2, 1);
    const palette = Uint8Array.of(1, 2, 3, 4, 5, 6);
    canvas.paintUnder(0, 2, { row: row([1, 7], [255, 255]), paint: { ...grey, palette } });
    expect([...canvas.pixels]).toEqual([4, 5, 6, 255, 0, 0, 0, 255]);
  });
});
