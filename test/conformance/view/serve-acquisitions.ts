// Serves acquisitions for the clients of features and instances: three dates of a Sentinel-2 L2A tile and one of L1C with every band, a radar scene, and
// 1200 footprints more. test/conformance/wfs-clients/*.py know the same numbers.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCog } from '#adapters/raster/cog-writer.js';
import type { Asset } from '#domain/product/asset.js';
import type { Product } from '#domain/product/product.js';
import type { ArchiveService } from '#test/support/archive-service.js';
import { testBox, testProduct } from '#test/support/catalogue-products.js';
import { serveView } from './serve-view.js';

const L1C_BANDS = ['B01', 'B02', 'B03', 'B04', 'B05', 'B06', 'B07', 'B08', 'B8A', 'B09', 'B10', 'B11', 'B12'];
const L2A_BANDS = L1C_BANDS.filter((band) => band !== 'B10');
const GRID = { width: 120, height: 100, crs: 'EPSG:32633', origin: [399_960, 5_800_020], pixelSize: [60, 60] } as const;
const FOOTPRINT = testBox(13.53, 52.28, 13.637, 52.341);
/** Days of May 2024, each with the cloud cover in percent. */
const DATES = [
  [1, 5],
  [11, 40],
  [21, 80],
] as const;
const FURTHER = 1200;

await serveView(async (service) => {
  for (const [index, [day, cloudCover]] of DATES.entries()) {
    const stamp = `202405${String(day).padStart(2, '0')}T100031`;
    const id = `S2A_MSIL2A_${stamp}_N0510_R122_T33UUU_${stamp}`;
    const assets = await bandAssets(service, id, { bands: L2A_BANDS, date: index });
    await service.publish([tile(id, 'sentinel-2-l2a', { day, cloudCover, assets })]);
  }
  const id = 'S2A_MSIL1C_20240501T100031_N0510_R122_T33UUU_20240501T100031';
  const assets = await bandAssets(service, id, { bands: L1C_BANDS, date: 0 });
  await service.publish([tile(id, 'sentinel-2-l1c', { day: 1, cloudCover: 5, assets }), radar(), ...footprints()]);
});

function tile(
  id: string,
  collection: string,
  { day, cloudCover, assets }: { day: number; cloudCover: number; assets: Record<string, Asset> },
): Product {
  return testProduct(id, {
    collection,
    acquiredFrom: new Date(Date.UTC(2024, 4, day, 10, 0, 31, 24)),
    geometry: FOOTPRINT,
    properties: {
      processingBaseline: '05.10',
      cloudCover,
      tile: '33UUU',
      projCode: GRID.crs,
      orbitDirection: 'descending',
      platform: 'sentinel-2a',
    },
    assets,
  });
}

function radar(): Product {
  return testProduct('S1A_IW_GRDH_1SDV_20240503T052030_20240503T052055_053701_0685F1_ABCD', {
    collection: 'sentinel-1-grd',
    acquiredFrom: new Date('2024-05-03T05:20:30Z'),
    acquiredTo: new Date('2024-05-03T05:20:55Z'),
    geometry: testBox(12, 51, 15, 53),
    properties: { orbitDirection: 'descending', polarisations: ['VV', 'VH'], instrumentMode: 'IW' },
  });
}

/** Squares of half a degree over Germany, forty a month from 2018 on; cloud cover goes from 0 to 99 again and again. */
function footprints(): readonly Product[] {
  return Array.from({ length: FURTHER }, (_, index) => {
    const [west, south] = [6 + 0.5 * (index % 16), 47.5 + 0.5 * (Math.floor(index / 16) % 14)];
    return testProduct(`S2B_MSIL1C_FOOTPRINT_${String(index).padStart(4, '0')}`, {
      collection: 'sentinel-2-l1c',
      acquiredFrom: new Date(Date.UTC(2018, Math.floor(index / 40), 1 + (index % 28), 10, 20)),
      geometry: testBox(west, south, west + 0.5, south + 0.5),
      properties: { cloudCover: index % 100, tile: `3${index % 3}UAA`, platform: 'sentinel-2b' },
    });
  });
}

async function bandAssets(
  service: ArchiveService,
  id: string,
  { bands, date }: { readonly bands: readonly string[]; readonly date: number },
): Promise<Record<string, Asset>> {
  const { width, height } = GRID;
  const assets: Record<string, Asset> = {};
  for (const [band, name] of bands.entries()) {
    const samples = Uint16Array.from({ length: width * height }, (_, index) => {
      const [x, y] = [index % width, Math.floor(index / width)];
      return 1000 + 200 * (band + 1) + ((x * 7 + y * 11 + date * 130) % 900);
    });
    const [file, key] = [join(service.folder, 'writing.tif'), `${id}/${name}.tif`];
    await writeCog(file, { ...GRID, bands: 1, sampleType: 'uint16', nodata: 0 }, once(samples));
    await service.put(key, await readFile(file));
    assets[name] = { location: { key }, mediaType: 'image/tiff; application=geotiff', roles: ['data'] };
  }
  return assets;
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}
