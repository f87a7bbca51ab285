import { coordinateTransform } from '#adapters/raster/coordinate-transform.js';
import { InvalidError } from '#domain/errors.js';
import type { Place } from './geography.js';

const { ceil, floor } = Math;

/** Ground a Sentinel-2 tile covers, in metres each way. */
export const TILE_METRES = 109_800;

/** A tile of the Sentinel-2 grid; `west` and `north` are its outer edges in its UTM zone. */
export interface S2Tile {
  /** MGRS name of the 100 km square, e.g. `32UPU`. */
  readonly name: string;
  readonly zone: number;
  readonly west: number;
  readonly north: number;
}

const ROWS = 'ABCDEFGHJKLMNPQRSTUV';
const COLUMNS = ['STUVWXYZ', 'ABCDEFGH', 'JKLMNPQR'];

/** The tile of a 100 km square of the northern bands T to V (MGRS lettering AA); its corner stands on the 60 m grid. Throws InvalidError for other names. */
export function s2Tile(name: string): S2Tile {
  const parts = /^(\d\d)([TUV])([A-HJ-NP-Z])([A-HJ-NP-V])$/.exec(name);
  if (parts === null) throw new InvalidError(`${name} is not a tile in the bands T to V`, { subject: name });
  const zone = Number(parts[1]);
  const column = COLUMNS[zone % 3]!.indexOf(parts[3]!) + 1;
  if (column === 0) throw new InvalidError(`Zone ${zone} has no column ${parts[3]}`, { subject: name });
  const row = (ROWS.indexOf(parts[4]!) + (zone % 2 === 0 ? 15 : 0)) % 20;
  const from = { T: 44, U: 53, V: 62 }[parts[2] as 'T' | 'U' | 'V'];
  // Row letters repeat every 2000 km; a band begins a little south of the first square given for it.
  const square = row + 20 * ceil((from - 1 - row) / 20);
  return {
    name,
    zone,
    west: floor((column * 100_000) / 60) * 60,
    north: ceil(((square + 1) * 100_000) / 60) * 60,
  };
}

/** Corners in longitude and latitude: north-west, south-west, south-east, north-east. */
export function tileCorners({ zone, west, north }: S2Tile): readonly Place[] {
  const place = fromUtm(zone);
  const [east, south] = [west + TILE_METRES, north - TILE_METRES];
  return [place(west, north), place(west, south), place(east, south), place(east, north)];
}

/** From metres in a northern UTM zone to longitude and latitude. */
export function fromUtm(zone: number): (x: number, y: number) => Place {
  const { forward } = coordinateTransform(`EPSG:326${zone}`, 'CRS:84');
  return (x, y) => {
    const point = forward(x, y);
    if (point === undefined) throw new InvalidError(`There is no place at ${x}, ${y} in UTM zone ${zone}`);
    return point;
  };
}

/** Positions of the pixel centres of a tile seen with `size` pixels a side, exact every 16 pixels and interpolated between. */
export class TilePositions {
  longitude = 0;
  latitude = 0;
  private readonly longitudes: Float64Array;
  private readonly latitudes: Float64Array;
  private readonly across: number;

  constructor(tile: S2Tile, size: number) {
    const step = (STEP * TILE_METRES) / size;
    const half = TILE_METRES / size / 2;
    const place = fromUtm(tile.zone);
    this.across = ceil((size + 1) / STEP) + 1;
    const nodes = Array.from({ length: this.across ** 2 }, (_, i) =>
      place(tile.west + half + (i % this.across) * step, tile.north - half - floor(i / this.across) * step),
    );
    this.longitudes = Float64Array.from(nodes, ([longitude]) => longitude);
    this.latitudes = Float64Array.from(nodes, ([, latitude]) => latitude);
  }

  /** Moves to a pixel: `longitude` and `latitude` are its place then. */
  moveTo(column: number, row: number): void {
    const left = floor(column / STEP);
    const top = floor(row / STEP);
    const at = top * this.across + left;
    const u = column / STEP - left;
    const v = row / STEP - top;
    this.longitude = this.between(this.longitudes, at, { u, v });
    this.latitude = this.between(this.latitudes, at, { u, v });
  }

  private between(values: Float64Array, at: number, { u, v }: { u: number; v: number }): number {
    const below = at + this.across;
    return (
      (values[at]! * (1 - u) + values[at + 1]! * u) * (1 - v) + (values[below]! * (1 - u) + values[below + 1]! * u) * v
    );
  }
}

const STEP = 16;
