import { axisNamed, axesOf, findCoverageCrs } from './coverage-crs.js';
import type { AxisScale, Box, CoverageGrid, CoverageSelection, CoverageSubset, WcsCoverage } from './coverage.js';
import { WcsError } from './wcs-error.js';

/** Puts a box of one system into another; undefined where it has no place there. */
export type TransformBounds = (from: string, to: string, bbox: Box) => Box | undefined;

/** Within this part of a cell a limit counts as on its edge. */
const EDGE = 1e-6;
/** No axis of an answer is longer; what is written at most is the engine's to say. */
const MOST_CELLS = 1 << 24;

/**
 * The grid of an answer (OGC 09-110r4 §8.4.2, 11-053r1 CRS, 12-039 scaling). In the coverage's own system it keeps to its cells.
 * Throws InvalidAxisLabel, InvalidSubsetting, and the codes of the extensions.
 */
export function selectGrid(
  coverage: WcsCoverage,
  selection: CoverageSelection,
  transform: TransformBounds,
): CoverageGrid {
  const from = knownCrs(selection.subsettingCrs, 'SubsettingCrs-NotSupported', 'subsettingCrs') ?? coverage.crs;
  const to = knownCrs(selection.outputCrs, 'OutputCrs-NotSupported', 'outputCrs') ?? coverage.crs;
  const base = baseGrid(coverage, { from, to }, { selection, transform });
  return scaled(base, selection.scales, coverage);
}

function knownCrs(
  text: string | undefined,
  code: 'SubsettingCrs-NotSupported' | 'OutputCrs-NotSupported',
  locator: string,
): string | undefined {
  if (text === undefined) return undefined;
  const crs = findCoverageCrs(text);
  if (crs === undefined) throw new WcsError(`The system ${text.slice(0, 100)} is not served.`, code, locator);
  return crs.code;
}

interface Systems {
  readonly from: string;
  readonly to: string;
}

function baseGrid(
  coverage: WcsCoverage,
  { from, to }: Systems,
  { selection, transform }: { selection: CoverageSelection; transform: TransformBounds },
): CoverageGrid {
  const inNative = from === coverage.crs && to === coverage.crs;
  const whole =
    from === coverage.crs ? coverage.bbox : moved(transform, { from: coverage.crs, to: from }, coverage.bbox);
  const cut = cutBox(whole, selection.subsets, coverage);
  if (inNative && selection.isExactBox !== true) return onCells(coverage, cut);
  const box = from === to ? cut : moved(transform, { from, to }, cut);
  if (to === coverage.crs && selection.isExactBox !== true) return onCells(coverage, box);
  return { crs: to, bbox: box, ...usualSize(coverage, { to, box }, transform) };
}

function moved(transform: TransformBounds, { from, to }: Systems, box: Box): Box {
  const there = transform(from, to, box);
  if (there === undefined) throw invalidSubset('The area has no place in the system asked for.', 'subset');
  return there;
}

/** The box that is left of a whole; slices stay one point wide. */
function cutBox(whole: Box, subsets: readonly CoverageSubset[], coverage: WcsCoverage): Box {
  const [minX, minY, maxX, maxY] = whole;
  let [x, y]: (readonly [number, number])[] = [
    [minX, maxX],
    [minY, maxY],
  ];
  const seen = new Set<string>();
  for (const subset of subsets) {
    const axis = axisOf(subset.axis, coverage);
    if (seen.has(axis)) throw new WcsError(`The axis ${subset.axis} is cut twice.`, 'InvalidAxisLabel', subset.axis);
    seen.add(axis);
    if (axis === 'x') x = cutRange([minX, maxX], subset);
    else y = cutRange([minY, maxY], subset);
  }
  return [x![0], y![0], x![1], y![1]];
}

/** The axis a label names. Throws InvalidAxisLabel. */
function axisOf(label: string, coverage: WcsCoverage): 'x' | 'y' {
  const axis = axisNamed(label);
  if (axis !== undefined) return axis;
  const { labels } = axesOf(coverage.crs);
  throw new WcsError(
    `The coverage has no axis ${label.slice(0, 100)}; its axes are ${labels.join(' and ')}.`,
    'InvalidAxisLabel',
    label.slice(0, 100),
  );
}

function cutRange([min, max]: readonly [number, number], subset: CoverageSubset): readonly [number, number] {
  const { axis, point, low = point ?? min, high = point ?? max } = subset;
  if (low > high) throw invalidSubset(`The lower limit ${low} of ${axis} is above the upper one, ${high}.`, axis);
  const tolerance = (max - min) * 1e-9;
  if (high < min - tolerance || low > max + tolerance) {
    throw invalidSubset(
      `${low} to ${high} lies outside of the coverage, which has ${min} to ${max} along ${axis}.`,
      axis,
    );
  }
  return [low, high];
}

