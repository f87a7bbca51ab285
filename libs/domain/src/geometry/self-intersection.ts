import { InvalidError } from '../errors.js';
import type { Geometry, Position } from './geometry.js';
import { dropRepeats, type Ring } from './ring.js';

const MAX_SEGMENTS = 20_000;
/** Pairs of segments looked at before giving up: well under a second. */
const MAX_PAIRS = 20_000_000;

interface Segment {
  readonly index: number;
  readonly from: Position;
  readonly to: Position;
  readonly west: number;
  readonly east: number;
}

/**
 * A position where a closed ring crosses or touches itself on the flat map (OGC 06-103r4 §6.1.11), or undefined where it is simple.
 * A sweep from west to east, near n log n for real footprints. Throws InvalidError for rings too large to check.
 */
export function findSelfIntersection(ring: Ring): Position | undefined {
  const segments = segmentsOf(dropRepeats(ring));
  const last = segments.length - 1;
  let active: Segment[] = [];
  let pairs = 0;
  for (const segment of segments.toSorted((a, b) => a.west - b.west)) {
    active = active.filter((other) => other.east >= segment.west);
    pairs += active.length;
    if (pairs > MAX_PAIRS) throw new InvalidError('The ring is too intricate to check for self-intersection.');
    const hit = active.find((other) => meet(segment, other, last));
    if (hit !== undefined) return meetingPlace(segment, hit);
    active.push(segment);
  }
  return undefined;
}

/** Whether every ring of the polygons in a geometry is simple and has an area; other geometries always are. */
export function isSimple(geometry: Geometry): boolean {
  const rings =
    geometry.type === 'Polygon'
      ? geometry.coordinates
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates.flat()
        : [];
  return rings.every((ring) => dropRepeats(ring).length >= 4 && findSelfIntersection(ring) === undefined);
}

function segmentsOf(ring: Ring): readonly Segment[] {
  if (ring.length > MAX_SEGMENTS) {
    throw new InvalidError(`The ring has ${ring.length} positions; at most ${MAX_SEGMENTS} can be checked.`);
  }
  return ring.slice(1).map((to, index) => {
    const from = ring[index]!;
    return { index, from, to, west: Math.min(from[0], to[0]), east: Math.max(from[0], to[0]) };
  });
}

/** Neighbours share one end and may meet only there: they fold back on each other or not at all. */
function meet(a: Segment, b: Segment, last: number): boolean {
  const [first, second] = a.index < b.index ? [a, b] : [b, a];
  if (second.index - first.index === 1) return foldsBack(first.from, first.to, second.to);
  if (first.index === 0 && second.index === last) return foldsBack(second.from, second.to, first.to);
  return crosses(a, b);
}

function foldsBack(before: Position, corner: Position, after: Position): boolean {
  const ahead = (corner[0] - before[0]) * (after[0] - corner[0]) + (corner[1] - before[1]) * (after[1] - corner[1]);
  return side(before, corner, after) === 0 && ahead < 0;
}

function crosses(a: Segment, b: Segment): boolean {
  const [b0, b1] = [side(a.from, a.to, b.from), side(a.from, a.to, b.to)];
  const [a0, a1] = [side(b.from, b.to, a.from), side(b.from, b.to, a.to)];
  if (a0 * a1 < 0 && b0 * b1 < 0) return true;
  return (
    (b0 === 0 && within(a, b.from)) ||
    (b1 === 0 && within(a, b.to)) ||
    (a0 === 0 && within(b, a.from)) ||
    (a1 === 0 && within(b, a.to))
  );
}

/** Positive where c is to the left of a→b, 0 on the line. */
function side(a: Position, b: Position, c: Position): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
}

function within({ from, to, west, east }: Segment, [x, y]: Position): boolean {
  return x >= west && x <= east && y >= Math.min(from[1], to[1]) && y <= Math.max(from[1], to[1]);
}

function meetingPlace(a: Segment, b: Segment): Position {
  const [dx, dy] = [a.to[0] - a.from[0], a.to[1] - a.from[1]];
  const [ex, ey] = [b.to[0] - b.from[0], b.to[1] - b.from[1]];
  const denominator = dx * ey - dy * ex;
  if (denominator === 0) return b.from;
  const share = ((b.from[0] - a.from[0]) * ey - (b.from[1] - a.from[1]) * ex) / denominator;
  return [a.from[0] + share * dx, a.from[1] + share * dy];
}
