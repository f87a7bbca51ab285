import { coordinateTransform } from '#adapters/raster/coordinate-transform.js';
import { crsDefinition } from '#adapters/raster/crs-definitions.js';

/** Pixels of a map, each way. */
export const SIZE = 96;

/** A raster of square pixels; `origin` is its upper left corner. */
export interface Source {
  readonly crs: string;
  readonly origin: readonly [number, number];
  readonly pixel: number;
  readonly width: number;
  readonly height: number;
}

const at = (crs: string, longitude: number, latitude: number, pixel = 10): Source => {
  const [x, y] = coordinateTransform('CRS:84', crs).forward(longitude, latitude)!;
  return { crs, origin: [x - 200 * pixel, y + 200 * pixel], pixel, width: 400, height: 400 };
};

/** One in every system data come in, 400 x 400 pixels. */
export const SOURCES: readonly Source[] = [
  at('EPSG:32632', 11.9, 48.2), at('EPSG:32633', 12.1, 54.3), at('EPSG:32601', -179.9, 66), at('EPSG:32660', 179.9, -17),
  at('EPSG:32733', 17.5, -33.1), at('EPSG:25832', 7.1, 51.4), at('EPSG:3857', 10.3, 50.1), at('EPSG:4326', 9.2, 50.7, 1e-4),
  at('EPSG:4258', 9.2, 47.7, 1e-4), at('EPSG:3034', 8.4, 49.9), at('EPSG:3035', 13.4, 52.5), at('EPSG:31467', 9.4, 51.2),
  at('EPSG:31468', 11.6, 49.6), at('EPSG:3413', -40, 81, 40), at('EPSG:3031', 70, -76, 40),
]; // prettier-ignore
export const WORLD: Source = { crs: 'EPSG:4326', origin: [-180, 90], pixel: 0.5, width: 720, height: 360 };
/** Every system maps are drawn in, zones by example. */
const TARGETS = ['CRS:84', 'EPSG:4326', 'EPSG:3857', 'EPSG:4258', 'EPSG:3034', 'EPSG:3035', 'EPSG:31467', 'EPSG:31468', 'EPSG:3413', 'EPSG:3031', 'EPSG:32631', 'EPSG:32632', 'EPSG:32633', 'EPSG:32601', 'EPSG:32660', 'EPSG:32733', 'EPSG:25831', 'EPSG:25832', 'EPSG:25833']; // prettier-ignore

/** A map of a source, SIZE x SIZE pixels. */
export interface View {
  readonly source: Source;
  readonly crs: string;
  readonly bbox: readonly [number, number, number, number];
  readonly name: string;
}

/** Where a projection is not meant for a place there is nothing to compare: the other hemisphere's pole, zones far away. */
function isFor(crs: string, longitude: number, latitude: number): boolean {
  if (crs === 'EPSG:3413') return latitude > 30;
  if (crs === 'EPSG:3031') return latitude < -30;
  if (crs === 'EPSG:3857') return Math.abs(latitude) < 84;
  if (/EPSG:(?:303[45]|3146[78])/.test(crs)) return Math.abs(latitude - 53) < 18 && Math.abs(longitude - 12) < 23;
  const zone = Number(/zone=(\d+)/.exec(crsDefinition(crs)!.proj)?.[1] ?? 0);
  const away = Math.abs(((longitude - (zone * 6 - 183) + 540) % 360) - 180);
  return zone === 0 || away < 10;
}

/** Around a source's middle, one pixel of the map as large as `scale` of its own. */
function around(source: Source, crs: string, scale: number): View | undefined {
  const [x, y] = [source.origin[0] + 200 * source.pixel, source.origin[1] - 200 * source.pixel];
  const place = coordinateTransform(source.crs, 'CRS:84').forward(x, y)!;
  const { forward } = coordinateTransform(source.crs, crs);
  const [middle, beside] = [forward(x, y), forward(x + source.pixel, y)];
  if (!isFor(crs, ...place) || middle === undefined || beside === undefined) return undefined;
  const pixel = Math.hypot(beside[0] - middle[0], beside[1] - middle[1]) * scale;
  // Off the pixel edges, where both would be right.
  const [left, top] = [middle[0] - pixel * (SIZE / 2 + 0.123), middle[1] + pixel * (SIZE / 2 + 0.0789)];
  const bbox = [left, top - SIZE * pixel, left + SIZE * pixel, top] as const;
  return { source, crs, bbox, name: `${source.crs} in ${crs} at ${scale}` };
}

/** Every source in every system it lies in, at its own scale and four times coarser; and the world, its seam and its poles. */
export const VIEWS: readonly View[] = [
  ...SOURCES.flatMap((source) => TARGETS.flatMap((crs) => [1, 4].flatMap((scale) => around(source, crs, scale) ?? []))),
  ...(
    [
      ['EPSG:3857', [-20037508, -20037508, 20037508, 20037508]],
      ['CRS:84', [-180, -90, 180, 90]],
      ['CRS:84', [170.1, -30.2, 190.3, 10.4]],
      ['EPSG:3413', [-4000000, -4000000, 4000000, 4000000]],
      ['EPSG:3031', [-4000000, -4000000, 4000000, 4000000]],
      ['EPSG:3035', [900000, 900000, 7400000, 5500000]],
      ['EPSG:32601', [100000, 6900000, 900000, 7700000]],
      ['EPSG:32660', [100000, 7300000, 900000, 8100000]],
    ] as const
  ).map(([crs, bbox]) => ({ source: WORLD, crs, bbox, name: `the world in ${crs}, ${bbox.join(' ')}` })),
];