function invalidSubset(message: string, locator: string): WcsError {
  return new WcsError(message, 'InvalidSubsetting', locator);
}

/** The cells of the coverage that a box of its own system touches. */
function onCells(coverage: WcsCoverage, box: Box): CoverageGrid {
  const { bbox, width, height, crs } = coverage;
  const [cellX, cellY] = [(bbox[2] - bbox[0]) / width, (bbox[3] - bbox[1]) / height];
  const [left, right] = cells((box[0] - bbox[0]) / cellX, (box[2] - bbox[0]) / cellX, width);
  const [top, bottom] = cells((bbox[3] - box[3]) / cellY, (bbox[3] - box[1]) / cellY, height);
  if (right <= left || bottom <= top) throw invalidSubset('The area lies outside of the coverage.', 'subset');
  return {
    crs,
    bbox: [bbox[0] + left * cellX, bbox[3] - bottom * cellY, bbox[0] + right * cellX, bbox[3] - top * cellY],
    width: right - left,
    height: bottom - top,
  };
}

function cells(low: number, high: number, count: number): readonly [number, number] {
  const first = Math.max(0, Math.min(count - 1, Math.floor(low + EDGE)));
  const last = Math.min(count, Math.ceil(high - EDGE));
  return low > count + EDGE || high < -EDGE ? [0, 0] : [first, Math.max(first + 1, last)];
}

/** About as many cells as the coverage itself has there. */
function usualSize(
  coverage: WcsCoverage,
  { to, box }: { to: string; box: Box },
  transform: TransformBounds,
): { width: number; height: number } {
  const all = to === coverage.crs ? coverage.bbox : moved(transform, { from: coverage.crs, to }, coverage.bbox);
  const cell = Math.hypot(all[2] - all[0], all[3] - all[1]) / Math.hypot(coverage.width, coverage.height);
  const count = (span: number): number => Math.max(1, Math.round(span / cell));
  return { width: count(box[2] - box[0]), height: count(box[3] - box[1]) };
}

function scaled(grid: CoverageGrid, scales: CoverageSelection['scales'], coverage: WcsCoverage): CoverageGrid {
  let { width, height } = grid;
  const seen = new Set<string>();
  for (const scale of scales) {
    const axes = scale.axis === '*' ? (['x', 'y'] as const) : [scaleAxis(scale.axis, coverage)];
    for (const axis of axes) {
      if (seen.has(axis))
        throw new WcsError(`The axis ${scale.axis} is scaled twice.`, 'InvalidParameterValue', 'scale');
      seen.add(axis);
      if (axis === 'x') width = scaledCount(width, grid.bbox[2] - grid.bbox[0], scale);
      else height = scaledCount(height, grid.bbox[3] - grid.bbox[1], scale);
    }
  }
  return { ...grid, width, height, bbox: withArea(grid, coverage) };
}

function scaleAxis(label: string, coverage: WcsCoverage): 'x' | 'y' {
  const axis = axisNamed(label);
  if (axis !== undefined) return axis;
  const { labels } = axesOf(coverage.crs);
  throw new WcsError(
    `The coverage has no axis ${label.slice(0, 100)} to scale; its axes are ${labels.join(' and ')}.`,
    'ScaleAxisUndefined',
    label.slice(0, 100),
  );
}

function scaledCount(count: number, span: number, { factor, size, resolution }: AxisScale): number {
  const wanted = size ?? (resolution === undefined ? count * (factor ?? 1) : span / resolution);
  const cells = Math.max(1, Math.round(wanted));
  if (cells <= MOST_CELLS) return cells;
  throw new WcsError(`${cells} cells along one axis are more than ${MOST_CELLS}.`, 'InvalidScaleFactor', 'scale');
}

/** A slice in another system has no width of its own: it gets that of one cell. */
function withArea({ bbox, width, height }: CoverageGrid, coverage: WcsCoverage): Box {
  const [minX, minY, maxX, maxY] = bbox;
  const half = (low: number, high: number, count: number): number =>
    high > low ? 0 : Math.abs(coverage.bbox[2] - coverage.bbox[0]) / coverage.width / count / 2;
  const [x, y] = [half(minX, maxX, width), half(minY, maxY, height)];
  return [minX - x, minY - y, maxX + x, maxY + y];
}
