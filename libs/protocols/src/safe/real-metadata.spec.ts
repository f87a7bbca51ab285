import { describe, expect, it } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { NetcdfFile } from '#adapters/raster/netcdf-file.js';
import { boundingBoxOf } from '#domain/geometry/bounding-box.js';
import { footprintOf } from '#domain/geometry/cut-at-antimeridian.js';
import { isSimple } from '#domain/geometry/self-intersection.js';
import { describeProduct } from './describe-product.js';
import { parseManifest } from './manifest.js';
import { parseSentinel1Annotation } from './sentinel1-annotation.js';
import { parseSentinel2ProductMetadata } from './sentinel2-product-metadata.js';
import { parseSentinel2TileMetadata } from './sentinel2-tile-metadata.js';

const SAFE = '../shared/fixtures/safe';
const there = existsSync(SAFE);
if (!there) console.warn('skipped: the Sentinel fixtures are not here');

const files = (...patterns: readonly string[]): readonly string[] =>
  there
    ? patterns.flatMap((pattern) => globSync(`${SAFE}/${pattern}`)).map((path) => path.slice(SAFE.length + 1))
    : patterns;
const read = (path: string): Uint8Array => readFileSync(`${SAFE}/${path}`);

describe('every manifest of every baseline', () => {
  (there ? it : it.skip).each(files('**/manifest.safe', '**/xfdumanifest.xml'))('%s', (path) => {
    const manifest = parseManifest(read(path));
    expect(manifest.properties['platform']).toMatch(/^sentinel-[123][abc]$/);
    expect(manifest.acquiredFrom).toBeInstanceOf(Date);
    const footprint = footprintOf(manifest.footprint);
    expect(footprint === null).toBe(manifest.footprint.length === 0);
    expect(manifest.files.every(({ path: file }) => !file.startsWith('.'))).toBe(true);
  });
});

describe('every Sentinel-2 product metadata', () => {
  (there ? it : it.skip).each(files('S2/**/*MTD_MSIL*.xml', 'S2/**/*MTD_SAFL*.xml', 'S2/**/MTD_MSIL2a.xml', 'S2/**/*_MTD.xml', 'S2/**/product_metadata.xml').filter((path) => !path.includes('L1B')))(
    '%s',
    (path) => {
      const metadata = parseSentinel2ProductMetadata(read(path));
      expect(metadata.images.length).toBeGreaterThan(0);
      expect(metadata.quantification).toBeGreaterThan(0);
      const [major] = (metadata.processingBaseline ?? '00').split('.');
      if (Number(major) >= 4 && Number(major) < 90) expect([...metadata.offsets.values()]).not.toContain(0);
      else expect([...metadata.offsets.values()].every((offset) => offset === 0)).toBe(true);
      const footprint = footprintOf(metadata.footprint);
      expect(footprint === null || isSimple(footprint)).toBe(true);
    },
  ); // prettier-ignore
});

describe('every Sentinel-2 tile metadata', () => {
  (there ? it : it.skip).each(files('S2/**/MTD_TL.xml', 'S2/**/metadata.xml', 'S2/gdal-autotest/**/GRANULE/*/S2?_*_MTD_L*.xml').filter((path) => !/_DS_|L1B/.test(path)))(
    '%s',
    (path) => {
      const tile = parseSentinel2TileMetadata(read(path));
      expect([...tile.grids.keys()]).toEqual([10, 20, 60]);
      for (const [resolution, grid] of tile.grids) {
        expect(grid.pixelSize).toEqual([resolution, resolution]);
        expect(grid.rows * resolution).toBe(109_800);
      }
    },
  ); // prettier-ignore
});

describe('every Sentinel-1 annotation', () => {
  (there ? it : it.skip).each(files('S1/**/annotation/s1*grd*.xml', 'S1/stactools/slc/**/annotation/s1*.xml'))(
    '%s',
    (path) => {
      const annotation = parseSentinel1Annotation(read(path));
      expect(annotation.polarisation).toMatch(/^[HV]{2}$/);
      expect(annotation.centerFrequency).toBeCloseTo(5.405, 3);
      expect(annotation.rows).toBeGreaterThan(0);
    },
  );
});

describe('every Sentinel-5P file', () => {
  (there ? it : it.skip).each(files('S5P/S5P_*.nc'))('%s', async (path) => {
    const file = await NetcdfFile.open(`${SAFE}/${path}`);
    const { groups } = file.contents();
    file.close();
    const name = path.split('/').at(-1)!;
    const { product } = describeProduct({ name, paths: [name], metadata: new Map(), netcdf: groups });
    expect(product).toMatchObject({
      acquiredFrom: new Date('2020-03-03T01:57:22Z'),
      acquiredTo: new Date('2020-03-03T02:55:45Z'),
      properties: { absoluteOrbit: 12367, timeliness: 'OFFL' },
    });
    // An orbit in sunlight: from beyond one pole to beyond the other, less than half of the Earth.
    const [, south, , north] = boundingBoxOf(product.geometry!)!;
    expect([south, north]).toEqual([-90, 90]);
    expect(isSimple(product.geometry!)).toBe(true);
  });
});
