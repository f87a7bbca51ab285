import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCog } from '#adapters/raster/cog-writer.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import type { Asset } from '#domain/product/asset.js';
import type { Product } from '#domain/product/product.js';
import type { ArchiveService } from './archive-service.js';
import { testBox, testProduct } from './catalogue-products.js';

/** A product of one colour over a box, in degrees; without a colour it has no picture. */
export interface ColourScene {
  readonly id: string;
  readonly collection: string;
  readonly day: string;
  readonly box: BoundingBox;
  readonly colour?: readonly number[];
}

/** The product of a scene, its browse image put into the store. */
export async function productOf(scene: ColourScene, service: ArchiveService): Promise<Product> {
  const { id, collection, day, box, colour } = scene;
  const key = `browse/${id}.tif`;
  if (colour) await service.put(key, await cogOf(box, colour, service.folder));
  return testProduct(id, {
    collection,
    acquiredFrom: new Date(`${day}T10:00:00.250Z`),
    geometry: testBox(...box),
    assets: colour || id === 'BROKEN' ? { browse: { location: { key }, roles: ['visual'] } } : {},
  });
}

const BAND: BoundingBox = [10, 47, 12, 49];

/** Two products of the same bands, before and after baseline 04.00. */
export async function bandProducts(service: ArchiveService): Promise<readonly Product[]> {
  const values: Readonly<Record<string, number>> = { B02: 1500, B03: 2100, B04: 3200, B08: 8000 };
  const assets: Record<string, Asset> = {};
  for (const [name, value] of Object.entries(values)) {
    const key = `bands/${name}.tif`;
    await service.put(key, await cogOf(BAND, [value], service.folder, 'uint16'));
    assets[name] = { location: { key }, mediaType: 'image/tiff; application=geotiff', roles: ['data'] };
  }
  const common = { collection: 'sentinel-2-l2a', geometry: testBox(...BAND), assets };
  return [
    testProduct('S2A_MSIL2A_20240501T100000_N0510_R022_T32UPU_20240501T120000', {
      ...common,
      acquiredFrom: new Date('2024-05-01T10:00:00Z'),
      properties: { processingBaseline: '05.10', cloudCover: 60 },
    }),
    testProduct('S2A_MSIL2A_20210401T100000_N0301_R022_T32UPU_20210401T120000', {
      ...common,
      acquiredFrom: new Date('2021-04-01T10:00:00Z'),
      properties: { processingBaseline: '03.01', cloudCover: 5 },
    }),
  ];
}

let files = 0;

async function cogOf(
  [west, south, east, north]: BoundingBox,
  colour: readonly number[],
  folder: string,
  sampleType: 'uint8' | 'uint16' = 'uint8',
): Promise<Buffer> {
  const size = 256;
  const file = join(folder, `${files++}.tif`);
  const length = size * size * colour.length;
  const values = Array.from({ length }, (_, index) => colour[index % colour.length] ?? 0);
  const samples = sampleType === 'uint8' ? Uint8Array.from(values) : Uint16Array.from(values);
  await writeCog(
    file,
    {
      width: size,
      height: size,
      bands: colour.length,
      sampleType,
      crs: 'CRS:84',
      origin: [west, north],
      pixelSize: [(east - west) / size, (north - south) / size],
      nodata: 0,
    },
    (async function* () {
      yield samples;
    })(),
  );
  return readFile(file);
}
