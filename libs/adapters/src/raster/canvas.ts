import type { SampleRow } from './resample-row.js';
import type { PixelRect } from './pixel-map.js';
import { CELL_SIDE } from './warp-grid.js';

/** Turns samples into colours: a linear stretch per band, or a palette of red, green, blue by value. */
export interface Paint {
  readonly bands: number;
  readonly scale: readonly number[];
  readonly shift: readonly number[];
  readonly palette: Uint8Array | undefined;
  /** Bytes become the same bytes. */
  readonly isAsIs: boolean;
}

/** Where a raster is drawn: onto a canvas as colours, or into a plane as samples. */
export interface Surface {
  readonly width: number;
  readonly height: number;
  /** Takes the samples as they are: what is asked of the paint does not matter. */
  readonly takesSamples: boolean;
  paintUnder(at: number, count: number, run: { readonly row: SampleRow; readonly paint: Paint }): boolean;
  /** Paints a rectangle of opaque pixels, where the surface is of colours; true where any of them can be seen. Rows of `pixels` are CELL_SIDE long. `isBlank`: nothing is there yet. */
  paintPixels?(rect: PixelRect, pixels: Uint32Array, isBlank: boolean): boolean;
  /** Whether nothing is painted anywhere; undefined where that is not known. */
  readonly isBlank?: boolean;
  isCovered(rect: PixelRect): boolean;
}

/** The image being drawn, RGBA with straight alpha. It is painted from the top down: what is there stays, new paint shows where it is transparent. */
export class Canvas implements Surface {
  readonly takesSamples = false;
  readonly #words: Uint32Array;
  /** Runs painted so far of which something can be seen. */
  strokes = 0;

  /** `pixels` are four zeros each. */
  constructor(
    readonly width: number,
    readonly height: number,
    readonly pixels: Uint8Array<ArrayBuffer> = new Uint8Array(width * height * 4),
  ) {
    this.#words = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  }

  /** Paints a run of colours, three bytes a pixel, under what is there; true where any of it can be seen. */
  paintColours(at: number, colours: Uint8ClampedArray, opacity: Uint8Array): boolean {
    const { pixels } = this;
    let seen = false;
    for (let i = 0, to = at * 4, from = 0; i < opacity.length; i++, to += 4, from += 3) {
      const above = pixels[to + 3]!;
      if (opacity[i] === 0 || above === 255) continue;
      seen = true;
      const target = above === 0 ? pixels : colour;
      const start = above === 0 ? to : 0;
      target[start] = colours[from]!;
      target[start + 1] = colours[from + 1]!;
      target[start + 2] = colours[from + 2]!;
      if (above === 0) pixels[to + 3] = opacity[i]!;
      else blendUnder(pixels, to, opacity[i]!);
    }
    if (seen) this.strokes++;
    return seen;
  }

  get isBlank(): boolean {
    return this.strokes === 0;
  }

  paintPixels(rect: PixelRect, colours: Uint32Array, isBlank: boolean): boolean {
    const seen = isBlank ? this.#putPixels(rect, colours) : this.#paintPixelsUnder(rect, colours);
    if (seen) this.strokes++;
    return seen;
  }

  #putPixels({ x, y, width, height }: PixelRect, colours: Uint32Array): boolean {
    for (let row = 0; row < height; row++) {
      const from = row * CELL_SIDE;
      this.#words.set(colours.subarray(from, from + width), (y + row) * this.width + x);
    }
    return true;
  }

  #paintPixelsUnder({ x, y, width, height }: PixelRect, colours: Uint32Array): boolean {
    const words = this.#words;
    let seen = false;
    for (let row = 0; row < height; row++) {
      let to = (y + row) * this.width + x;
      for (let from = row * CELL_SIDE; from < row * CELL_SIDE + width; from++, to++) {
        const above = words[to]! >>> 24;
        if (above === 255) continue;
        seen = true;
        if (above === 0) words[to] = colours[from]!;
        else this.#blendUnder(to, colours[from]!);
      }
    }
    return seen;
  }

  #blendUnder(at: number, word: number): void {
    colour.set([word & 255, (word >> 8) & 255, (word >> 16) & 255]);
    blendUnder(this.pixels, at * 4, 255);
  }

  /** Paints a run of samples under what is there; true where any of it can be seen. */
  paintUnder(at: number, count: number, { row, paint }: { row: SampleRow; paint: Paint }): boolean {
    const { pixels } = this;
    const mix = paint.palette !== undefined ? mixPalette : paint.bands === 1 ? mixGrey : mixColour;
    let seen = false;
    for (let i = 0, to = at * 4; i < count; i++, to += 4) {
      const opacity = row.opacity[i]!;
      const above = pixels[to + 3]!;
      if (opacity === 0 || above === 255) continue;
      seen = true;
      mix(row.values, i, paint);
      if (above === 0) {
        pixels[to] = colour[0]!;
        pixels[to + 1] = colour[1]!;
        pixels[to + 2] = colour[2]!;
        pixels[to + 3] = opacity;
      } else {
        blendUnder(pixels, to, opacity);
      }
    }
    if (seen) this.strokes++;
    return seen;
  }

  /** Whether nothing painted from now on in the rectangle can be seen. */
  isCovered({ x, y, width, height }: PixelRect): boolean {
    for (let row = y; row < y + height; row++) {
      const start = (row * this.width + x) * 4 + 3;
      for (let at = start; at < start + width * 4; at += 4) if (this.pixels[at] !== 255) return false;
    }
    return true;
  }
}

/** Makes the colour of one pixel's samples in `colour`, which saves an object per pixel. */
type Mix = (values: Float32Array, index: number, paint: Paint) => void;

const colour = new Uint8Array(3);

const mixColour: Mix = (values, index, { scale, shift }) => {
  colour[0] = clamp(values[index * 3]! * scale[0]! + shift[0]!);
  colour[1] = clamp(values[index * 3 + 1]! * scale[1]! + shift[1]!);
  colour[2] = clamp(values[index * 3 + 2]! * scale[2]! + shift[2]!);
};

const mixGrey: Mix = (values, index, { scale, shift }) => {
  colour.fill(clamp(values[index]! * scale[0]! + shift[0]!));
};

const mixPalette: Mix = (values, index, { palette }) => {
  const entry = values[index]! * 3;
  for (let band = 0; band < 3; band++) colour[band] = palette![entry + band] ?? 0;
};

function clamp(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0;
}

function blendUnder(to: Uint8Array, at: number, opacity: number): void {
  const above = to[at + 3]!;
  const below = (opacity * (255 - above)) / 255;
  const all = above + below;
  for (let band = 0; band < 3; band++) to[at + band] = clamp((to[at + band]! * above + colour[band]! * below) / all);
  to[at + 3] = clamp(all);
}
