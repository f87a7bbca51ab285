import { dayOfYear } from './demo-date.js';
import { bareGround, type Ground, type Landscape } from './landscape.js';
import { BANDS, cropTable, paintGround } from './spectra.js';
import { TILE_METRES, TilePositions, type S2Tile } from './s2-tile.js';
import type { Weather } from './weather.js';

const { max, min } = Math;

/** The ground of one tile; one value a pixel, row by row. */
export interface TileGround {
  readonly tile: S2Tile;
  readonly size: number;
  readonly positions: TilePositions;
  /** Light of the morning sun in the south-east: 1 on level ground. */
  readonly light: Float32Array;
  readonly height: Float32Array;
  readonly water: Float32Array;
  readonly shallow: Float32Array;
  readonly forest: Float32Array;
  readonly town: Float32Array;
  readonly tone: Float32Array;
  readonly crop: Uint8Array;
}

/** One acquisition over a tile. */
export interface Scene {
  readonly size: number;
  /** Surface reflectance with clouds over it, for each of BANDS. */
  readonly bands: readonly Float32Array[];
  /** Scene classification (Sentinel-2 L2A PSD, SCL): 3 shadow, 4 vegetation, 5 bare, 6 water, 8 and 9 clouds. */
  readonly classes: Uint8Array;
}

/** Looks at every pixel of a tile. */
export function lookAtTile(landscape: Landscape, tile: S2Tile, size: number): TileGround {
  const positions = new TilePositions(tile, size);
  const floats = (): Float32Array => new Float32Array(size * size);
  const ground = { tile, size, positions, light: floats(), height: floats(), water: floats(), shallow: floats(), forest: floats(), town: floats(), tone: floats(), crop: new Uint8Array(size * size) }; // prettier-ignore
  const here = bareGround();
  const pixel = TILE_METRES / size / 1000;
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at++) {
      positions.moveTo(column, row);
      landscape.look(positions.longitude, positions.latitude, pixel, here);
      ground.height[at] = here.height;
      ground.water[at] = here.water;
      ground.shallow[at] = here.shallow;
      ground.forest[at] = here.forest;
      ground.town[at] = here.town;
      ground.tone[at] = here.tone;
      ground.crop[at] = here.crop * 255;
    }
  }
  lightUp(ground);
  return ground;
}

/** Slopes to the south-east are lit, those to the north-west are dark; the last row and column take their neighbour's light. */
function lightUp({ size, height, light }: TileGround): void {
  const spacing = (Math.SQRT2 * TILE_METRES) / size;
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at++) {
      const from = at - (row === size - 1 ? size : 0) - (column === size - 1 ? 1 : 0);
      const slope = (height[from]! - height[from + size + 1]!) / spacing;
      light[at] = min(1.5, max(0.5, 1 + 2.2 * slope));
    }
  }
}

/** Paints a tile as seen on a day: what grows changes with the season, clouds and their shadows come last. */
export function paintScene(ground: TileGround, weather: Weather, time: Date): Scene {
  const { size } = ground;
  const bands = BANDS.map(() => new Float32Array(size * size));
  const classes = new Uint8Array(size * size);
  const crops = cropTable(dayOfYear(time));
  const pixel = new Float32Array(BANDS.length);
  const here = bareGround();
  const sky = lookUp(ground, weather);
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at++) {
      recall(ground, at, here);
      paintGround(here, crops, ground.light[at]!, pixel);
      const cloud = sky.cloud(column, row);
      const shadow = sky.shadow(column, row) * (1 - cloud);
      classes[at] = classOf(pixel, here.water, { cloud, shadow });
      const dim = 1 - 0.6 * shadow;
      const white = 0.3 + 0.3 * cloud * (1 + 0.4 * here.tone);
      for (let band = 0; band < 4; band++) bands[band]![at] = pixel[band]! * dim * (1 - cloud) + white * cloud;
    }
  }
  return { size, bands, classes };
}

function recall(ground: TileGround, at: number, here: Ground): void {
  here.height = ground.height[at]!;
  here.water = ground.water[at]!;
  here.shallow = ground.shallow[at]!;
  here.forest = ground.forest[at]!;
  here.town = ground.town[at]!;
  here.tone = ground.tone[at]!;
  here.crop = ground.crop[at]! / 255;
}

/** Kilometres from a shadow to the cloud that throws it. */
const SUNWARD = { east: 0.9, north: -1.5 } as const;

/** Clouds and shadows on every second pixel and interpolated between; shadows fall to the north-west. */
function lookUp(
  { size, positions }: TileGround,
  weather: Weather,
): Record<'cloud' | 'shadow', (column: number, row: number) => number> {
  const across = (size >> 1) + 2;
  const clouds = new Float32Array(across * across);
  const shadows = new Float32Array(across * across);
  for (let row = 0, at = 0; row < across; row++) {
    for (let column = 0; column < across; column++, at++) {
      positions.moveTo(min(size, 2 * column), min(size, 2 * row));
      clouds[at] = weather.cloud(positions.longitude, positions.latitude);
      shadows[at] = weather.cloud(positions.longitude, positions.latitude, SUNWARD.east, SUNWARD.north);
    }
  }
  const between =
    (field: Float32Array) =>
    (column: number, row: number): number => {
      const at = (row >> 1) * across + (column >> 1);
      const right = column & 1;
      const below = row & 1 ? across : 0;
      return (field[at]! + field[at + right]! + field[at + below]! + field[at + right + below]!) / 4;
    };
  return { cloud: between(clouds), shadow: between(shadows) };
}

function classOf(pixel: Float32Array, water: number, { cloud, shadow }: { cloud: number; shadow: number }): number {
  if (cloud > 0.6) return 9;
  if (cloud > 0.25) return 8;
  if (shadow > 0.4) return 3;
  if (water > 0.5) return 6;
  return pixel[3]! > 2.6 * pixel[2]! ? 4 : 5;
}
