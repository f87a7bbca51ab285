import type { BoundingBox } from '../geometry/geometry.js';

/** A part of a collection's overview: longitude and latitude cut into squares, rows from the north. */
export interface OverviewPlace {
  /** 0 is the finest. */
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

/** Pixels of a part each way; the topmost, all the Earth, is half as high. */
export const OVERVIEW_SIDE = 1024;
/** Width of a part in degrees, by level: each has four times four of the one before; the last is the whole Earth. */
const DEGREES = [5.625, 22.5, 90, 360] as const;
/** A picture's pixel may be this much coarser than what is asked for. */
const TOLERANCE = 1.05;
const FACTOR = 4;

/** The topmost level. */
export const TOP_LEVEL = DEGREES.length - 1;

/** The finest level of a collection's overview: wide swaths have larger pixels, and would touch every part with each product. */
export function overviewBase(collection: string): number {
  if (collection.startsWith('sentinel-5p')) return 2;
  return collection.startsWith('sentinel-3') ? 1 : 0;
}

/** Degrees a pixel of a level spans. */
export function overviewPixel(level: number): number {
  return DEGREES[level]! / OVERVIEW_SIDE;
}

/** Where a part lies, and its size in pixels. */
export function overviewFrame({ level, column, row }: OverviewPlace): {
  readonly bbox: BoundingBox;
  readonly width: number;
  readonly height: number;
} {
  if (level === TOP_LEVEL) return { bbox: [-180, -90, 180, 90], width: OVERVIEW_SIDE, height: OVERVIEW_SIDE / 2 };
  const side = DEGREES[level]!;
  const [west, north] = [-180 + column * side, 90 - row * side];
  return { bbox: [west, north - side, west + side, north], width: OVERVIEW_SIDE, height: OVERVIEW_SIDE };
}

/** The parts of a level that a box touches; west > east crosses the antimeridian. */
export function overviewPlaces([west, south, east, north]: BoundingBox, level: number): readonly OverviewPlace[] {
  if (level === TOP_LEVEL) return [{ level, column: 0, row: 0 }];
  if (west > east) {
    return [...overviewPlaces([west, south, 180, north], level), ...overviewPlaces([-180, south, east, north], level)];
  }
  const side = DEGREES[level]!;
  const [first, last] = indexes(west + 180, east + 180, { side, count: 360 / side });
  const [top, bottom] = indexes(90 - north, 90 - south, { side, count: 180 / side });
  const places: OverviewPlace[] = [];
  for (let row = top; row <= bottom; row++) {
    for (let column = first; column <= last; column++) places.push({ level, column, row });
  }
  return places;
}

function indexes(
  from: number,
  to: number,
  { side, count }: { side: number; count: number },
): readonly [number, number] {
  const clip = (index: number): number => Math.min(count - 1, Math.max(0, index));
  const first = clip(Math.floor(from / side));
  // What only meets an edge is not in the next part.
  return [first, Math.max(first, clip(Math.ceil(to / side) - 1))];
}

/** The level to draw from: the coarsest fine enough for a pixel of so many degrees, coarser still where more than `most` parts would be needed. */
export function overviewLevel(bounds: BoundingBox, pixel: number, most: number): number {
  const fine = DEGREES.findLastIndex((degrees) => degrees / OVERVIEW_SIDE <= pixel * TOLERANCE);
  let level = Math.max(0, fine);
  while (level < TOP_LEVEL && overviewPlaces(bounds, level).length > most) level++;
  return level;
}

/** The part above that this one goes into; undefined for the topmost. */
export function overviewParent({ level, column, row }: OverviewPlace): OverviewPlace | undefined {
  if (level === TOP_LEVEL) return undefined;
  return { level: level + 1, column: Math.floor(column / FACTOR), row: Math.floor(row / FACTOR) };
}

/** The parts a part is made of; none for the finest. */
export function overviewChildren(place: OverviewPlace): readonly OverviewPlace[] {
  return place.level === 0 ? [] : overviewPlaces(overviewFrame(place).bbox, place.level - 1);
}
