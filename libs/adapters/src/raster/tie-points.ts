import { InvalidError } from '#domain/errors.js';
import type { SwathVariable } from '#domain/ports/browse-maker.js';
import { NetcdfFile } from './netcdf-file.js';

/** Pixels of a swath: its whole size, and every how many of them are wanted. */
export interface SwathPixels {
  readonly width: number;
  readonly height: number;
  readonly step: number;
}

/** A variable known at tie points spread evenly over a swath, from its first pixel to its last (S3IPF PDS 004.1: sub-sampling factors). */
export class TiePoints {
  private constructor(
    private readonly columns: number,
    private readonly rows: number,
    private readonly values: Float64Array,
    private readonly pixels: SwathPixels,
  ) {}

  /** Throws InvalidError where the variable is no table of at least 2 x 2. */
  static async read({ file: path, variable }: SwathVariable, pixels: SwathPixels): Promise<TiePoints> {
    const file = await NetcdfFile.open(path);
    try {
      const { shape, values } = file.read(variable);
      const [rows = 0, columns = 0] = shape;
      if (shape.length !== 2 || rows < 2 || columns < 2) {
        throw new InvalidError(`${variable} is no table of tie points: its shape is ${shape.join(' x ')}`, {
          subject: variable,
        });
      }
      return new TiePoints(columns, rows, values, pixels);
    } finally {
      file.close();
    }
  }

  /** The values of one row of wanted pixels, bilinear between points. */
  row(row: number, out: Float64Array): void {
    const { width, height, step } = this.pixels;
    const down = cellOf(row * step, height, this.rows);
    const [upper, lower] = [down.cell * this.columns, (down.cell + 1) * this.columns];
    for (let column = 0; column < out.length; column++) {
      const { cell, share } = cellOf(column * step, width, this.columns);
      const above = this.values[upper + cell]! * (1 - share) + this.values[upper + cell + 1]! * share;
      const below = this.values[lower + cell]! * (1 - share) + this.values[lower + cell + 1]! * share;
      out[column] = above * (1 - down.share) + below * down.share;
    }
  }
}

function cellOf(pixel: number, size: number, points: number): { cell: number; share: number } {
  const at = (pixel * (points - 1)) / (size - 1);
  const cell = Math.min(points - 2, Math.floor(at));
  return { cell, share: at - cell };
}
