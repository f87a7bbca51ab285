import { TooLargeError } from '#domain/errors.js';
import type { MapPoint, Point } from './coordinate-transform.js';
import type { PixelRect } from './pixel-map.js';

/** A rectangle of target pixels whose source positions are interpolated bilinearly between its corners, in pixels of one level of the source. */
export interface WarpCell extends PixelRect {
  readonly upperLeft: Point;
  readonly upperRight: Point;
  readonly lowerLeft: Point;
  readonly lowerRight: Point;
  /** Source columns and rows a step of one target pixel spans. */
  readonly strideU: number;
  readonly strideV: number;
}

/** What a grid is made for. */
export interface WarpArea {
  readonly map: MapPoint;
  readonly rect: PixelRect;
  /** Size of the level the positions are in. */
  readonly width: number;
  readonly height: number;
  /** Strides to use where a single pixel is mapped by itself. */
  readonly stride: number;
}

/** The position error no interpolated pixel exceeds, in pixels of the level drawn from (the tolerance of GDAL's own approximation). */
export const MAX_POSITION_ERROR = 0.125;
/** Accepted where it is measured: so far below the bound that the nearest pixel is almost always the exact one; small cells, of which there are many, sooner. */
const TOLERANCE = 0.01;
const SMALL_TOLERANCE = 0.05;
/** A cell is 64 target pixels wide at most, and 16 where it would span more than this many source pixels. */
export const CELL_SIDE = 64;
const SMALL_CELL = 16;
const SMALL_FROM = 256;

/** Cells of the largest image usual ones are far from: more are of a raster whose place makes no sense. */
const MAX_CELLS = 1 << 18;
const MAX_POSITIONS = 1 << 20;

/**
 * Cuts a rectangle of the target into cells, halving them until the interpolated position is within 0.125 px of the level of the exact one everywhere.
 * Positions that do not transform become holes: cells around them end in single pixels mapped exactly. Cells that miss the source are left out.
 * Throws TooLargeError where more cells are needed than any usual image has.
 */
export function warpGrid(area: WarpArea): WarpCell[] {
  const grid = new GridCutter(area);
  const size = area.stride * CELL_SIDE > SMALL_FROM ? SMALL_CELL : CELL_SIDE;
  const { x, y, width, height } = area.rect;
  for (let top = y; top < y + height; top += size) {
    for (let left = x; left < x + width; left += size) {
      grid.cut({ x: left, y: top, width: Math.min(size, x + width - left), height: Math.min(size, y + height - top) });
    }
  }
  return grid.cells;
}

/** Corner, edge and middle positions of a rectangle, row by row. */
type NinePoints = readonly (Point | undefined)[];

class GridCutter {
  readonly cells: WarpCell[] = [];
  readonly #known = new Map<number, Point | undefined>();

  constructor(private readonly area: WarpArea) {}

