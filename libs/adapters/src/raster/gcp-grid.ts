import { InvalidError } from '#domain/errors.js';
import { placeAmong, type StepPlace } from './step-place.js';
import type { Swath } from './swath.js';

/** Ground control points on a grid of image rows and columns, as Sentinel-1 products have them. */
export interface GcpGrid {
  /** Image columns and rows of the points, ascending. */
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  /** Row-major over `rows` x `columns`, in degrees; longitudes in one piece. */
  readonly longitude: readonly number[];
  readonly latitude: readonly number[];
}

const MAX_POINTS = 100_000;

/** Arranges tiepoints (six numbers each) to a grid. Throws InvalidError where they form none. */
export function gcpGrid(tiepoints: readonly number[]): GcpGrid {
  const count = Math.floor(tiepoints.length / 6);
  if (count < 4 || count > MAX_POINTS)
    throw new InvalidError(`The TIFF has ${count} ground control points; a grid of them is needed`);
  const points = Array.from({ length: count }, (_, i) => {
    const [column, row, , x, y] = tiepoints.slice(6 * i, 6 * i + 6) as [number, number, number, number, number, number];
    return { column, row, longitude: x - 360 * Math.round((x - tiepoints[3]!) / 360), latitude: y };
  }).toSorted((a, b) => a.row - b.row || a.column - b.column);
  const rows = [...new Set(points.map(({ row }) => row))];
  const across = count / rows.length;
  const columns = points.slice(0, across).map(({ column }) => column);
  // The last column of a burst may differ by a fraction of a pixel from row to row.
  const regular = points.every(
    ({ column, row }, i) => row === rows[Math.floor(i / across)] && Math.abs(column - columns[i % across]!) <= 2,
  );
  if (!Number.isInteger(across) || across < 2 || rows.length < 2 || !regular) {
    throw new InvalidError('The ground control points of the TIFF do not form a grid');
  }
  return { columns, rows, longitude: points.map((p) => p.longitude), latitude: points.map((p) => p.latitude) };
}

/** Positions of the pixels of a picture `columns` x `rows` that stands for the whole image of `width` x `height`; bilinear between points, extended at the edges. */
export function gcpSwath(
  grid: GcpGrid,
  image: { width: number; height: number },
  size: { columns: number; rows: number },
): Swath {
  const { columns, rows } = size;
  const across = Array.from({ length: columns }, (_, i) =>
    placeAmong(grid.columns, ((i + 0.5) * image.width) / columns),
  );
  const longitude = new Float32Array(columns * rows);
  const latitude = new Float32Array(columns * rows);
  for (let row = 0, at = 0; row < rows; row++) {
    const down = placeAmong(grid.rows, ((row + 0.5) * image.height) / rows);
    for (const right of across) {
      longitude[at] = bilinear(grid, grid.longitude, { down, right });
      latitude[at++] = bilinear(grid, grid.latitude, { down, right });
    }
  }
  return { columns, rows, longitude, latitude };
}

function bilinear(
  grid: GcpGrid,
  values: readonly number[],
  { down, right }: { down: StepPlace; right: StepPlace },
): number {
  const at = down.cell * grid.columns.length + right.cell;
  const below = at + grid.columns.length;
  const upper = values[at]! * (1 - right.share) + values[at + 1]! * right.share;
  const lower = values[below]! * (1 - right.share) + values[below + 1]! * right.share;
  return upper * (1 - down.share) + lower * down.share;
}
