import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Jp2Codec } from '#adapters/raster/jp2-codec.js';
import { Jp2Image } from '#adapters/raster/jp2-image.js';
import { NetcdfFile } from '#adapters/raster/netcdf-file.js';
import { describeProduct } from '#protocols/safe/describe-product.js';
import { metadataPathsOf } from '#protocols/safe/metadata-paths.js';
import type { ProductDescription } from '#protocols/safe/product-description.js';
import { generateDemo } from './generate-demo.js';

const SORTS = 7;
const scratch = mkdtempSync(join(tmpdir(), 'demo-'));
const archive = join(scratch, 'a');
let names: readonly string[];

beforeAll(async () => {
  names = await generateDemo(archive, { count: SORTS });
}, 60_000);
afterAll(() => rmSync(scratch, { recursive: true }));

function filesOf(product: string): readonly string[] {
  if (!statSync(product).isDirectory()) return [''];
  const paths = readdirSync(product, { recursive: true }) as string[];
  return paths.filter((path) => statSync(join(product, path)).isFile()).toSorted();
}

async function describeName(name: string): Promise<ProductDescription> {
  const product = join(archive, name);
  if (name.endsWith('.nc')) {
    const file = await NetcdfFile.open(product);
    try {
      return describeProduct({ name, paths: [name], metadata: new Map(), netcdf: file.contents().groups });
    } finally {
      file.close();
    }
  }
  const paths = filesOf(product);
  const metadata = new Map(metadataPathsOf(paths).map((path) => [path, readFileSync(join(product, path))]));
  return describeProduct({ name, paths, metadata });
}

describe('the demo archive', () => {
  it('is the same to the byte for the same seed, and another for another', async () => {
    const [again, other] = [join(scratch, 'b'), join(scratch, 'c')];
    expect(await generateDemo(again, { count: SORTS })).toEqual(names);
    await generateDemo(other, { count: 1, seed: 2 });
    for (const name of names) {
      const files = filesOf(join(archive, name));
      expect(filesOf(join(again, name))).toEqual(files);
      for (const file of files) {
        const [a, b] = [archive, again].map((folder) => readFileSync(join(folder, name, file)));
        expect({ file, same: a!.equals(b!) }).toEqual({ file, same: true });
      }
    }
    const manifests = [archive, other].map((folder) => readFileSync(join(folder, names[0]!, 'manifest.safe'), 'utf8'));
    expect(manifests[0]).not.toBe(manifests[1]);
  }, 60_000);

  it('is understood: place, time and a picture for every product', async () => {
    for (const name of names) {
      const { product, browse } = await describeName(name);
      expect(name.startsWith(product.id)).toBe(true);
      expect(product.geometry?.type).toBe('Polygon');
      expect(product.acquiredFrom.toISOString()).toMatch(/^2026-0[5-8]-/);
      expect(browse.length).toBeGreaterThan(0);
    }
  });

  it('holds what its manifests say: every file, its size and its checksum', async () => {
    const folders = names.filter((name) => !name.endsWith('.nc'));
    expect(folders).toHaveLength(5);
    for (const name of folders) {
      const { files } = await describeName(name);
      const present = filesOf(join(archive, name)).filter((path) => !/^(manifest\.safe|xfdumanifest\.xml)$/.test(path));
      expect(files.map(({ path }) => path).toSorted()).toEqual(present);
      for (const { path, size, digest } of files) {
        const bytes = readFileSync(join(archive, name, path));
        expect(bytes.length).toBe(size);
        expect(digest?.algorithm).toBe(name.startsWith('S2') ? 'sha3-256' : 'md5');
        expect(createHash(digest!.algorithm).update(bytes).digest('hex')).toBe(digest!.value);
      }
    }
  });

  it('tells of Sentinel-2 products the cloud cover their classification shows', async () => {
    const name = names.find((one) => one.includes('MSIL2A'))!;
    const { product } = await describeName(name);
    const path = filesOf(join(archive, name)).find((one) => one.endsWith('_SCL_20m.jp2'))!;
    const image = await Jp2Image.open(join(archive, name, path));
    let [clouds, pixels] = [0, 0];
    for await (const strip of image.rows(await Jp2Codec.load(), 0)) {
      for (const value of strip) if (value === 8 || value === 9) clouds++;
      pixels += strip.length;
    }
    await image.close();
    expect(Math.abs(Number(product.properties['cloudCover']) - (100 * clouds) / pixels)).toBeLessThan(0.5);
  });

  it('leaves nothing half made and is not stopped by what a killed process left', async () => {
    const folder = join(scratch, 'killed');
    mkdirSync(join(folder, `.demo-${names[0]!}`, 'GRANULE'), { recursive: true });
    await generateDemo(folder, { count: 1 });
    expect(readdirSync(folder)).toEqual([names[0]]);
    await generateDemo(folder, { count: 1, without: new Set(names) });
    expect(readdirSync(folder)).toEqual([names[0]]);
  }, 30_000);
});

