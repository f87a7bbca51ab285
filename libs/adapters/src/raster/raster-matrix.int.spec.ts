import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidError } from '#domain/errors.js';
import type { BandSource, RenderRequest, Resampling } from '#domain/ports/raster-engine.js';
import {
  differenceOf,
  drawMap,
  fileRenderer,
  mapOf,
  placeAround,
  styleOf,
  type Difference,
  type MapPair,
  type MapPlace,
} from '#test/support/drawn-maps.js';
import { hasGdal } from '#test/support/gdal-program.js';
import { joinMaps, referenceMaps, type DrawnMap } from '#test/support/reference-maps.js';

jest.setTimeout(120_000);

const FIXTURES = '../shared/fixtures/rasters';
const isThere = existsSync(FIXTURES);
if (!isThere) process.stdout.write('Skipped: the raster matrix; the fixture rasters are missing.\n');
const isRun = hasGdal('the raster matrix') && isThere;

const fixture = (name: string): string => join(FIXTURES, name);
const renderer = fileRenderer();
const describeFile = (key: string) => renderer.describe({ key, etag: '1' });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'matrix-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What differs lies within the position error of a pixel edge. */
function expectSame({ outline, differing, seen }: Difference, resampling: Resampling): void {
  expect(outline).toBeLessThan(0.002);
  expect(differing).toBeLessThan(resampling === 'nearest' ? 0.02 : 0.03);
  expect(seen).toBeGreaterThan(0);
}

async function expectDrawnAsByGdal(pairs: readonly MapPair[]): Promise<void> {
  const references = referenceMaps(pairs.map(({ theirs }) => theirs));
  for (const [index, pair] of pairs.entries()) {
    const { resampling = 'bilinear' } = pair.ours;
    expectSame(
      differenceOf(await drawMap(renderer, pair), references[index]!, resampling === 'nearest' ? 1 : 2),
      resampling,
    );
  }
}

(isRun ? describe : describe.skip)('rasters that lie nowhere known', () => {
  it.each([
    ['float.tif: no system of coordinates', 'rasterio/float.tif', 'no EPSG code'],
    ['float_nan.tif: no system of coordinates', 'rasterio/float_nan.tif', 'no EPSG code'],
    ['rotated.tif: no system of coordinates', 'rasterio/rotated.tif', 'no EPSG code'],
    ['cog_nonearth.tif: another body', 'rio-tiler/cog_nonearth.tif', 'no EPSG code'],
    ['cog_gcps_ovr.tif: ground control points', 'rio-tiler/cog_gcps_ovr.tif', 'ground control points'],
  ])('refuses %s', async (_, name, message) => {
    const described = describeFile(fixture(name));
    await expect(described).rejects.toThrow(InvalidError);
    await expect(described).rejects.toThrow(message);
    await expect(described).rejects.toMatchObject({ subject: fixture(name) });
  });

  it.each([
    ['doubles from the south up', 'rasterio/float.tif'],
    ['numbers that are none', 'rasterio/float_nan.tif'],
    ['a rotated grid', 'rasterio/rotated.tif'],
  ])('draws %s once told where', async (_, name) => {
    const file = join(folder, name.replace('/', '-'));
    execFileSync('gdal_translate', ['-q', '-a_srs', 'EPSG:3857', fixture(name), file]);
    const info = await describeFile(file);
    const style = await styleOf(renderer, file, info);
    const places = ['EPSG:3857', 'EPSG:4326', 'EPSG:32631'].flatMap((crs) =>
      (['nearest', 'bilinear'] as const).map((resampling) => placeAround(info, { crs, zoom: 7.3, resampling })),
    );
    await expectDrawnAsByGdal(await Promise.all(places.map((place) => mapOf(file, place, style))));
  });
});

(isRun ? describe : describe.skip)('a raster across the antimeridian', () => {
  const file = fixture('rio-tiler/cog_dateline.tif');
  /** GDAL draws one side of it at a time. */
  const sides = ({ theirs }: MapPair, [west, east]: readonly (readonly [number, number])[]): DrawnMap => {
    const [, south, , north] = theirs.bbox;
    const drawn = referenceMaps(
      [west!, east!].map(([from, to]) => ({ ...theirs, bbox: [from, south, to, north], width: theirs.width / 2 })),
    );
    return joinMaps(drawn[0]!, drawn[1]!, theirs.height);
  };
  const half = 20_037_508.342_789_244;

  it.each([
    ['EPSG:4326', 180, [50.5, 52.9]],
    ['EPSG:3857', half, [6_530_000, 6_960_000]],
  ] as const)('is drawn whole in %s', async (crs, edge, [south, north]) => {
    const reach = edge / 90;
    for (const resampling of ['nearest', 'bilinear'] as const) {
      for (const turn of [0, -2 * edge]) {
        const bbox = [edge - reach + turn, south, edge + reach + turn, north] as const;
        const info = await describeFile(file);
        const pair = await mapOf(file, { crs, bbox, resampling }, await styleOf(renderer, file, info));
        const theirs = sides(pair, [[edge - reach, edge], [-edge, reach - edge]]); // prettier-ignore
        expectSame(differenceOf(await drawMap(renderer, pair), theirs, resampling === 'nearest' ? 1 : 2), resampling);
      }
    }
  });

  it('is drawn whole where there is no seam', async () => {
    const info = await describeFile(file);
    const style = await styleOf(renderer, file, info);
    const places = ['EPSG:32660', 'EPSG:32601', 'EPSG:3413'].flatMap((crs) =>
      [1, 0.12].map((zoom) => placeAround(info, { crs, zoom, resampling: 'nearest' })),
    );
    await expectDrawnAsByGdal(await Promise.all(places.map((place) => mapOf(file, place, style))));
  });
});

