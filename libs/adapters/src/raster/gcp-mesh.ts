import { InvalidError } from '#domain/errors.js';
import { coordinateTransform } from './coordinate-transform.js';
import type { GcpGrid } from './gcp-grid.js';

/** Control points on the plane of a coordinate system, their cells reaching to the edges of the image; positions row-major over `rows` x `columns`. */
export interface GcpMesh {
  readonly crs: string;
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Beyond this latitude the poles' own systems are kinder than zones. */
const POLAR = 78;

/** Lays control points on the UTM zone of their middle, or on a polar system. Between points the image is bilinear in metres there. Throws InvalidError where they have no place. */
export function gcpMesh(grid: GcpGrid, image: { width: number; height: number }): GcpMesh {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const crs = planeOf(mean(grid.longitude), mean(grid.latitude));
  const { forward } = coordinateTransform('CRS:84', crs);
  const points = grid.longitude.map((longitude, i) => forward(longitude, grid.latitude[i]!) ?? [NaN, NaN]);
  const given = { columns: grid.columns, rows: grid.rows };
  const columns = reachEdges(grid.columns, image.width);
  const rows = reachEdges(grid.rows, image.height);
  const mesh = { crs, columns, rows, x: stretched(given, 0), y: stretched(given, 1) };
  if (![...mesh.x, ...mesh.y].every(Number.isFinite)) {
    throw new InvalidError('The ground control points of the TIFF have no usable positions');
  }
  return mesh;

  function stretched(from: { columns: readonly number[]; rows: readonly number[] }, axis: 0 | 1): Float64Array {
    const at = (column: Share, row: Share): number => {
      const upper = between(column, (i) => points[row.cell * from.columns.length + i]![axis]);
      const lower = between(column, (i) => points[(row.cell + 1) * from.columns.length + i]![axis]);
      return upper + (lower - upper) * row.share;
    };
    const across = columns.map((column) => shareOf(from.columns, column));
    return Float64Array.from(rows.flatMap((row) => across.map((column) => at(column, shareOf(from.rows, row)))));
  }
}

function planeOf(longitude: number, latitude: number): string {
  if (latitude > POLAR) return 'EPSG:3413';
  if (latitude < -POLAR) return 'EPSG:3031';
  const around = ((((longitude + 180) % 360) + 360) % 360) / 6;
  const zone = Math.min(60, 1 + Math.floor(around));
  return `EPSG:${(latitude < 0 ? 32_700 : 32_600) + zone}`;
}

/** The steps, begun at 0 and ended at the image's edge. */
function reachEdges(steps: readonly number[], size: number): readonly number[] {
  return [...(steps[0]! > 0 ? [0] : []), ...steps, ...(steps.at(-1)! < size ? [size] : [])];
}

interface Share {
  readonly cell: number;
  readonly share: number;
}

/** The cell of a place among steps, and how far it lies in it; past the ends the last cell goes on. */
function shareOf(steps: readonly number[], at: number): Share {
  const after = steps.findIndex((step) => step > at);
  const cell = after < 0 ? steps.length - 2 : Math.max(0, after - 1);
  return { cell, share: (at - steps[cell]!) / (steps[cell + 1]! - steps[cell]!) };
}

function between({ cell, share }: Share, value: (index: number) => number): number {
  return value(cell) + (value(cell + 1) - value(cell)) * share;
}

/** Metres of an image pixel across and down, in the middle of the mesh. */
export function meshSpacing({ columns, rows, x, y }: GcpMesh): number {
  const [row, column] = [(rows.length - 1) >> 1, (columns.length - 1) >> 1];
  const at = row * columns.length + column;
  const distance = (to: number): number => Math.hypot(x[to]! - x[at]!, y[to]! - y[at]!);
  const across = distance(at + 1) / (columns[column + 1]! - columns[column]!);
  const down = distance(at + columns.length) / (rows[row + 1]! - rows[row]!);
  return Math.min(across, down);
}
