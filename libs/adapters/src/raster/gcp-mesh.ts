import { InvalidError } from '#domain/errors.js';
import { coordinateTransform } from './coordinate-transform.js';
import type { GcpGrid } from './gcp-grid.js';
import { placeAmong, type StepPlace } from './step-place.js';

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
  const columns = reachEdges(grid.columns, image.width);
  const rows = reachEdges(grid.rows, image.height);
  const across = columns.map((column) => placeAmong(grid.columns, column));
  const down = rows.map((row) => placeAmong(grid.rows, row));
  const stretched = (axis: 0 | 1): Float64Array => {
    const along = ({ cell, share }: StepPlace, row: number): number => {
      const at = row * grid.columns.length + cell;
      return points[at]![axis] + (points[at + 1]![axis] - points[at]![axis]) * share;
    };
    const value = (column: StepPlace, { cell, share }: StepPlace): number => {
      const upper = along(column, cell);
      return upper + (along(column, cell + 1) - upper) * share;
    };
    return Float64Array.from(down.flatMap((row) => across.map((column) => value(column, row))));
  };
  const mesh = { crs, columns, rows, x: stretched(0), y: stretched(1) };
  if (![...mesh.x, ...mesh.y].every(Number.isFinite)) {
    throw new InvalidError('The ground control points of the TIFF have no usable positions');
  }
  return mesh;
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

/** Metres of an image pixel across and down, in the middle of the mesh. */
export function meshSpacing({ columns, rows, x, y }: GcpMesh): number {
  const [row, column] = [(rows.length - 1) >> 1, (columns.length - 1) >> 1];
  const at = row * columns.length + column;
  const distance = (to: number): number => Math.hypot(x[to]! - x[at]!, y[to]! - y[at]!);
  const across = distance(at + 1) / (columns[column + 1]! - columns[column]!);
  const down = distance(at + columns.length) / (rows[row + 1]! - rows[row]!);
  return Math.min(across, down);
}
