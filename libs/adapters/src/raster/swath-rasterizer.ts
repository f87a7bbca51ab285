import { InvalidError } from '#domain/errors.js';
import type { Swath, SwathGrid } from './swath.js';

/** More cells than this are only tested where positions jump about. */
const MAX_TESTS = 600e6;
const EDGE = -1e-6;

/** Draws the quadrilateral between every four neighbouring pixels of a swath into a grid, each cell taking the nearest of the four. */
export class SwathRasterizer {
  private readonly source: Int32Array;
  /** Width of a full turn in cells. */
  private readonly turn: number;
  private readonly quad = [0, 0, 0, 0];
  private readonly x = new Float64Array(4);
  private readonly y = new Float64Array(4);
  private tests = 0;

  /** `swath` has its longitudes in one piece, east of the grid's western edge. */
  constructor(
    private readonly swath: Swath,
    private readonly grid: Omit<SwathGrid, 'source'>,
  ) {
    this.source = new Int32Array(grid.width * grid.height);
    this.turn = 360 / grid.pixelSize[0];
  }

  run(): Int32Array {
    const { columns, rows } = this.swath;
    for (let row = 0; row < rows - 1; row++) {
      for (let column = 0; column < columns - 1; column++) this.drawQuad(row * columns + column);
    }
    return this.source;
  }

  private drawQuad(first: number): void {
    const { columns, longitude, latitude } = this.swath;
    const { origin, pixelSize } = this.grid;
    const { quad, x, y } = this;
    quad[0] = first;
    quad[1] = first + 1;
    quad[2] = first + columns + 1;
    quad[3] = first + columns;
    for (let i = 0; i < 4; i++) {
      x[i] = (longitude[quad[i]!]! - origin[0]) / pixelSize[0] - 0.5;
      y[i] = (origin[1] - latitude[quad[i]!]!) / pixelSize[1] - 0.5;
    }
    const span = maximum(x) - minimum(x);
    // NaN where a corner is unknown: no comparison holds.
    if (span <= this.turn / 2) this.fill();
    else if (span > this.turn / 2) this.drawOverSeam();
  }

  /** A quadrilateral over the seam of an all-round grid is drawn at both ends of it. */
  private drawOverSeam(): void {
    for (let i = 0; i < 4; i++) if (this.x[i]! < this.turn / 2) this.x[i]! += this.turn;
    // Still wider than half a turn: it holds a pole.
    if (maximum(this.x) - minimum(this.x) > this.turn / 2) return;
    this.fill();
    for (let i = 0; i < 4; i++) this.x[i]! -= this.turn;
    this.fill();
  }

  private fill(): void {
    const { width, height } = this.grid;
    const [left, right] = [Math.max(0, Math.ceil(minimum(this.x))), Math.min(width - 1, Math.floor(maximum(this.x)))];
    const [top, bottom] = [Math.max(0, Math.ceil(minimum(this.y))), Math.min(height - 1, Math.floor(maximum(this.y)))];
    if (right < left || bottom < top) return;
    this.tests += (right - left + 1) * (bottom - top + 1);
    if (this.tests > MAX_TESTS) throw new InvalidError('The positions of the picture jump about; it cannot be drawn');
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        if (this.covers(column, row)) this.source[row * width + column] = 1 + this.nearest(column, row);
      }
    }
  }

  private covers(px: number, py: number): boolean {
    return this.inTriangle(px, py, 1) || this.inTriangle(px, py, 2);
  }

  /** In the triangle of corners 0, `b`, `b` + 1, whichever way round it is. */
  private inTriangle(px: number, py: number, b: number): boolean {
    const [one, two, three] = [this.side(px, py, 0, b), this.side(px, py, b, b + 1), this.side(px, py, b + 1, 0)];
    return (one >= EDGE && two >= EDGE && three >= EDGE) || (one <= -EDGE && two <= -EDGE && three <= -EDGE);
  }

  private side(px: number, py: number, a: number, b: number): number {
    const { x, y } = this;
    return (x[b]! - x[a]!) * (py - y[a]!) - (y[b]! - y[a]!) * (px - x[a]!);
  }

  private nearest(px: number, py: number): number {
    let best = 0;
    let least = Infinity;
    for (let i = 0; i < 4; i++) {
      const distance = (this.x[i]! - px) ** 2 + (this.y[i]! - py) ** 2;
      if (distance < least) {
        least = distance;
        best = this.quad[i]!;
      }
    }
    return best;
  }
}

const minimum = (v: Float64Array): number => Math.min(v[0]!, v[1]!, v[2]!, v[3]!);
const maximum = (v: Float64Array): number => Math.max(v[0]!, v[1]!, v[2]!, v[3]!);
