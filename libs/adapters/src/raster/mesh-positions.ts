import { InvalidError } from '#domain/errors.js';
import type { BrowseGrid } from '#domain/ports/browse-maker.js';
import type { GcpMesh } from './gcp-mesh.js';

/** Rows and columns of a grid. */
export interface GridBlock {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Image positions of the middles of a block's cells, row by row; NaN outside the image. */
export interface ImagePositions {
  readonly columns: Float64Array;
  readonly rows: Float64Array;
}

/** One quadrilateral of a mesh in cells of the grid: x(s, t) = x0 + xs·s + xt·t + xst·s·t, likewise y. */
interface Cell {
  readonly x: readonly [number, number, number, number];
  readonly y: readonly [number, number, number, number];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly column: number;
  readonly across: number;
  readonly row: number;
  readonly down: number;
}

/** Cells of the mesh may lie over each other this many times before their positions are not believed. */
const MOST_OVERLAP = 8;
const STEPS = 8;
const EXACT = 1e-9;
const EDGE = 1e-7;
const FAR = 100;

/** Finds where in the image the cells of a grid lie. */
export class MeshPositions {
  private readonly cells: readonly Cell[];

  /** Throws InvalidError where the control points jump about. */
  constructor(mesh: GcpMesh, grid: BrowseGrid & { readonly width: number; readonly height: number }) {
    this.cells = cellsOf(mesh, grid);
    const covered = this.cells.reduce(
      (sum, { left, right, top, bottom }) => sum + (right - left + 1) * (bottom - top + 1),
      0,
    );
    if (covered > MOST_OVERLAP * (grid.width + 2) * (grid.height + 2)) {
      throw new InvalidError('The ground control points of the TIFF jump about; it cannot be gridded');
    }
  }

  /** Into arrays of the block's size. */
  locate(block: GridBlock, out: ImagePositions): void {
    out.columns.fill(Number.NaN);
    out.rows.fill(Number.NaN);
    for (const cell of this.cells) {
      const left = Math.max(block.left, Math.ceil(cell.left - 0.5));
      const right = Math.min(block.left + block.width - 1, Math.floor(cell.right - 0.5));
      const top = Math.max(block.top, Math.ceil(cell.top - 0.5));
      const bottom = Math.min(block.top + block.height - 1, Math.floor(cell.bottom - 0.5));
      if (left <= right && top <= bottom) fillCell(cell, { left, right, top, bottom }, { block, out });
    }
  }
}

function cellsOf(
  { columns, rows, x, y }: GcpMesh,
  { origin, pixelSize }: Pick<BrowseGrid, 'origin' | 'pixelSize'>,
): Cell[] {
  const cells: Cell[] = [];
  for (let row = 0; row + 1 < rows.length; row++) {
    for (let column = 0; column + 1 < columns.length; column++) {
      const at = row * columns.length + column;
      const corners = [at, at + 1, at + columns.length, at + columns.length + 1];
      const xs = corners.map((i) => (x[i]! - origin[0]) / pixelSize[0]) as [number, number, number, number];
      const ys = corners.map((i) => (origin[1] - y[i]!) / pixelSize[1]) as [number, number, number, number];
      cells.push({
        x: bilinear(xs),
        y: bilinear(ys),
        left: Math.min(...xs),
        right: Math.max(...xs),
        top: Math.min(...ys),
        bottom: Math.max(...ys),
        column: columns[column]!,
        across: columns[column + 1]! - columns[column]!,
        row: rows[row]!,
        down: rows[row + 1]! - rows[row]!,
      });
    }
  }
  return cells;
}

function bilinear([a, b, c, d]: readonly [number, number, number, number]): Cell['x'] {
  return [a, b - a, c - a, a - b - c + d];
}

function fillCell(
  cell: Cell,
  area: { left: number; right: number; top: number; bottom: number },
  { block, out }: { block: GridBlock; out: ImagePositions },
): void {
  const inverse = new BilinearInverse(cell);
  for (let row = area.top; row <= area.bottom; row++) {
    for (let column = area.left; column <= area.right; column++) {
      if (!inverse.solve(column + 0.5, row + 0.5)) continue;
      const at = (row - block.top) * block.width + column - block.left;
      out.columns[at] = cell.column + inverse.s * cell.across;
      out.rows[at] = cell.row + inverse.t * cell.down;
    }
  }
}

/** Where in a cell a position lies, by Newton's steps from the answer before: a cell is nearly a parallelogram, so two are enough. */
class BilinearInverse {
  s = 0.5;
  t = 0.5;

  constructor(private readonly cell: Pick<Cell, 'x' | 'y'>) {}

  /** Sets `s` and `t`; false outside the cell. */
  solve(x: number, y: number): boolean {
    for (let step = 0; step < STEPS; step++) if (this.approach(x, y) < EXACT) break;
    const { s, t } = this;
    if (s >= -EDGE && s <= 1 + EDGE && t >= -EDGE && t <= 1 + EDGE) return true;
    // Lost where the cell folds: begin anew.
    if (!(Math.abs(s) + Math.abs(t) < FAR)) this.s = this.t = 0.5;
    return false;
  }

  private approach(x: number, y: number): number {
    const { cell, s, t } = this;
    const dx = cell.x[0] + cell.x[1] * s + cell.x[2] * t + cell.x[3] * s * t - x;
    const dy = cell.y[0] + cell.y[1] * s + cell.y[2] * t + cell.y[3] * s * t - y;
    const a = cell.x[1] + cell.x[3] * t;
    const b = cell.x[2] + cell.x[3] * s;
    const c = cell.y[1] + cell.y[3] * t;
    const d = cell.y[2] + cell.y[3] * s;
    const determinant = a * d - b * c;
    const ds = (dx * d - dy * b) / determinant;
    const dt = (dy * a - dx * c) / determinant;
    this.s = s - ds;
    this.t = t - dt;
    return Math.abs(ds) + Math.abs(dt);
  }
}
