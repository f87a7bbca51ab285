import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync, globSync } from 'node:fs';
import { basename } from 'node:path';
import {
  differenceOf,
  drawMap,
  fileRenderer,
  mapOf,
  placeAround,
  styleOf,
  type MapPair,
} from '#test/support/drawn-maps.js';
import { hasGdal } from '#test/support/gdal-program.js';
import { referenceMaps, type DrawnMap } from '#test/support/reference-maps.js';

jest.setTimeout(300_000);

const FIXTURES = '../shared/fixtures/rasters';
const fixtures = existsSync(FIXTURES) ? globSync(`${FIXTURES}/*/*.{tif,TIF}`).toSorted() : [];
if (fixtures.length === 0)
  process.stdout.write('Skipped: comparison with gdalwarp; the fixture rasters are missing.\n');
const isRun = hasGdal('comparison with gdalwarp') && fixtures.length > 0;

/** Drawn and refused in raster-matrix: no system of coordinates or one not known, no affine grid, damage, the antimeridian. */
const APART = /float(_nan)?\.tif|goes|rotated|gcps|nonearth|corrupt|dateline/;
const files = fixtures.filter((file) => !APART.test(basename(file)));
const cases = files.flatMap((file) => [
  ...['EPSG:3857', 'EPSG:4326', 'EPSG:3035'].flatMap((crs) => [1, 0.4].map((zoom) => ({ file, crs, zoom, resampling: 'nearest' as const }))),
  { file, crs: 'EPSG:3857', zoom: 1.1, resampling: 'bilinear' as const },
]); // prettier-ignore

(isRun ? describe : describe.skip)('RasterRenderer against gdalwarp -et 0', () => {
  const renderer = fileRenderer();
  const pairs: MapPair[] = [];
  let references: readonly DrawnMap[];
  beforeAll(async () => {
    for (const { file, ...place } of cases) {
      const info = await renderer.describe({ key: file, etag: '1' });
      pairs.push(await mapOf(file, placeAround(info, place), await styleOf(renderer, file, info)));
    }
    references = referenceMaps(pairs.map(({ theirs }) => theirs));
  });

  const named = cases.map((one, index) => ({ ...one, name: basename(one.file), index }));
  const list = isRun ? named : [{ name: 'no fixture', crs: '', zoom: 1, resampling: 'nearest', index: 0 }];
  it.each(list)('draws $name in $crs at $zoom times its resolution ($resampling)', async ({ resampling, index }) => {
    const isNearest = resampling === 'nearest';
    const found = differenceOf(await drawMap(renderer, pairs[index]!), references[index]!, isNearest ? 1 : 2);
    // What differs lies within the position error of a pixel edge.
    expect(found.outline).toBeLessThan(0.002);
    expect(found.differing).toBeLessThan(isNearest ? 0.02 : 0.03);
  });
});