describe('GDAL', () => {
  const info = (path: string) =>
    execFileSync('gdalinfo', [path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const named = (part: string) =>
    join(
      archive,
      names.find((name) => name.includes(part))!,
    );

  it.each([
    ['MSIL1C', 'MTD_MSIL1C.xml', 'SENTINEL2_L1C'],
    ['MSIL2A', 'MTD_MSIL2A.xml', 'SENTINEL2_L2A'],
  ])('opens %s as Sentinel-2', (part, metadata, driver) => {
    const text = info(join(named(part), metadata));
    expect(text).toContain('Driver: SENTINEL2/');
    const [, subdataset] = /SUBDATASET_\d_NAME=(SENTINEL2_L..:.*:TCI:EPSG_\d+)/.exec(text)!;
    expect(subdataset).toContain(driver);
    expect(info(subdataset!)).toContain('Size is 732, 732');
  });

  it('knows where every image of Sentinel-2 lies without its product, as of those ESA writes (GMLJP2)', () => {
    const product = named('MSIL2A');
    const origin = (text: string) => /^Origin = \((\d+)\.0*,(\d+)\.0*\)/m.exec(text)?.slice(1);
    const [, subdataset] = /SUBDATASET_\d_NAME=(SENTINEL2_L2A:.*:TCI:EPSG_\d+)/.exec(
      info(join(product, 'MTD_MSIL2A.xml')),
    )!;
    const whole = origin(info(subdataset!));
    expect(whole).toHaveLength(2);
    const images = filesOf(product).filter((path) => path.endsWith('.jp2'));
    expect(images).toHaveLength(7);
    for (const path of images) {
      const text = info(join(product, path));
      expect({ path, origin: origin(text) }).toEqual({ path, origin: whole });
      expect(text).toContain(`ID["EPSG",${subdataset!.slice(-5)}]`);
      expect(text).toMatch(
        /_PVI\.jp2\n[^]*Pixel Size = \(320|_TCI_10m\.jp2\n[^]*Size = \(150|_20m\.jp2\n[^]*Size = \(300/,
      );
    }
  });

  it('opens Sentinel-1 by its manifest, with both polarisations and points', () => {
    const text = info(named('IW_GRDH'));
    expect(text).toContain('Driver: SAFE/');
    expect(text).toContain('BEAM_MODE=IW');
    expect(text.match(/^GCP\[/gm)).toHaveLength(210);
    expect(text.match(/POLARIZATION=V[VH]/g)).toEqual(expect.arrayContaining(['POLARIZATION=VV', 'POLARIZATION=VH']));
  });

  it('opens the NetCDF files of Sentinel-3 and -5P', () => {
    expect(info(join(named('OL_1_EFR'), 'Oa08_radiance.nc'))).toContain('Driver: netCDF/');
    expect(info(`NETCDF:"${join(named('SL_2_LST'), 'LST_in.nc')}":LST`)).toContain('Size is 370, 300');
    expect(info(`NETCDF:"${named('L2__NO2')}":/PRODUCT/nitrogendioxide_tropospheric_column`)).toContain(
      'Size is 225, 240',
    );
  });
});
