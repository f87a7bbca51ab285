import type { Geometry } from '#domain/geometry/geometry.js';
import { polygonsOf } from '#protocols/om/footprint.js';

/** A grid of pixels: `bbox` is its outer edges, rows go down. */
export interface PixelGrid {
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
  readonly width: number;
  readonly height: number;
}

/** Tells of rows of pixels which have their middle in an area (even-odd, so that holes are holes). */
export class ClipRows {
  /** x1, y1, x2, y2 of every edge that is not level. */
  readonly #edges: Float64Array;

  constructor(
    area: Geometry,
    private readonly grid: PixelGrid,
  ) {
    const edges: number[] = [];
    for (const ring of polygonsOf(area).flat()) {
      ring.forEach(([x, y], index) => {
        const [nextX, nextY] = ring[(index + 1) % ring.length]!;
        if (y !== nextY) edges.push(x, y, nextX, nextY);
      });
    }
    this.#edges = Float64Array.from(edges);
  }

  /** Puts 1 where a pixel of the row lies inside, 0 elsewhere. */
  row(index: number, to: Uint8Array): void {
    const [minX, minY, maxX, maxY] = this.grid.bbox;
    const y = maxY - ((index + 0.5) * (maxY - minY)) / this.grid.height;
    const crossings = this.#crossings(y);
    const perPixel = (maxX - minX) / this.grid.width;
    to.fill(0);
    for (let at = 0; at + 1 < crossings.length; at += 2) {
      const from = Math.max(0, Math.ceil((crossings[at]! - minX) / perPixel - 0.5));
      const end = Math.min(this.grid.width, Math.ceil((crossings[at + 1]! - minX) / perPixel - 0.5));
      if (from < end) to.fill(1, from, end);
    }
  }

  #crossings(y: number): readonly number[] {
    const found: number[] = [];
    const edges = this.#edges;
    for (let at = 0; at < edges.length; at += 4) {
      const [y1, y2] = [edges[at + 1]!, edges[at + 3]!];
      if (y1 <= y === y2 <= y) continue;
      found.push(edges[at]! + ((y - y1) / (y2 - y1)) * (edges[at + 2]! - edges[at]!));
    }
    return found.sort((a, b) => a - b);
  }
}
