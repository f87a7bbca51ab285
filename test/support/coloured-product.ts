import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCog } from '#adapters/raster/cog-writer.js';
import type { Product } from '#domain/product/product.js';
import type { ArchiveService } from './archive-service.js';
import { testBox, testProduct } from './catalogue-products.js';

/** A scene of one colour. */
export interface ColouredScene {
  readonly collection: string;
  readonly id: string;
  /** Of acquisition, e.g. `2024-05-01`. */
  readonly day: string;
  readonly box: readonly [west: number, south: number, east: number, north: number];
  /** Red, green, blue. */
  readonly colour: readonly number[];
}

/** A product whose browse picture is of one colour, its GeoTIFF in the archive; it is not published yet. */
export async function colouredProduct(service: ArchiveService, scene: ColouredScene): Promise<Product> {
  const { collection, id, day, box, colour } = scene;
  const file = join(service.folder, `${id}.tif`);
  const [west, south, east, north] = box;
  const size = 400;
  const pixelSize = [(east - west) / size, (north - south) / size] as const;
  const strip = new Uint8Array(size * size * 3).map((_, i) => colour[i % 3]!);
  await writeCog(
    file,
    { width: size, height: size, bands: 3, sampleType: 'uint8', crs: 'EPSG:4326', origin: [west, north], pixelSize },
    (async function* () {
      yield strip;
    })(),
  );
  const key = `browse/${id}.tif`;
  await service.put(key, await readFile(file));
  const acquired = new Date(`${day}T10:00:00Z`);
  return {
    ...testProduct(id, { collection, geometry: testBox(...box), acquiredFrom: acquired, acquiredTo: acquired }),
    assets: { browse: { location: { key }, mediaType: 'image/tiff', roles: ['visual'] } },
  };
}
