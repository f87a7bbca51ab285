import { createReadStream } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { databaseConfig } from '#adapters/postgres/database.config.js';
import { openDatabase } from '#adapters/postgres/open-database.js';
import { coordinateTransform } from '#adapters/raster/coordinate-transform.js';
import { portOf } from '#domain/ports/opened-adapter.js';
import { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { measure } from '#services/acquisition/src/digest-stream.js';
import { testBox, testProduct } from '#test/support/catalogue-products.js';
import { freePort, startDaemon } from '#test/support/daemon.js';
import { emptyDatabase, startOwnPostgresServer } from '#test/support/postgres-server.js';
import { getMap, type MapServer } from './map-view.js';

/** A COG in EPSG:32632, and the layer it belongs to. */
export interface BenchScene {
  readonly file: string;
  readonly layer: string;
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
}

/** The view service in a process of its own, its database's work counted with it. */
export interface OurView extends MapServer {
  readonly pid: number;
  readonly layerAddress: (layer: string) => MapServer['address'];
}

/** Starts PostgreSQL and the view service, with the scenes published. */
export async function startOurView(folder: string, scenes: readonly BenchScene[]): Promise<OurView> {
  const postgres = await startOwnPostgresServer();
  const { url } = await emptyDatabase(postgres.url);
  const objects = join(folder, 'data', 'objects', 'browse');
  await mkdir(objects, { recursive: true });
  for (const { file } of scenes) await cp(file, join(objects, basename(file)));
  const database = await openDatabase(databaseConfig.parse({ DATABASE_URL: url }));
  await portOf(database, ProductStore).publish(await Promise.all(scenes.map(productOf)), { source: 'bench' });
  await database.close();
  const port = await freePort();
  const environment = { DATABASE_URL: url, FROMBORK_DATA: join(folder, 'data'), VIEW_OVERVIEW_SECONDS: '0', LOG_LEVEL: 'warn', PORT: String(port) }; // prettier-ignore
  const command = [resolve('node_modules/node/bin/node'), 'dist/test/bench/view-peer/serve-view.js'];
  const ready = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok;
  const service = await startDaemon(command, ready, environment);
  const base = `http://127.0.0.1:${port}/wms`;
  return {
    name: 'Frombork',
    pid: service.pid,
    pids: () => [service.pid, postgres.pid],
    address: (view) => getMap(base, scenes[0]!.layer, view),
    layerAddress: (layer) => (view) => getMap(base, layer, view),
    stop: async () => {
      await service.stop();
      await postgres.stop();
    },
  };
}

/** With a digest, as ingest gives it. */
async function productOf({ file, layer, bbox }: BenchScene, index: number): Promise<Product> {
  const { digests } = await measure(createReadStream(file), ['sha-256']);
  const { forward } = coordinateTransform('EPSG:32632', 'CRS:84');
  const corners = [
    forward(bbox[0], bbox[1])!,
    forward(bbox[2], bbox[1])!,
    forward(bbox[0], bbox[3])!,
    forward(bbox[2], bbox[3])!,
  ];
  const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
  const geometry = testBox(Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats));
  const acquired = new Date(Date.UTC(2024, 4, 1 + index, 10));
  return {
    ...testProduct(basename(file, '.tif'), {
      collection: layer,
      geometry,
      acquiredFrom: acquired,
      acquiredTo: acquired,
    }),
    assets: {
      browse: { location: { key: `browse/${basename(file)}` }, mediaType: 'image/tiff', roles: ['visual'], digests },
    },
  };
}
