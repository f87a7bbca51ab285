import type { RasterHeader } from './raster-header.js';
import { inverseAffine, pixelToPoint } from './geo-reference.js';
import {
  coordinateTransform,
  definitionOf,
  type CoordinateTransform,
  type MapPoint,
  type Point,
} from './coordinate-transform.js';

/** The image to be drawn: `bbox` in x/y order of `crs`, its edges outer pixel edges. */
export interface TargetFrame {
  readonly crs: string;
  readonly bbox: readonly [number, number, number, number];
  readonly width: number;
  readonly height: number;
}

/** A rectangle of target pixels. */
export interface PixelRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Beyond this many degrees a request may reach where a projection folds back, so every position is mapped there and back. */
const NARROW_DEGREES = 10;
const PROBES = [0, 0.5, 1];

/** Maps positions of the target image (columns and rows, edges at whole numbers) to columns and rows of the full resolution of a source; undefined where there is no exact way there and back. */
export function targetToSource(target: TargetFrame, header: RasterHeader): MapPoint {
  const transform = coordinateTransform(target.crs, header.crs);
  const map = withSourcePixels(target, header, transform.forward);
  if (isTrusted(target, header.crs, transform)) return map;
  const returns = roundTrip(target, transform);
  return (column, row) => (returns(column, row) ? map(column, row) : undefined);
}

function toTarget({ bbox, width, height }: TargetFrame, column: number, row: number): Point {
  const [minX, minY, maxX, maxY] = bbox;
  return [minX + (column * (maxX - minX)) / width, maxY - (row * (maxY - minY)) / height];
}

function withSourcePixels(target: TargetFrame, header: RasterHeader, forward: MapPoint): MapPoint {
  const [a, b, c, d, e, f] = inverseAffine(header.pixelToCrs);
  const full = header.levels[0]!;
  const [centre] = pixelToPoint(header.pixelToCrs, full.width / 2, full.height / 2);
  const { period } = definitionOf(header.crs);
  return (column, row) => {
    const [x, y] = toTarget(target, column, row);
    const point = forward(x, y);
    if (point === undefined) return undefined;
    const sourceX = period === undefined ? point[0] : nearest(point[0], centre, period);
    const [u, v] = [a * sourceX + b * point[1] + c, d * sourceX + e * point[1] + f];
    return Number.isFinite(u) && Number.isFinite(v) ? [u, v] : undefined;
  };
}

/** The equivalent of x, whole turns around the world away, that is nearest to a place. */
function nearest(x: number, place: number, period: number): number {
  return x - Math.round((x - place) / period) * period;
}

/** Whether the whole image is so small and so well mapped that its positions need no check each. */
function isTrusted(target: TargetFrame, sourceCrs: string, transform: CoordinateTransform): boolean {
  if (neverFolds(target.crs) && neverFolds(sourceCrs)) return true;
  const toDegrees = coordinateTransform(target.crs, 'EPSG:4326').forward;
  const returns = roundTrip(target, transform);
  const lons: number[] = [];
  const lats: number[] = [];
  for (const [column, row] of probes(target)) {
    const degrees = toDegrees(...toTarget(target, column, row));
    if (degrees === undefined || !returns(column, row)) return false;
    lons.push(degrees[0]);
    lats.push(degrees[1]);
  }
  return spread(lons) < NARROW_DEGREES && spread(lats) < NARROW_DEGREES;
}

/** Projections that give every place on the globe a position of its own. */
function neverFolds(crs: string): boolean {
  return /\+proj=(longlat|merc|stere) /.test(definitionOf(crs).proj);
}

const probes = ({ width, height }: TargetFrame): (readonly [number, number])[] =>
  PROBES.flatMap((y) => PROBES.map((x) => [x * width, y * height] as const));

const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

function roundTrip(target: TargetFrame, { forward, inverse }: CoordinateTransform) {
  const { bbox, width, height } = target;
  const [pixelX, pixelY] = [(bbox[2] - bbox[0]) / width, (bbox[3] - bbox[1]) / height];
  const { period } = definitionOf(target.crs);
  return (column: number, row: number): boolean => {
    const [x, y] = toTarget(target, column, row);
    const there = forward(x, y);
    const back = there && inverse(...there);
    if (back === undefined) return false;
    const backX = period === undefined ? back[0] : nearest(back[0], x, period);
    return Math.abs(backX - x) < pixelX && Math.abs(back[1] - y) < pixelY;
  };
}

const LATTICE = [0, 0.25, 0.5, 0.75, 1];
const CLIP_DEGREES = 30;
const CLIP_LATITUDE = 84;

/**
 * The part of the target image a source can reach, with some margin; undefined where it reaches none.
 * Sources that are wide, near a pole or outside the target's domain get the whole image.
 */
export function reachOf(target: TargetFrame, header: RasterHeader): PixelRect | undefined {
  const whole = { x: 0, y: 0, width: target.width, height: target.height };
  const { width, height } = header.levels[0]!;
  const lattice = LATTICE.flatMap((v) => LATTICE.map((u) => pixelToPoint(header.pixelToCrs, u * width, v * height)));
  if (!isCompact(lattice, header.crs)) return whole;
  const { period } = definitionOf(target.crs);
  const { forward } = coordinateTransform(header.crs, target.crs);
  const [minX, minY, maxX, maxY] = target.bbox;
  const columns: number[] = [];
  const rows: number[] = [];
  for (const point of lattice) {
    const mapped = forward(...point);
    if (mapped === undefined) return whole;
    const x = period === undefined ? mapped[0] : nearest(mapped[0], (minX + maxX) / 2, period);
    columns.push(((x - minX) / (maxX - minX)) * target.width);
    rows.push(((maxY - mapped[1]) / (maxY - minY)) * target.height);
  }
  return clip(columns, rows, whole);
}

function isCompact(lattice: readonly Point[], crs: string): boolean {
  const { forward } = coordinateTransform(crs, 'EPSG:4326');
  const first = forward(...lattice[0]!);
  return lattice.every((point) => {
    const degrees = forward(...point);
    if (first === undefined || degrees === undefined || Math.abs(degrees[1]) > CLIP_LATITUDE) return false;
    return Math.abs(nearest(degrees[0], first[0], 360) - first[0]) < CLIP_DEGREES;
  });
}

function clip(columns: readonly number[], rows: readonly number[], whole: PixelRect): PixelRect | undefined {
  const margin = 3 + 0.03 * Math.max(spread(columns), spread(rows));
  const left = Math.max(0, Math.floor(Math.min(...columns) - margin));
  const top = Math.max(0, Math.floor(Math.min(...rows) - margin));
  const right = Math.min(whole.width, Math.ceil(Math.max(...columns) + margin));
  const bottom = Math.min(whole.height, Math.ceil(Math.max(...rows) + margin));
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : undefined;
}
