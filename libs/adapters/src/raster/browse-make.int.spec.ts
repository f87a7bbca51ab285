import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import sharp from 'sharp';
import type { BrowsePlan } from '#domain/ports/browse-maker.js';
import { differenceOf, drawMap, fileRenderer, mapOf, placeAround } from '#test/support/drawn-maps.js';
import { hasGdal, runGdal } from '#test/support/gdal-program.js';
import { referenceMaps } from '#test/support/reference-maps.js';
import { makeBrowse } from './browse-make.js';
import { writeNetcdf } from './netcdf-writer.js';

jest.setTimeout(60_000);

const FIXTURES = '../shared/fixtures';
const present = existsSync(FIXTURES);
if (!present) console.warn(`Skipped: ${FIXTURES} is missing`);
const onFixtures = present ? it : it.skip;
const settings = { resolution: 20, maxSide: 1024 };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'browse-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const make = (plan: BrowsePlan) => makeBrowse(plan, mkdtempSync(join(folder, 'out-')), settings);

/** The value of a band at a position, as GDAL finds it. */
const valueAt = (file: string, lon: number, lat: number): number[] =>
  execFileSync('gdallocationinfo', ['-valonly', '-wgs84', file, String(lon), String(lat)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);

const validate = (file: string): string =>
  execFileSync('/usr/bin/python3', ['-m', 'osgeo_utils.samples.validate_cloud_optimized_geotiff', file], {
    encoding: 'utf8',
  });

describe('swath', () => {
  it('draws a NetCDF swath so that places keep their values, 0 where there is none', async () => {
    const [rows, columns] = [200, 150];
    const cell = (f: (lon: number, lat: number, i: number) => number): Float32Array =>
      Float32Array.from({ length: rows * columns }, (_, i) => {
        const [r, c] = [Math.trunc(i / columns), i % columns];
        return f(8 + c * 0.05 + r * 0.01, 55 - r * 0.04 + c * 0.01, i);
      });
    const file = join(folder, 's5p.nc');
    const dimensions = ['time', 'scanline', 'ground_pixel'];
    const values = cell((lon, lat) => (lon > 12 && lon < 13 ? -9999 : lat));
    await writeNetcdf(file, {
      groups: {
        PRODUCT: {
          dimensions: { time: 1, scanline: rows, ground_pixel: columns },
          variables: {
            latitude: { dimensions, values: cell((_, lat) => lat) },
            longitude: { dimensions, values: cell((lon) => lon) },
            column: { dimensions, values, attributes: { _FillValue: -9999 } },
          },
        },
      },
    });
    const plan: BrowsePlan = {
      kind: 'swath',
      file,
      variable: 'PRODUCT/column',
      latitude: { file, variable: 'PRODUCT/latitude' },
      longitude: { file, variable: 'PRODUCT/longitude' },
      range: [46, 56],
    };
    const { browse } = await make(plan);
    expect(validate(browse)).toMatch(/is a valid/);
    for (const [lon, lat] of [
      [10, 53],
      [11.5, 50],
      [14.5, 52.5],
    ] as const) {
      expect(Math.abs(valueAt(browse, lon, lat)[0]! - (1 + ((lat - 46) / 10) * 254))).toBeLessThan(2);
    }
    expect(valueAt(browse, 12.5, 52)).toEqual([0]);
    await expect(make({ ...plan, variable: 'PRODUCT/none' })).rejects.toThrow('no variable');
    await expect(make({ ...plan, variable: 'PRODUCT' })).rejects.toThrow('no variable');
  });
});

describe('picture', () => {
  onFixtures('lays the quick-look of an ascending Sentinel-1 pass the right way round', async () => {
    const file = join(
      FIXTURES,
      'safe/S1/stactools/grd/S1C_S4_GRDH_1SDH_20250118T171404_20250118T171421_000638_000538_4B8B.SAFE/preview/quick-look.png',
    );
    // map-overlay.kml gives the last row first for an ascending pass.
    const corners = [
      [8.694749, 45.158257],
      [9.708185, 45.286346],
      [9.473117, 46.32309],
      [8.441154, 46.195118],
    ] as const;
    const { browse } = await make({ kind: 'picture', file, corners });
    expect(validate(browse)).toMatch(/is a valid/);
    // Lake Como and Lake Maggiore are dark, the city of Milan is bright.
    const grey = (lon: number, lat: number) =>
      valueAt(browse, lon, lat)
        .slice(0, 2)
        .reduce((a, b) => a + b);
    expect(grey(9.26, 46.0)).toBeLessThan(200);
    expect(grey(8.62, 45.93)).toBeLessThan(200);
    expect(grey(9.19, 45.47)).toBeGreaterThan(350);
    expect(valueAt(browse, 8.46, 45.3)).toEqual([0, 0, 0]);
  });
});

describe('gcp-tiff', () => {
  onFixtures('grids amplitudes through ground control points where GDAL puts them, to a cell', async () => {
    const source = join(FIXTURES, 'rasters/rio-tiler/cog_gcps_ovr.tif');
    const warped = join(folder, 'warped.tif');
    const sar = join(folder, 'sar.tif');
    // The points of a real product with amplitudes that grow along the track.
    execFileSync('/usr/bin/python3', ['-c', RAMP, source, sar]);
    const { browse } = await make({ kind: 'gcp-tiff', file: sar });
    expect(validate(browse)).toMatch(/is a valid/);
    execFileSync('gdalwarp', ['-q', '-t_srs', 'EPSG:4326', '-r', 'near', '-srcnodata', '0', sar, warped]);
    const drawn = (lon: number, lat: number) => valueAt(browse, lon, lat)[0]!;
    const range = [26, 58] as const;
    for (const [lon, lat] of [
      [76.2, 10.0],
      [77, 10.2],
      [77.6, 9.9],
    ] as const) {
      const decibels = 20 * Math.log10(valueAt(warped, lon, lat)[0]!);
      const share = Math.min(1, (decibels - range[0]) / (range[1] - range[0]));
      expect(Math.abs(drawn(lon, lat) - (1 + 254 * share))).toBeLessThan(3);
    }
    await expect(make({ kind: 'gcp-tiff', file: source })).rejects.toThrow('not of detected amplitudes');
  });

  const drawsPictures = hasGdal('a picture through control points') ? onFixtures : it.skip;
  drawsPictures('draws a picture where GDAL has it by the same points, to a cell', async () => {
    const [sar, decibels, warped] = ['sar', 'decibels', 'warped'].map((name) => join(folder, `squares-${name}.tif`)) as [string, string, string]; // prettier-ignore
    runGdal(SQUARES, { points: join(FIXTURES, 'rasters/rio-tiler/cog_gcps_ovr.tif'), sar, decibels });
    const { browse } = await makeBrowse({ kind: 'gcp-tiff', file: sar }, folder, { resolution: 20, maxSide: 2048 });
    const renderer = fileRenderer();
    const info = await renderer.describe({ key: browse, etag: '1' });
    for (const crs of ['EPSG:3857', 'EPSG:4326']) {
      const place = placeAround(info, { crs, zoom: 1, resampling: 'nearest' });
      const pair = await mapOf(browse, place, { bands: [0], stretch: [{ min: 0, max: 255 }] });
      const size = ['-te', ...place.bbox.map(String), '-ts', '200', '200'];
      execFileSync('gdalwarp', ['-q', '-overwrite', '-tps', '-et', '0', '-t_srs', crs, ...size, decibels, warped]);
      const [theirs] = referenceMaps([{ ...pair.theirs, file: warped, level: 0 }]);
      const found = differenceOf(await drawMap(renderer, pair), theirs!, 2);
      // The hole's edge is 240 pixels long.
      expect(found.outline).toBeLessThan(240 / 200 ** 2);
      // Of squares of 32 pixels a sixteenth lies within a pixel of an edge.
      expect(found.differing).toBeLessThan(1 / 16);
      expect(found.seen).toBeGreaterThan(0.9);
      expect(found.seen).toBeLessThan(1);
    }
  });
});

/** Squares of two amplitudes with a hole near the middle, and the same as decibels stretched as browse images are. */
const SQUARES = `
s = gdal.Open(asked['points'])
r, c = np.indices((s.RasterYSize, s.RasterXSize))
n = np.where((r // 32 + c // 32) % 2 == 0, 40, 400)
n[380:440, 600:660] = 0
stretched = 1 + np.round(254 * np.clip((20 * np.log10(np.maximum(n, 1)) - 26) / 32, 0, 1))
for name, values, kind in [('sar', n, gdal.GDT_UInt16), ('decibels', np.where(n == 0, 0, stretched), gdal.GDT_Byte)]:
    d = gdal.GetDriverByName('GTiff').Create(asked[name], s.RasterXSize, s.RasterYSize, 1, kind)
    d.SetGCPs(s.GetGCPs(), s.GetGCPProjection())
    d.GetRasterBand(1).WriteArray(values)
    d.GetRasterBand(1).SetNoDataValue(0)
    d = None
`;

const RAMP = `
import sys, numpy
from osgeo import gdal
s = gdal.Open(sys.argv[1])
d = gdal.GetDriverByName('GTiff').Create(sys.argv[2], s.RasterXSize, s.RasterYSize, 1, gdal.GDT_UInt16)
d.SetGCPs(s.GetGCPs(), s.GetGCPProjection())
d.GetRasterBand(1).WriteArray(numpy.repeat(100 + numpy.arange(s.RasterYSize)[:, None], s.RasterXSize, 1))
`;

describe('geotiff', () => {
  onFixtures.each([
    ['titiler/TCI.tif', 3],
    ['derived/LC08_005009_20150710_NDVI_float32_utm24n_cog.tif', 1],
    ['derived/LC08_005009_20150710_SR_B2-B5_uint16_utm24n_cog.tif', 3],
    ['derived/DEM_int16_epsg2056_cog.tif', 1],
  ])('re-tiles %s', async (name, bands) => {
    const file = join(FIXTURES, 'rasters', name);
    const { browse, quicklook } = await make({ kind: 'geotiff', file });
    expect(validate(browse)).toMatch(/is a valid/);
    const grid = (path: string) => {
      const { size, geoTransform } = JSON.parse(execFileSync('gdalinfo', ['-json', path], { encoding: 'utf8' })) as {
        size: number[];
        geoTransform: number[];
      };
      return { size, geoTransform };
    };
    expect(grid(browse)).toEqual(grid(file));
    const { channels } = await sharp(quicklook).stats();
    expect(channels.length).toBe(bands);
    expect(channels[0]!.stdev).toBeGreaterThan(20);
  });

  onFixtures('keeps 8-bit samples as they are', async () => {
    const file = join(FIXTURES, 'rasters/titiler/TCI.tif');
    const { browse } = await make({ kind: 'geotiff', file });
    const bytes = (path: string) => {
      execFileSync('gdal_translate', ['-q', '-of', 'ENVI', path, join(folder, 'bytes.raw')]);
      return readFileSync(join(folder, 'bytes.raw'));
    };
    expect(bytes(browse).equals(bytes(file))).toBe(true);
  });

  onFixtures('refuses rotated and corrupt files', async () => {
    await expect(make({ kind: 'geotiff', file: join(FIXTURES, 'rasters/rasterio/rotated.tif') })).rejects.toThrow(
      'not on a north-up grid',
    );
    await expect(make({ kind: 'geotiff', file: join(FIXTURES, 'rasters/rasterio/corrupt.tif') })).rejects.toThrow(
      'cannot be read',
    );
  });
});
