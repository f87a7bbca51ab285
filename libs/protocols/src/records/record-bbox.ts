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
