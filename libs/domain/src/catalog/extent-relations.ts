import { boundingBoxOf } from '../geometry/bounding-box.js';
import type { BoundingBox, Geometry } from '../geometry/geometry.js';
import type { TimeInterval } from '../geometry/time-interval.js';
import type { SpatialRelation, TemporalRelation } from './catalog-query.js';

type BoxTest = (one: BoundingBox, other: BoundingBox) => boolean;

const BOXES: Readonly<Record<SpatialRelation, BoxTest>> = {
  disjoint: (one, other) => !meet(one, other),
  within: inside,
  contains: (one, other) => inside(other, one),
  equals: (one, other) => inside(one, other) && inside(other, one),
  intersects: meet,
  overlaps: meet,
  touches: meet,
  crosses: meet,
};

/** The relation of a box to the box of a geometry, across the antimeridian too; overlaps, touches and crosses are taken as intersects. No box has no relation. */
export function boxesRelate(relation: SpatialRelation, bbox: BoundingBox | undefined, geometry: Geometry): boolean {
  const other = boundingBoxOf(geometry);
  return bbox !== undefined && other !== undefined && BOXES[relation](bbox, other);
}

function meet(one: BoundingBox, other: BoundingBox): boolean {
  return rectangles(one).some((a) =>
    rectangles(other).some((b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]),
  );
}

function inside(inner: BoundingBox, outer: BoundingBox): boolean {
  return rectangles(inner).every((a) =>
    rectangles(outer).some((b) => a[0] >= b[0] && a[2] <= b[2] && a[1] >= b[1] && a[3] <= b[3]),
  );
}

function rectangles([west, south, east, north]: BoundingBox): readonly BoundingBox[] {
  if (west <= east) return [[west, south, east, north]];
  return [
    [west, south, 180, north],
    [-180, south, east, north],
  ];
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const TIMES: Readonly<Record<TemporalRelation, (one: Span, other: Span) => boolean>> = {
  overlaps: (one, other) => one.from <= other.to && one.to >= other.from,
  disjoint: (one, other) => one.from > other.to || one.to < other.from,
  within: (one, other) => one.from >= other.from && one.to <= other.to,
  contains: (one, other) => one.from <= other.from && one.to >= other.to,
  after: (one, other) => one.from > other.to,
  before: (one, other) => one.to < other.from,
  equals: (one, other) => one.from === other.from && one.to === other.to,
};

/** The relation of an interval to another; an open end lies beyond all times. */
export function timesRelate(relation: TemporalRelation, one: TimeInterval, other: TimeInterval): boolean {
  return TIMES[relation](spanOf(one), spanOf(other));
}

function spanOf({ start, end }: TimeInterval): Span {
  return { from: start?.getTime() ?? -Infinity, to: end?.getTime() ?? Infinity };
}
