import type { Picture } from '#domain/ports/raster-engine.js';

/** A picture painted rectangle by rectangle; what is not painted shows the background, or nothing. Sizes and places are multiplied by a scale, for finer screens and printers. */
export class PaintedPicture implements Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly #words: Uint32Array;

  constructor(
    size: { readonly width: number; readonly height: number },
    background: number | undefined,
    private readonly scale = 1,
  ) {
    this.width = size.width * scale;
    this.height = size.height * scale;
    this.pixels = new Uint8Array(this.width * this.height * 4);
    this.#words = new Uint32Array(this.pixels.buffer);
    if (background !== undefined) this.fill([0, 0, size.width, size.height], background);
  }

  /** Fills a rectangle with 0xRRGGBB; what lies outside is cut off. */
  fill(rectangle: readonly [left: number, top: number, width: number, height: number], colour: number): void {
    const [left, top, width, height] = rectangle.map((value) => value * this.scale) as [number, number, number, number];
    const [rgba] = new Uint32Array(Uint8Array.of(colour >> 16, (colour >> 8) & 255, colour & 255, 255).buffer);
    const [from, to] = [Math.max(0, left), Math.min(this.width, left + width)];
    for (let y = Math.max(0, top); from < to && y < Math.min(this.height, top + height); y++) {
      this.#words.fill(rgba!, y * this.width + from, y * this.width + to);
    }
  }
}
