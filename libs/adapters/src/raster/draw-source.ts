import { InvalidError, TooLargeError } from '#domain/errors.js';
import type { RasterStyle, Resampling } from '#domain/ports/raster-engine.js';
import { blockMemory } from './block-decode.js';
import type { BlockLoader } from './block-loader.js';
import type { Paint, Surface } from './canvas.js';
import type { MapPoint } from './coordinate-transform.js';
import type { OpenRaster } from './open-raster.js';
import { reachOf, targetToSource, type PixelRect, type TargetFrame } from './pixel-map.js';
import { chooseLevel, measureStride } from './level-choice.js';
import { cubicRow } from './resample-cubic.js';
import { drawWindow, type Brush } from './draw-window.js';
import { bilinearRow, nearestRow, type ResampleRow } from './resample-row.js';
import type { RasterHeader } from './raster-header.js';
import type { RasterLevel } from './raster-level.js';
import { blocksOf, gatherWindow, type SourceWindow } from './source-window.js';
import type { ScratchMemory } from './scratch-memory.js';
import { warpGrid, type WarpCell } from './warp-grid.js';

/** What one image may use, counted down as it is drawn. */
export interface DrawBudget {
  /** Bytes of decoded blocks. */
  bytes: number;
}

/** One drawing under way. */
export interface Drawing {
  readonly canvas: Surface;
  /** Only these rows of the target; all where absent. */
  readonly rows?: { readonly from: number; readonly count: number };
  readonly target: TargetFrame;
  readonly loader: BlockLoader;
  readonly scratch: ScratchMemory;
  readonly resampling: Resampling | 'cubic';
  readonly budget: DrawBudget;
  readonly signal: AbortSignal | undefined;
}

/** A window larger than this is drawn in parts. */
const WINDOW_PIXELS = 4 << 20;
/** A window this many times larger than what is drawn from it is drawn in parts, e.g. where an image crosses the edge of the map. */
const WASTE = 4;

/**
 * Draws a raster under what the canvas holds; true where any of it can be seen. Positions are at most 0.125 px of the level drawn from away from the exact ones.
 * Throws InvalidError for bands the raster lacks, TooLargeError where the image needs more blocks than its budget.
 */
export async function drawSource(drawing: Drawing, raster: OpenRaster, style: RasterStyle): Promise<boolean> {
  const { header } = raster;
  const paint = paintOf(header, style, drawing.canvas.takesSamples);
  const reach = reachOf(drawing.target, header);
  if (reach === undefined || drawing.canvas.isCovered(reach)) return false;
  const map = targetToSource(drawing.target, header);
  const stride = measureStride(map, reach, header);
  if (stride === undefined) return false;
  const levelIndex = chooseLevel(header.levels, stride);
  const rect = withinRows(reach, drawing.rows);
  if (rect === undefined) return false;
  const level = header.levels[levelIndex]!;
  checkSamples(drawing.budget, level, { rect, stride: (stride * level.width) / header.levels[0]!.width });
  const cells = levelCells(map, header, { rect, levelIndex, stride });
  const nearest = drawing.resampling === 'nearest' || paint.palette !== undefined;
  const part: Part = { raster, style, paint, levelIndex, resample: nearest ? nearestRow : ROWS[drawing.resampling] };
  return drawCells(drawing, part, cells);
}

const ROWS: Readonly<Record<Drawing['resampling'], ResampleRow>> = {
  nearest: nearestRow,
  bilinear: bilinearRow,
  cubic: cubicRow,
};

function withinRows(rect: PixelRect, rows: Drawing['rows']): PixelRect | undefined {
  if (rows === undefined) return rect;
  const y = Math.max(rect.y, rows.from);
  const height = Math.min(rect.y + rect.height, rows.from + rows.count) - y;
  return height > 0 ? { ...rect, y, height } : undefined;
}

interface Part extends Brush {
  readonly raster: OpenRaster;
  readonly style: RasterStyle;
  readonly levelIndex: number;
}

function paintOf(header: RasterHeader, { bands, stretch }: RasterStyle, isRaw: boolean): Paint {
  const level = header.levels[0]!;
  const missing = bands.find((band) => !(Number.isInteger(band) && band >= 0 && band < level.bands));
  if (missing !== undefined) {
    throw new InvalidError(`The raster has bands 0 to ${level.bands - 1}, not ${missing}`, { subject: 'bands' });
  }
  if (isRaw) return { bands: bands.length, scale: [], shift: [], palette: undefined, isAsIs: false };
  const palette = stretch === undefined && bands.length === 1 ? header.palette : undefined;
  if (stretch === undefined && palette === undefined && level.bits > 8) {
    throw new InvalidError(`A raster of ${level.bits} bit samples is drawn only with a stretch`, {
      subject: 'stretch',
    });
  }
  const ranges = stretch ?? bands.map(() => ({ min: 0, max: 255 }));
  const scale = ranges.map(({ min, max }) => 255 / (max - min));
  const isAsIs = palette === undefined && ranges.every(({ min, max }) => min === 0 && max === 255);
  return { bands: bands.length, scale, shift: ranges.map(({ min }, i) => -min * scale[i]!), palette, isAsIs };
}

