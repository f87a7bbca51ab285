import type { SampleDepth } from '#protocols/sentinelhub/instance-format.js';
import type { SampledRow } from './scene-sampler.js';

/** What a strip is made of. */
export interface StripShape {
  readonly width: number;
  readonly rows: number;
  readonly channels: number;
  readonly hasMask: boolean;
  readonly depth: SampleDepth;
}

const ARRAYS = { uint8: Uint8ClampedArray, uint16: Uint16Array, float32: Float32Array } as const;
/** What 1 becomes. */
const FULL: Readonly<Record<SampleDepth, number>> = { uint8: 255, uint16: 65_535, float32: 1 };

/** Rows being filled from the top scene down: a pixel keeps the first values it gets. */
export class SampleStrip {
  readonly #samples: Uint8ClampedArray | Uint16Array | Float32Array;
  readonly #open: Uint8Array;
  readonly #bands: number;
  #left: number;

  constructor(private readonly shape: StripShape) {
    const { width, rows, channels, hasMask, depth } = shape;
    this.#bands = channels + (hasMask ? 1 : 0);
    this.#samples = new ARRAYS[depth](width * rows * this.#bands);
    this.#open = new Uint8Array(width * rows).fill(1);
    this.#left = width * rows;
  }

  /** Whether every pixel has values, or is not wanted. */
  get isFull(): boolean {
    return this.#left === 0;
  }

  /** Leaves out the pixels of a row where `inside` is 0. */
  clip(row: number, inside: Uint8Array): void {
    const { width } = this.shape;
    for (let i = 0; i < width; i++) if (inside[i] === 0) this.#close(row * width + i);
  }

  /** Takes the visible pixels of a row that have no values yet; where there is one channel for several, it is all of them. Says whether there were any. */
  take(row: number, { channels, visible }: SampledRow): boolean {
    const { width, channels: wanted, hasMask, depth } = this.shape;
    const samples = this.#samples;
    const full = FULL[depth];
    let taken = false;
    for (let i = 0; i < width; i++) {
      const pixel = row * width + i;
      if (visible[i] === 0 || this.#open[pixel] === 0) continue;
      const at = pixel * this.#bands;
      for (let band = 0; band < wanted; band++) {
        samples[at + band] = sampleOf((channels[band] ?? channels[0]!)[i]!, depth);
      }
      if (hasMask) samples[at + wanted] = full;
      this.#close(pixel);
      taken = true;
    }
    return taken;
  }

  /** The samples by pixel, as a little-endian machine keeps them. */
  bytes(): Uint8Array {
    const { buffer, byteOffset, byteLength } = this.#samples;
    return new Uint8Array(buffer, byteOffset, byteLength);
  }

  #close(pixel: number): void {
    this.#left -= this.#open[pixel]!;
    this.#open[pixel] = 0;
  }
}

/** 0 to 1 become the whole range of whole numbers, what lies outside its ends. */
function sampleOf(value: number, depth: SampleDepth): number {
  if (depth === 'float32') return value;
  return Math.round(Math.min(1, Math.max(0, value)) * FULL[depth]);
}
