import { boundingBoxArea, boundingBoxOf, positionsOf } from '#domain/geometry/bounding-box.js';
import type { Geometry, Position } from '#domain/geometry/geometry.js';
import type { ShadeSource } from '#domain/ports/raster-engine.js';
import type { Canvas } from './canvas.js';
import { coordinateTransform, definitionOf, type Point } from './coordinate-transform.js';
import type { TargetFrame } from './pixel-map.js';

/** An outline of more positions is shaded as its box. */
const MOST_POSITIONS = 500;
/** Longest edge mapped as a straight line, degrees. */
const STEP = 2;
/** Opacity of one footprint, of each doubling, and the most. */
const ONE = 56;
const DOUBLING = 30;
const MOST = 190;

/** Shades footprints under what the canvas holds, the darker the more lie over each other; true where any can be seen. */
export function shadeFootprints(canvas: Canvas, target: TargetFrame, { footprints, colour }: ShadeSource): boolean {
  const depth = new DepthMap(canvas.width, canvas.height);
  for (const geometry of footprints) for (const polygon of polygonsOf(geometry)) addPolygon(depth, target, polygon);
  const colours = new Uint8ClampedArray(canvas.width * 3);
  for (let at = 0; at < colours.length; at += 3) {
    colours[at] = colour >> 16;
    colours[at + 1] = (colour >> 8) & 255;
    colours[at + 2] = colour & 255;
  }
  let seen = false;
  const opacity = new Uint8Array(canvas.width);
  for (let row = 0; row < canvas.height; row++) {
    if (depth.shade(row, opacity)) seen = canvas.paintColours(row * canvas.width, colours, opacity) || seen;
  }
  return seen;
}

type Ring = readonly Position[];

function polygonsOf(geometry: Geometry): readonly (readonly Ring[])[] {
  if (positionsOf(geometry).length > MOST_POSITIONS) {
    const box = boundingBoxOf(geometry);
    return box === undefined ? [] : polygonsOf(boundingBoxArea(box));
  }
  if (geometry.type === 'Polygon') return [geometry.coordinates];
  return geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
}

function addPolygon(depth: DepthMap, target: TargetFrame, polygon: readonly Ring[]): void {
  const rings = polygon.map((ring) => mapRing(ring, target)).filter((ring) => ring !== undefined);
  const { period } = definitionOf(target.crs);
  const turn = period === undefined ? 0 : (period * target.width) / (target.bbox[2] - target.bbox[0]);
  for (const shift of turn === 0 ? [0] : [-turn, 0, turn]) depth.add(rings, shift);
}

/** Columns and rows of a ring; undefined where a position cannot be mapped. */
function mapRing(ring: Ring, { crs, bbox, width, height }: TargetFrame): Point[] | undefined {
  const { forward } = coordinateTransform('CRS:84', crs);
  const [minX, minY, maxX, maxY] = bbox;
  const points: Point[] = [];
  for (const [lon, lat] of denser(ring)) {
    const point = forward(lon, lat);
    if (point === undefined) return undefined;
    points.push([((point[0] - minX) / (maxX - minX)) * width, ((maxY - point[1]) / (maxY - minY)) * height]);
  }
  return points;
}

function* denser(ring: Ring): Generator<Position> {
  for (const [index, [x, y]] of ring.entries()) {
    const [toX, toY] = ring[(index + 1) % ring.length]!;
    const steps = Math.min(400, Math.max(1, Math.ceil(Math.max(Math.abs(toX - x), Math.abs(toY - y)) / STEP)));
    for (let i = 0; i < steps; i++) yield [x + ((toX - x) * i) / steps, y + ((toY - y) * i) / steps];
  }
}

/** How many polygons lie over each pixel: every row holds where they begin and end. */
class DepthMap {
  private readonly changes: Int32Array;

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {
    this.changes = new Int32Array((width + 1) * height);
  }

  /** Adds a polygon by the even-odd rule; a pixel is within where its middle is. */
  add(rings: readonly (readonly Point[])[], shift: number): void {
    const crossings = new Map<number, number[]>();
    for (const ring of rings) {
      ring.forEach((from, index) => this.cross(from, ring[(index + 1) % ring.length]!, { shift, crossings }));
    }
    for (const [row, xs] of crossings) {
      xs.sort((a, b) => a - b);
      for (let i = 0; i + 1 < xs.length; i += 2) this.span(row, xs[i]!, xs[i + 1]!);
    }
  }

  private cross(from: Point, to: Point, at: { shift: number; crossings: Map<number, number[]> }): void {
    const [upper, lower] = from[1] <= to[1] ? [from, to] : [to, from];
    const first = Math.max(0, Math.ceil(upper[1] - 0.5));
    const last = Math.min(this.height - 1, Math.ceil(lower[1] - 0.5) - 1);
    for (let row = first; row <= last; row++) {
      const share = (row + 0.5 - upper[1]) / (lower[1] - upper[1]);
      const x = upper[0] + (lower[0] - upper[0]) * share + at.shift;
      const known = at.crossings.get(row);
      if (known) known.push(x);
      else at.crossings.set(row, [x]);
    }
  }

  private span(row: number, from: number, to: number): void {
    const clip = (x: number): number => Math.min(this.width, Math.max(0, Math.ceil(x - 0.5)));
    const start = row * (this.width + 1);
    this.changes[start + clip(from)]! += 1;
    this.changes[start + clip(to)]! -= 1;
  }

  /** Opacities of a row; false where there is nothing. */
  shade(row: number, opacity: Uint8Array): boolean {
    let count = 0;
    let any = false;
    for (let x = 0, at = row * (this.width + 1); x < this.width; x++, at++) {
      count += this.changes[at]!;
      opacity[x] = count === 0 ? 0 : Math.min(MOST, ONE + DOUBLING * Math.log2(count));
      any ||= count > 0;
    }
    return any;
  }
}