function levelCells(
  map: MapPoint,
  header: RasterHeader,
  { rect, levelIndex, stride }: { rect: PixelRect; levelIndex: number; stride: number },
): WarpCell[] {
  const { width, height } = header.levels[levelIndex]!;
  const full = header.levels[0]!;
  const [scaleX, scaleY] = [width / full.width, height / full.height];
  const levelMap: MapPoint = (column, row) => {
    const point = map(column, row);
    return point && [point[0] * scaleX, point[1] * scaleY];
  };
  return warpGrid({ map: levelMap, rect, width, height, stride: stride * Math.max(scaleX, scaleY) });
}

async function drawCells(drawing: Drawing, part: Part, all: readonly WarpCell[]): Promise<boolean> {
  const cells = all.filter((cell) => !drawing.canvas.isCovered(cell));
  const frame = windowOf(cells, part);
  if (frame === undefined) return false;
  const pixels = frame.width * frame.height;
  if (cells.length > 1 && (pixels > WINDOW_PIXELS || pixels > WASTE * neededPixels(cells) + 65_536)) {
    const [some, others] = parted(cells);
    const seen = await drawCells(drawing, part, some);
    return (await drawCells(drawing, part, others)) || seen;
  }
  const { raster, style, levelIndex } = part;
  spend(drawing.budget, part, frame);
  const nodata = style.nodata ?? raster.header.nodata;
  const request = { raster, levelIndex, bands: style.bands, nodata, ...frame };
  const window = await gatherWindow(drawing, request, drawing.signal);
  drawing.signal?.throwIfAborted();
  const seen = drawWindow(drawing.canvas, part, { window, cells });
  drawing.scratch.give(window.values);
  return seen;
}

function windowOf(cells: readonly WarpCell[], { raster, levelIndex }: Part) {
  const { width, height } = raster.header.levels[levelIndex]!;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (const { upperLeft, upperRight, lowerLeft, lowerRight, strideU, strideV } of cells) {
    const corners = [upperLeft, upperRight, lowerLeft, lowerRight];
    const padU = Math.min(32, Math.max(1, strideU)) + 2;
    const padV = Math.min(32, Math.max(1, strideV)) + 2;
    left = Math.min(left, ...corners.map(([u]) => Math.floor(u - padU)));
    right = Math.max(right, ...corners.map(([u]) => Math.ceil(u + padU)));
    top = Math.min(top, ...corners.map(([, v]) => Math.floor(v - padV)));
    bottom = Math.max(bottom, ...corners.map(([, v]) => Math.ceil(v + padV)));
  }
  [left, top] = [Math.max(0, left), Math.max(0, top)];
  [right, bottom] = [Math.min(width, right), Math.min(height, bottom)];
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : undefined;
}

function neededPixels(cells: readonly WarpCell[]): number {
  return cells.reduce((sum, cell) => sum + (cell.width * cell.strideU + 4) * (cell.height * cell.strideV + 4), 0);
}

/** Two halves of the cells, cut where they lie widest apart in the source. */
function parted(cells: readonly WarpCell[]): [WarpCell[], WarpCell[]] {
  const us = cells.map(({ upperLeft }) => upperLeft[0]);
  const vs = cells.map(({ upperLeft }) => upperLeft[1]);
  const axis = Math.max(...us) - Math.min(...us) >= Math.max(...vs) - Math.min(...vs) ? 0 : 1;
  const sorted = cells.toSorted((a, b) => a.upperLeft[axis] - b.upperLeft[axis]);
  const half = sorted.length >> 1;
  return [sorted.slice(0, half), sorted.slice(half)];
}

function spend(
  budget: DrawBudget,
  { raster, style, levelIndex }: Part,
  frame: Omit<SourceWindow, 'values' | 'opacity' | 'bands'>,
): void {
  const level = raster.header.levels[levelIndex]!;
  const shape = { width: level.blockWidth, height: level.blockHeight, bands: level.planar ? 1 : level.bands };
  const bytes = blocksOf(level, frame, style.bands).length * blockMemory(level, shape);
  if (bytes > budget.bytes) throw tooMuch();
  budget.bytes -= bytes;
}

function tooMuch(): TooLargeError {
  return new TooLargeError(
    'The image needs more source pixels than one may use: ask for a smaller area or add overviews to the raster',
  );
}

/** Throws TooLargeError where the samples under the image alone exceed the budget, before positions are computed for them. */
function checkSamples(
  { bytes }: DrawBudget,
  level: RasterLevel,
  { rect, stride }: { rect: PixelRect; stride: number },
): void {
  const samples = Math.min(rect.width * rect.height * stride ** 2, level.width * level.height);
  if (samples > bytes) throw tooMuch();
}
