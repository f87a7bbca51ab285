import type { BoundingBox } from '#domain/geometry/geometry.js';

/** What a TileJSON is of. */
export interface TileJsonSubject {
  readonly name: string;
  readonly description: string;
  readonly attribution: string;
  /** With `{z}`, `{x}` and `{y}`. */
  readonly tiles: string;
  /** West > east crosses the antimeridian. */
  readonly bounds: BoundingBox;
}

/** Levels announced: beyond, clients enlarge what they have, which costs nothing here. */
export const TILEJSON_LEVELS = { first: 0, last: 16 } as const;
/** Latitude at which web Mercator ends. */
const MERCATOR_LATITUDE = 85.051_128_779_806_6;

/** Writes TileJSON 3.0.0. `vector_layers` is mandatory in 3.0.0 and empty for images. */
export function writeTileJson({ name, description, attribution, tiles, bounds }: TileJsonSubject): object {
  const [west, south, east, north] = bounds[0] <= bounds[2] ? bounds : [-180, bounds[1], 180, bounds[3]];
  const box = [west, clip(south), east, clip(north)] as const;
  return {
    tilejson: '3.0.0',
    name,
    description,
    attribution,
    version: '1.0.0',
    scheme: 'xyz',
    tiles: [tiles],
    minzoom: TILEJSON_LEVELS.first,
    maxzoom: TILEJSON_LEVELS.last,
    bounds: box,
    center: [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2, levelOf(box[2] - box[0])],
    vector_layers: [],
  };
}

function clip(latitude: number): number {
  return Math.max(-MERCATOR_LATITUDE, Math.min(MERCATOR_LATITUDE, latitude));
}

/** The level at which a width in degrees is about four tiles. */
function levelOf(width: number): number {
  const level = Math.floor(Math.log2((4 * 360) / Math.max(width, 1e-6)));
  return Math.max(TILEJSON_LEVELS.first, Math.min(TILEJSON_LEVELS.last, level));
}
