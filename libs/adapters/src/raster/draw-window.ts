import type { Paint, Surface } from './canvas.js';
import { bilinearRow, type ResampleRow, type SampleRow, type Span } from './resample-row.js';
import type { SourceWindow } from './source-window.js';
import { MOST_SIDE, TentKernel, type Tent } from './tent-kernel.js';
import { LANES } from './tent-tables.js';
import { CELL_SIDE, type WarpCell } from './warp-grid.js';

/** How samples are taken and what becomes of them. */
export interface Brush {
  readonly resample: ResampleRow;
  readonly paint: Paint;
}

let kernel: TentKernel | undefined;

/** Draws cells of the target from a window of the source under what the surface holds; true where any of it can be seen. */
export function drawWindow(
  surface: Surface,
  brush: Brush,
  { window, cells }: { readonly window: SourceWindow; readonly cells: readonly WarpCell[] },
): boolean {
  const widest = Math.max(...cells.map(({ width }) => width));
  const row: SampleRow = { values: new Float32Array(widest * window.bands), opacity: new Uint8Array(widest) };
  const quick = quickly(surface, brush, window);
  let seen = false;
  for (const cell of cells) {
    const tent = quick && tentOver(window, cell);
    seen = (tent ? quick(cell, tent) : drawCell(surface, { ...brush, window, row }, cell)) || seen;
  }
  return seen;
}

function drawCell(
  surface: Surface,
  { resample, paint, window, row }: Brush & { readonly window: SourceWindow; readonly row: SampleRow },
  cell: WarpCell,
): boolean {
  let seen = false;
  for (let y = 0; y < cell.height; y++) {
    resample(window, spanOf(cell, y, window), row);
    seen = surface.paintUnder((cell.y + y) * surface.width + cell.x, cell.width, { row, paint }) || seen;
  }
  return seen;
}

/** Draws a cell whose kernels lie within the window, where everything has data. */
type QuickCell = (cell: WarpCell, tent: Tent) => boolean;

/** The quick way for pictures of bytes drawn as they are, and for single bands; undefined where there is none. */
function quickly(surface: Surface, { resample, paint }: Brush, window: SourceWindow): QuickCell | undefined {
  if (resample !== bilinearRow || Math.max(window.width, window.height) > MOST_SIDE) return undefined;
  if (surface.paintPixels && paint.isAsIs && window.bands === 3 && window.values instanceof Uint8Array) {
    const tents = loaded(window);
    // No cell lies under another.
    const isBlank = surface.isBlank === true;
    return (cell, tent) => {
      for (let y = 0; y < cell.height; y++) tents.colours(spanOf(cell, y, window), tent, y);
      return surface.paintPixels!(cell, tents.cell.pixels, isBlank);
    };
  }
  if (window.bands > 1 || window.values instanceof Uint8Array) return undefined;
  const tents = loaded(window);
  const opacity = new Uint8Array(CELL_SIDE).fill(255);
  return (cell, tent) => {
    let seen = false;
    for (let y = 0; y < cell.height; y++) tents.samples(spanOf(cell, y, window), tent, y);
    for (let y = 0; y < cell.height; y++) {
      const row = { values: tents.cell.samples.subarray(y * CELL_SIDE), opacity };
      seen = surface.paintUnder((cell.y + y) * surface.width + cell.x, cell.width, { row, paint }) || seen;
    }
    return seen;
  };
}

function loaded(window: SourceWindow): TentKernel {
  kernel ??= new TentKernel();
  kernel.load(window);
  return kernel;
}

/** The tent of a cell; undefined where it is too wide, or reaches where there is no data. */
function tentOver(window: SourceWindow, cell: WarpCell): Tent | undefined {
  const tent = kernel!.tent(cell);
  if (tent === undefined) return undefined;
  const corners = [cell.upperLeft, cell.upperRight, cell.lowerLeft, cell.lowerRight];
  const [us, vs] = [corners.map(([u]) => u - window.left), corners.map(([, v]) => v - window.top)];
  const left = Math.floor(Math.min(...us) - 0.5 - tent.radiusU);
  const right = Math.floor(Math.max(...us) - 0.5 - tent.radiusU) + 1 + LANES;
  const top = Math.floor(Math.min(...vs) - 0.5 - tent.radiusV);
  const bottom = Math.ceil(Math.max(...vs) - 0.5 + tent.radiusV) + 1;
  if (left < 0 || top < 0 || right > window.width || bottom > window.height) return undefined;
  return isOpaque(window, { left, top, right, bottom }) ? tent : undefined;
}

interface Reach {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function isOpaque({ opacity, width }: SourceWindow, { left, top, right, bottom }: Reach): boolean {
  if (opacity === undefined) return true;
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) if (opacity[at] !== 255) return false;
  }
  return true;
}

function spanOf(cell: WarpCell, row: number, { left, top }: SourceWindow): Span {
  const { upperLeft, upperRight, lowerLeft, lowerRight, width: count, strideU, strideV } = cell;
  const f = (row + 0.5) / cell.height;
  const u0 = upperLeft[0] + (lowerLeft[0] - upperLeft[0]) * f;
  const v0 = upperLeft[1] + (lowerLeft[1] - upperLeft[1]) * f;
  const du = (upperRight[0] + (lowerRight[0] - upperRight[0]) * f - u0) / count;
  const dv = (upperRight[1] + (lowerRight[1] - upperRight[1]) * f - v0) / count;
  return { count, u: u0 + du / 2 - left, v: v0 + dv / 2 - top, du, dv, strideU, strideV };
}