  cut(rect: PixelRect): void {
    if (this.cells.length > MAX_CELLS || this.#known.size > MAX_POSITIONS) {
      throw new TooLargeError('The raster needs more positions computed than one image may: ask for a smaller area');
    }
    // A single row or column has no middle to measure at.
    if (rect.width === 1 || rect.height === 1) return this.#exactPixels(rect);
    const halfWidth = rect.width >> 1;
    const halfHeight = rect.height >> 1;
    const columns = [rect.x, rect.x + halfWidth, rect.x + rect.width];
    const rows = [rect.y, rect.y + halfHeight, rect.y + rect.height];
    const nine = rows.flatMap((row) => columns.map((column) => this.#at(column, row)));
    if (this.#misses(nine)) return;
    const tolerance = Math.max(rect.width, rect.height) > SMALL_CELL ? TOLERANCE : SMALL_TOLERANCE;
    const error = interpolationError(nine, halfWidth / rect.width, halfHeight / rect.height);
    if (error <= tolerance && this.#quarterError(rect, nine as readonly Point[]) <= tolerance) {
      this.cells.push(cellOf(rect, nine as readonly Point[]));
      return;
    }
    for (const part of quarters(rect)) this.cut(part);
  }

  /** A map that bends one way and then the other, as at the equator, is exact in the middle and wrong beside it. */
  #quarterError(rect: PixelRect, nine: readonly Point[]): number {
    const [right, down] = [rect.width >> 2, rect.height >> 2];
    const exact = this.#at(rect.x + right, rect.y + down);
    if (exact === undefined) return Infinity;
    const [fx, fy] = [right / rect.width, down / rect.height];
    const axisError = (axis: 0 | 1): number => {
      const above = nine[0]![axis] + (nine[2]![axis] - nine[0]![axis]) * fx;
      const below = nine[6]![axis] + (nine[8]![axis] - nine[6]![axis]) * fx;
      return Math.abs(above + (below - above) * fy - exact[axis]);
    };
    return Math.max(axisError(0), axisError(1));
  }

  #exactPixels({ x: left, y: top, width, height }: PixelRect): void {
    const { map, stride } = this.area;
    for (let y = top; y < top + height; y++) {
      for (let x = left; x < left + width; x++) {
        const at = map(x + 0.5, y + 0.5);
        if (at === undefined) continue;
        const corners = { upperLeft: at, upperRight: at, lowerLeft: at, lowerRight: at };
        this.cells.push({ x, y, width: 1, height: 1, ...corners, strideU: stride, strideV: stride });
      }
    }
  }

  #at(column: number, row: number): Point | undefined {
    const key = row * 65_536 + column;
    if (this.#known.has(key)) return this.#known.get(key);
    const point = this.area.map(column, row);
    this.#known.set(key, point);
    return point;
  }

  /** Whether the source lies further from every known position than these lie from each other. */
  #misses(nine: NinePoints): boolean {
    const points = nine.filter((point) => point !== undefined);
    if (points.length === 0) return true;
    const { width, height } = this.area;
    return (
      isBeyond(
        points.map(([u]) => u),
        width,
      ) ||
      isBeyond(
        points.map(([, v]) => v),
        height,
      )
    );
  }
}

function isBeyond(positions: readonly number[], size: number): boolean {
  const low = Math.min(...positions);
  const high = Math.max(...positions);
  const margin = high - low + 2;
  return low - margin > size || high + margin < 0;
}

function interpolationError(nine: NinePoints, fx: number, fy: number): number {
  if (nine.includes(undefined)) return Infinity;
  const points = nine as readonly Point[];
  const across = Math.max(deviation(points, [0, 1, 2], fx), deviation(points, [6, 7, 8], fx));
  const down = Math.max(deviation(points, [0, 3, 6], fy), deviation(points, [2, 5, 8], fy));
  const edges = across + down;
  // A conformal map bends down as much as across: the errors cancel in the middle, so the edges count.
  return Math.max(edges, deviation(points, [3, 4, 5], fx) + down);
}

type Three = readonly [from: number, middle: number, to: number];

function deviation(points: readonly Point[], [from, middle, to]: Three, fraction: number): number {
  const [a, m, b] = [points[from]!, points[middle]!, points[to]!];
  const du = a[0] + (b[0] - a[0]) * fraction - m[0];
  const dv = a[1] + (b[1] - a[1]) * fraction - m[1];
  return Math.max(Math.abs(du), Math.abs(dv));
}

function cellOf(rect: PixelRect, nine: readonly Point[]): WarpCell {
  const [upperLeft, upperRight, lowerLeft, lowerRight] = [nine[0]!, nine[2]!, nine[6]!, nine[8]!];
  const stride = (axis: 0 | 1): number =>
    Math.hypot((upperRight[axis] - upperLeft[axis]) / rect.width, (lowerLeft[axis] - upperLeft[axis]) / rect.height);
  return { ...rect, upperLeft, upperRight, lowerLeft, lowerRight, strideU: stride(0), strideV: stride(1) };
}

function quarters({ x, y, width, height }: PixelRect): PixelRect[] {
  const [left, top] = [width >> 1, height >> 1];
  const [right, bottom] = [width - left, height - top];
  return [
    { x, y, width: left, height: top },
    { x: x + left, y, width: right, height: top },
    { x, y: y + top, width: left, height: bottom },
    { x: x + left, y: y + top, width: right, height: bottom },
  ];
}
