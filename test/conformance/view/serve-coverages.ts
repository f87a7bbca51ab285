// Serves three small coverages for the suites that need no data of theirs: two of bands in one series, one picture in another. With the argument `utm`
// one on a grid in metres too, and a picture whose cells are those of a tile matrix, for clients.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CogSpec } from '#adapters/raster/cog-spec.js';
import { writeCog } from '#adapters/raster/cog-writer.js';
import { ProductStore } from '#domain/ports/product-store.js';
import type { Asset } from '#domain/product/asset.js';
import { findMatrix } from '#domain/tiles/tile-matrix-set.js';
import { TILE_MATRIX_SETS } from '#domain/tiles/tile-matrix-sets.js';
import type { ArchiveService } from '#test/support/archive-service.js';
import { testBox, testCollection, testProduct } from '#test/support/catalogue-products.js';
import { serveView } from './serve-view.js';

/** Where the lower left corner is: longitude and latitude alike, since the suite of WCS 2.0 takes them for each other (requirement 61). */
type Corner = number;
type Grid = Omit<CogSpec, 'bands' | 'sampleType'>;
/** Degrees; the suite looks for the corners of a coverage among those of its footprint, to the last digit (requirement 6). */
const CELL = 0.0078125;
const SIDE = 128;

await serveView(async (service) => {
  await service.publish([
    await bands(service, 'S2A_MSIL2A_20240521T100031_T39UUR', 50),
    await bands(service, 'S2B_MSIL2A_20240522T102559_T39UUS', 50.5),
    await picture(service, 'S3A_SL_2_LST_20240523T095012', 51),
  ]);
  if (process.argv[2] !== 'utm') return;
  await service.app.get(ProductStore).registerCollection(testCollection('pictures'));
  await service.publish([
    await inMetres(service, 'S2A_MSIL1C_20240524T100031_T33UUU'),
    await onMatrix(service, 'PICTURE_20240525T100031'),
  ]);
});

async function bands(service: ArchiveService, id: string, corner: Corner) {
  return productAt(corner, id, 'sentinel-2-l2a', await bandAssets(service, id, gridAt(corner)));
}

async function inMetres(service: ArchiveService, id: string) {
  const size = { width: SIDE, height: SIDE, pixelSize: [60, 60], nodata: 0 } as const;
  const assets = await bandAssets(service, id, { ...size, crs: 'EPSG:32633', origin: [399960, 5800020] });
  const geometry = testBox(13.52, 52.27, 13.65, 52.35);
  return testProduct(id, { collection: 'sentinel-2-l1c', acquiredFrom: momentOf(id), geometry, assets });
}

/** From within a tile of matrix 12 of zone 33 into the next but one, each way. */
async function onMatrix(service: ArchiveService, id: string) {
  const { corner, cellSize, tileSize } = findMatrix(TILE_MATRIX_SETS.get('UTM33WGS84Quad')!, '12')!;
  const [columns, rows] = [1013 * tileSize + 100, 1454 * tileSize + 100];
  const place = {
    crs: 'EPSG:32633',
    origin: [corner[0] + columns * cellSize, corner[1] - rows * cellSize],
    pixelSize: [cellSize, cellSize],
  } as const;
  const spec = { ...place, width: 3 * SIDE, height: 3 * SIDE, nodata: 0, bands: 3, sampleType: 'uint8' } as const;
  const browse = { ...(await raster(service, `${id}/browse.tif`, { spec, seed: 3 })), roles: ['visual'] };
  const geometry = testBox(13.4, 52.1, 13.9, 52.5);
  return testProduct(id, { collection: 'pictures', acquiredFrom: momentOf(id), geometry, assets: { browse } });
}

async function bandAssets(service: ArchiveService, id: string, grid: Grid): Promise<Record<string, Asset>> {
  const assets: Record<string, Asset> = {};
  for (const [index, band] of ['B02', 'B03', 'B04'].entries()) {
    const spec = { ...grid, bands: 1, sampleType: 'uint16' } as const;
    assets[band] = await raster(service, `${id}/${band}.tif`, { spec, seed: index });
  }
  return assets;
}

async function picture(service: ArchiveService, id: string, corner: Corner) {
  const spec = { ...gridAt(corner), bands: 3, sampleType: 'uint8' } as const;
  const browse = await raster(service, `${id}/browse.tif`, { spec, seed: 7 });
  return productAt(corner, id, 'sentinel-3-slstr-2-lst', { browse: { ...browse, roles: ['visual'] } });
}

function gridAt(corner: Corner): Grid {
  const size = { width: SIDE, height: SIDE, pixelSize: [CELL, CELL] } as const;
  return { ...size, crs: 'EPSG:4326', origin: [corner, corner + SIDE * CELL], nodata: 0 };
}

function productAt(corner: Corner, id: string, collection: string, assets: Record<string, Asset>) {
  const end = corner + SIDE * CELL;
  const from = momentOf(id);
  const acquiredTo = new Date(from.getTime() + 12_000);
  return testProduct(id, { collection, acquiredFrom: from, acquiredTo, geometry: testBox(corner, corner, end, end), assets }); // prettier-ignore
}

/** The moment a product's name says; late in a month, since the suite of WCS 1.1 writes days below 10 before it without their zero. */
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
