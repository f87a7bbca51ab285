// Serves three small coverages on grids of their own, for the suites that need no data of theirs.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CogSpec } from '#adapters/raster/cog-spec.js';
import { writeCog } from '#adapters/raster/cog-writer.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import type { Asset } from '#domain/product/asset.js';
import type { ArchiveService } from '#test/support/archive-service.js';
import { testBox, testProduct } from '#test/support/catalogue-products.js';
import { serveView } from './serve-view.js';

type Grid = Omit<CogSpec, 'bands' | 'sampleType'>;
const TILE_33UUU: Grid = {
  width: 120,
  height: 100,
  crs: 'EPSG:32633',
  origin: [399960, 5800020],
  pixelSize: [60, 60],
  nodata: 0,
};
const TILE_32UMC: Grid = { ...TILE_33UUU, crs: 'EPSG:32632', origin: [399960, 5700000] };
const DEGREES: Grid = {
  width: 100,
  height: 60,
  crs: 'EPSG:4326',
  origin: [8, 54],
  pixelSize: [0.02, 0.02],
  nodata: 0,
};

await serveView(async (service) => {
  await service.publish([
    await bands(service, 'S2A_MSIL2A_20240501T100031_T33UUU', {
      grid: TILE_33UUU,
      place: [13.53, 52.28, 13.63, 52.34],
    }),
    await bands(service, 'S2B_MSIL2A_20240511T102559_T32UMC', { grid: TILE_32UMC, place: [7.56, 51.38, 7.66, 51.44] }),
    await picture(service, 'S3A_SL_2_LST_20240512T095012', { grid: DEGREES, place: [8, 52.8, 10, 54] }),
  ]);
});

interface Place {
  readonly grid: Grid;
  readonly place: BoundingBox;
}

async function bands(service: ArchiveService, id: string, { grid, place }: Place) {
  const assets: Record<string, Asset> = {};
  for (const [index, band] of ['B02', 'B03', 'B04'].entries()) {
    assets[band] = await raster(service, `${id}/${band}.tif`, {
      spec: { ...grid, bands: 1, sampleType: 'uint16' },
      seed: index,
    });
  }
  return testProduct(id, {
    collection: 'sentinel-2-l2a',
    acquiredFrom: momentOf(id),
    geometry: testBox(...place),
    assets,
  });
}

async function picture(service: ArchiveService, id: string, { grid, place }: Place) {
  const browse = await raster(service, `${id}/browse.tif`, {
    spec: { ...grid, bands: 3, sampleType: 'uint8' },
    seed: 7,
  });
  return testProduct(id, {
    collection: 'sentinel-3-slstr-2-lst',
    acquiredFrom: momentOf(id),
    geometry: testBox(...place),
    assets: { browse: { ...browse, roles: ['visual'] } },
  });
}

/** The moment a product's name says. */
function momentOf(id: string): Date {
  const [, year, month, day, hour, minute, second] = /_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/.exec(id)!;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

async function raster(service: ArchiveService, key: string, { spec, seed }: { spec: CogSpec; seed: number }) {
  const count = spec.width * spec.height * spec.bands;
  const samples = spec.sampleType === 'uint8' ? new Uint8Array(count) : new Uint16Array(count);
  const most = spec.sampleType === 'uint8' ? 250 : 5000;
  for (let i = 0; i < count; i++) {
    const [x, y] = [Math.floor(i / spec.bands) % spec.width, Math.floor(i / spec.bands / spec.width)];
    samples[i] = 1 + ((x * 3 + y * 2 + (i % spec.bands) * 31 + seed * 17) % most);
  }
  const file = join(service.folder, 'writing.tif');
  await writeCog(file, spec, once(samples));
  await service.put(key, await readFile(file));
  return { location: { key }, mediaType: 'image/tiff; application=geotiff', roles: ['data'] };
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}
