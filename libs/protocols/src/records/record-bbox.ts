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
  const around = boxes.reduce((box, [west, south, east, north]): BoundingBox => [
    Math.min(box[0], west),
    Math.min(box[1], south),
    Math.max(box[2], east),
    Math.max(box[3], north),
  ]);
  if (boxes.length === 2 && a[2] === 180 && b[0] === -180 && a[0] > b[2]) return [a[0], around[1], b[2], around[3]];
  return boxes.some(([west, , east]) => west > east) ? [-180, around[1], 180, around[3]] : around;
}
