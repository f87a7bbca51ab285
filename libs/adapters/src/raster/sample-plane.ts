import type { Paint, Surface } from './canvas.js';
import type { PixelRect } from './pixel-map.js';
import type { SampleRow } from './resample-row.js';

/** One band on the grid of the image: samples as they were read, and how opaque the raster is there. */
export class SamplePlane implements Surface {
  readonly takesSamples = true;
  readonly values: Float32Array<ArrayBuffer>;
  readonly opacity: Uint8Array;

  /** `cover` tells what need not be read, since it would not be seen. */
  constructor(
    readonly width: number,
    readonly height: number,
    private readonly cover?: Surface,
  ) {
    this.values = new Float32Array(width * height).fill(NaN);
    this.opacity = new Uint8Array(width * height);
  }

  paintUnder(at: number, count: number, { row }: { readonly row: SampleRow; readonly paint: Paint }): boolean {
    let seen = false;
    for (let i = 0; i < count; i++) {
      const opacity = row.opacity[i]!;
      if (opacity === 0) continue;
      this.values[at + i] = row.values[i]!;
      this.opacity[at + i] = opacity;
      seen = true;
    }
    return seen;
  }

  isCovered(rect: PixelRect): boolean {
    return this.cover?.isCovered(rect) ?? false;
  }
}