(isRun ? describe : describe.skip)('a picture of a geostationary satellite', () => {
  const file = fixture('rasterio/goes.tif');

  const expectAsGdal = async (crs: string, bbox: MapPlace['bbox'], resamplings: readonly Resampling[]) => {
    const info = await describeFile(file);
    expect(info.crs).toBe('GEOS:-75,35786023,x,6378137,298.2572221');
    const style = await styleOf(renderer, file, info);
    const places = resamplings.map((resampling) => ({ crs, bbox, resampling }));
    await expectDrawnAsByGdal(await Promise.all(places.map((place) => mapOf(file, place, style))));
  };

  it.each([
    ['EPSG:4326', [-85.123, -10.0789, -65.123, 9.9211]],
    ['EPSG:3857', [-9_400_123, -1_000_789, -7_400_123, 999_211]],
    ['EPSG:32617', [-500_123, 999_211, 1_499_877, 2_999_211]],
  ] as const)('is drawn below it in %s', (crs, bbox) => expectAsGdal(crs, bbox, ['nearest', 'bilinear']));

  // Smaller than it is, GDAL takes one width of the kernel for all of it, where ours follows the place.
  it.each([
    ['EPSG:4326', [-160.123, -85.0789, 9.877, 84.9211]],
    ['EPSG:3857', [-18_000_123, -15_000_789, 1_999_877, 14_999_211]],
    ['EPSG:32617', [-3_500_123, 999_211, 4_499_877, 8_999_211]],
  ] as const)('is drawn to the edge of what it sees in %s', (crs, bbox) => expectAsGdal(crs, bbox, ['nearest']));
});

(isRun ? describe : describe.skip)('palettes', () => {
  it.each(['derived/S2_SCL_palette_utm30n_cog.tif', 'rio-tiler/cog_cmap.tif'])(
    'colour %s, never between two classes',
    async (name) => {
      const info = await describeFile(fixture(name));
      const places = [1, 0.04].flatMap((zoom) =>
        ['EPSG:3857', 'EPSG:4326'].map((crs) => placeAround(info, { crs, zoom, resampling: 'nearest' })),
      );
      const pairs = await Promise.all(places.map((place) => mapOf(fixture(name), place, { bands: [0] })));
      await expectDrawnAsByGdal(pairs);
      const [smooth] = pairs;
      const asked = { ...smooth!, ours: { ...smooth!.ours, resampling: 'bilinear' as const } };
      expect((await drawMap(renderer, asked)).values).toEqual((await drawMap(renderer, smooth!)).values);
    },
  );
});

(isRun ? describe : describe.skip)('scale and offset of bands', () => {
  const file = fixture('rio-tiler/cog_scale.tif');

  it.each([
    [0, { min: 1000, max: 1001.2 }],
    [1, { min: 2000, max: 2012 }],
  ])('are what the file says of band %d, unless more is known', async (band, stretch) => {
    const info = await describeFile(file);
    const place: MapPlace = placeAround(info, { crs: 'EPSG:3857', zoom: 1, resampling: 'nearest' });
    const pair = await mapOf(file, place, { bands: [band], stretch: [stretch] });
    const grey = `(A - ${stretch.min}) / (${stretch.max} - ${stretch.min})`;
    const drawn = (A: Omit<BandSource, 'source' | 'band'>): RenderRequest => ({
      ...pair.ours,
      sources: [
        { bands: { A: { ...A, source: { key: file, etag: '1' }, band } }, formula: { colouring: { kind: 'grey', value: grey } } },
      ],
    }); // prettier-ignore
    await expectDrawnAsByGdal([{ ours: drawn({}), theirs: { ...pair.theirs, unscaled: true } }]);
    const told = await drawMap(renderer, { ...pair, ours: drawn({ scale: 0, offset: stretch.max }) });
    expect(told.values.every((value, pixel) => value === 255 || told.opaque[pixel] !== true)).toBe(true);
  });
});

(isRun ? describe : describe.skip)('a raster with a damaged block', () => {
  const [damaged, sound] = [fixture('rasterio/corrupt.tif'), fixture('rasterio/cogeo.tif')];

  it('is drawn where it is sound', async () => {
    const info = await describeFile(damaged);
    const [minX, , , maxY] = info.bbox;
    const side = (info.bbox[2] - minX) / 2;
    const style = await styleOf(renderer, damaged, info);
    const corner = { crs: info.crs, bbox: [minX + 9, maxY - side + 9, minX + side - 9, maxY - 9] as const, resampling: 'nearest' as const }; // prettier-ignore
    const coarse = placeAround(info, { crs: 'EPSG:3857', zoom: 0.2, resampling: 'nearest' });
    await expectDrawnAsByGdal(
      await Promise.all([{ ...corner, width: 500, height: 500 }, coarse].map((place) => mapOf(damaged, place, style))),
    );
  });

  it('is refused by name where it is not, or left out of a mosaic', async () => {
    const info = await describeFile(damaged);
    const place = placeAround(info, { crs: 'EPSG:3857', zoom: 1, resampling: 'nearest' });
    const pair = await mapOf(damaged, place, await styleOf(renderer, damaged, info));
    await expect(renderer.render(pair.ours)).rejects.toThrow(InvalidError);
    await expect(renderer.render(pair.ours)).rejects.toMatchObject({ subject: damaged });
    const below = await mapOf(sound, place, await styleOf(renderer, sound, info));
    const sources = [...below.ours.sources, ...pair.ours.sources];
    const mosaic = { ours: { ...pair.ours, sources, leavesOut: true }, theirs: below.theirs };
    expect(await renderer.render(mosaic.ours)).toMatchObject({ drawn: [0], leftOut: [{ index: 1, isPassing: false }] });
    await expectDrawnAsByGdal([mosaic]);
  });
});
