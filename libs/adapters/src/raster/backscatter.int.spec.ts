import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowsePlan } from '#domain/ports/browse-maker.js';
import type { SarCalibration } from '#domain/ports/sar-calibration.js';
import { makeBrowse } from './browse-make.js';
import { coordinateTransform } from './coordinate-transform.js';
import { writeGcpTiff } from './gcp-tiff-writer.js';

jest.setTimeout(120_000);

const PYTHON = '/usr/bin/python3';
const SIZE = { width: 1302, height: 900 };

/** Factors that differ along and across, and not at the same pixels in every line. */
const calibration: SarCalibration = {
  vectors: [0, 310, 700, 1000].map((line, i) => {
    const pixels = [0, 40 + i, 600, 1250, 1290 - i];
    return { line, pixels, factors: pixels.map((pixel) => 600 - 0.1 * pixel + 0.02 * line) };
  }),
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backscatter-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Place {
  readonly crs: string;
  readonly origin: readonly [number, number];
}

/** A descending pass: 12 degrees off north, 10 m pixels across and down; amplitudes of two waves and a margin of nothing. */
async function image(name: string, { crs, origin }: Place): Promise<string> {
  const { width, height } = SIZE;
  const samples = Uint16Array.from({ length: width * height }, (_, i) => {
    const [row, column] = [Math.floor(i / width), i % width];
    return column < 23 ? 0 : 200 + Math.round(150 * Math.sin(column / 7) + 40 * Math.cos(row / 5)) + ((i * 7919) % 31);
  });
  const [sin, cos] = [Math.sin(0.21), Math.cos(0.21)];
  const toEarth = coordinateTransform(crs, 'CRS:84').forward;
  const points = Array.from({ length: 77 }, (_, i) => {
    const column = Math.round(((width - 1) * (i % 11)) / 10);
    const row = Math.round(((height - 1) * Math.floor(i / 11)) / 6);
    const [x, y] = [origin[0] + 10 * (column * cos - row * sin), origin[1] - 10 * (column * sin + row * cos)];
    const [longitude, latitude] = toEarth(x, y)!;
    return { column, row, longitude, latitude, height: 0 };
  });
  const file = join(folder, `${name}.tiff`);
  await writeGcpTiff(file, { ...SIZE, samples, points });
  return file;
}

/** Warps amplitudes, rows and columns by GDAL to the very grid of the COG, calibrates by numpy, and compares. */
const COMPARE = `
import sys, json, numpy as np
from osgeo import gdal, osr
gdal.UseExceptions()
source, cog, table, looks, crs = sys.argv[1], sys.argv[2], json.load(open(sys.argv[3])), int(sys.argv[4]), sys.argv[5]
s = gdal.Open(source)
dn = s.ReadAsArray().astype('f8')
h, w = dn.shape
H, W = -(-h // looks), -(-w // looks)
power, count = np.zeros((H * looks, W * looks)), np.zeros((H * looks, W * looks))
power[:h, :w] = dn ** 2
count[:h, :w] = dn > 0
fold = lambda a: a.reshape(H, looks, W, looks).sum(axis=(1, 3))
with np.errstate(invalid='ignore'):
    mean = fold(power) / fold(count)
lines = np.arange(H) * looks + (looks - 1) / 2
pixels = np.arange(W) * looks + (looks - 1) / 2
rows = np.array([np.interp(pixels, v['pixels'], v['factors']) for v in table['vectors']])
at = [v['line'] for v in table['vectors']]
A = np.array([np.interp(lines, at, rows[:, c]) for c in range(W)]).T
sigma = mean / A ** 2
wgs, plane = osr.SpatialReference(), osr.SpatialReference()
wgs.ImportFromEPSG(4326); plane.ImportFromEPSG(int(crs))
for r in (wgs, plane): r.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
t = osr.CoordinateTransformation(wgs, plane)
gcps = []
for g in s.GetGCPs():
    x, y, _ = t.TransformPoint(g.GCPX, g.GCPY)
    gcps.append(gdal.GCP(x, y, 0, g.GCPPixel / looks, g.GCPLine / looks))
m = gdal.GetDriverByName('MEM').Create('', W, H, 1, gdal.GDT_Float64)
m.SetGCPs(gcps, plane)
m.GetRasterBand(1).WriteArray(sigma)
c = gdal.Open(cog)
ours = c.ReadAsArray()
g = c.GetGeoTransform()
bounds = [g[0], g[3] + g[5] * c.RasterYSize, g[0] + g[1] * c.RasterXSize, g[3]]
warped = gdal.Warp('', m, format='MEM', outputBounds=bounds, width=c.RasterXSize, height=c.RasterYSize, errorThreshold=0,
    polynomialOrder=1, resampleAlg='near', dstNodata=float('nan'), outputType=gdal.GDT_Float64).ReadAsArray()
seen = ~np.isnan(ours) & ~np.isnan(warped)
apart = np.abs(ours[seen] / warped[seen] - 1)
print(json.dumps({
    'cells': int(seen.sum()), 'outline': int((np.isnan(ours) != np.isnan(warped)).sum()),
    'differing': int((apart > 2.0 ** -12).sum()), 'pixel': g[1], 'crs': c.GetSpatialRef().GetAuthorityCode(None),
    'nodata': str(c.GetRasterBand(1).GetNoDataValue())}))
`;

interface Compared {
  readonly cells: number;
  readonly outline: number;
  readonly differing: number;
  readonly pixel: number;
  readonly crs: string;
  readonly nodata: string;
}

function compare(source: string, cog: string, looks: number, crs: string): Compared {
  const table = join(folder, 'table.json');
  writeFileSync(table, JSON.stringify(calibration));
  return JSON.parse(
    execFileSync(PYTHON, ['-c', COMPARE, source, cog, table, String(looks), crs], { encoding: 'utf8' }),
  ) as Compared;
}

const make = (plan: BrowsePlan, resolution: number) =>
  makeBrowse(plan, mkdtempSync(join(folder, 'out-')), { resolution, maxSide: 512 });

describe('sar', () => {
  it.each([
    ['of every pixel, north', 10, 1, { crs: 'EPSG:32632', origin: [500_000, 5_700_000] }],
    ['of means of 2 x 2 pixels, north', 20, 2, { crs: 'EPSG:32632', origin: [500_000, 5_700_000] }],
    [
      'of means of 3 x 3 pixels, at the edge of a southern zone',
      30,
      3,
      { crs: 'EPSG:32733', origin: [230_000, 7_000_000] },
    ],
    ['beside the North Pole', 10, 1, { crs: 'EPSG:3413', origin: [400_000, -300_000] }],
    ['beside the South Pole', 10, 1, { crs: 'EPSG:3031', origin: [400_000, -300_000] }],
    ['over the antimeridian', 20, 2, { crs: 'EPSG:32601', origin: [290_000, 5_700_000] }],
  ] as const)('keeps backscatter %s, as GDAL and numpy find it', async (name, resolution, looks, place) => {
    const file = await image(name.replaceAll(/\W/g, ''), place);
    const { values } = await make({ kind: 'sar', images: [{ name: 'VV', file, calibration }] }, resolution);
    expect(values).toMatchObject([{ name: 'VV', unit: '1', grid: { crs: place.crs } }]);
    const found = compare(file, values[0]!.file, looks, place.crs.slice(5));
    expect(found).toMatchObject({ pixel: resolution, crs: place.crs.slice(5), nodata: 'nan' });
    expect(found.cells).toBeGreaterThan((0.95 * SIZE.width * SIZE.height) / looks ** 2);
    // What differs lies on the edge between two pixels.
    expect(found.outline).toBeLessThan(found.cells / 2000);
    expect(found.differing).toBeLessThan(found.cells / 2000);
  });
});
