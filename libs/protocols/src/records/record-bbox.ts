import type { BoundingBox } from '#domain/geometry/geometry.js';

/** A box in the forms that know no crossing of the antimeridian: one box, or its western and its eastern half. */
export function flatBoxes(bbox: BoundingBox | undefined): readonly BoundingBox[] {
  if (bbox === undefined) return [];
  const [west, south, east, north] = bbox;
  if (west <= east) return [bbox];
  return [
    [west, south, 180, north],
    [-180, south, east, north],
  ];
}

/** The box around several: two that meet at the antimeridian are one that crosses it. */
export function joinBoxes(boxes: readonly BoundingBox[]): BoundingBox | undefined {
  const [first, second] = boxes;
  if (first === undefined || second === undefined) return first;
  const [a, b] = first[2] === 180 ? [first, second] : [second, first];
  const south = Math.min(...boxes.map((box) => box[1]));
  const north = Math.max(...boxes.map((box) => box[3]));
  if (boxes.length === 2 && a[2] === 180 && b[0] === -180 && a[0] > b[2]) return [a[0], south, b[2], north];
  if (boxes.some(([west, , east]) => west > east)) return [-180, south, 180, north];
  return [Math.min(...boxes.map((box) => box[0])), south, Math.max(...boxes.map((box) => box[2])), north];
}
