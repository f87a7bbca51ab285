import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { seedCollections } from '#adapters/postgres/catalog-collections.js';
import type { ConnectedDatabase } from '#adapters/postgres/connect-database.js';
import { PostgresProductStore } from '#adapters/postgres/postgres-product-store.js';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { productUuid } from '#domain/product/product-uuid.js';
import type { Product } from '#domain/product/product.js';
import { splitLines } from '#protocols/json/split-lines.js';
import { parseValidItem } from '#protocols/stac/stac-item-read.js';
import { benchDatabase } from './bench-database.js';

/**
 * `node dist/test/bench/load-stac-items.js <items.ndjson> [writers]`: STAC Items, one a line, into the catalogue of DATABASE_URL, checked as the service checks
 * them. Each writer is a thread with a connection of its own, and takes every n-th batch of the file; it reads one while it writes another.
 */
const BATCH = 500;
const CHUNK = 1 << 20;

interface Share {
  readonly file: string;
  readonly writers: number;
  readonly at: number;
}

const database = await benchDatabase();
if (isMainThread) await loadAll(database, process.argv[2] ?? '', Number(process.argv[3] ?? '2'));
else await loadShare(database, workerData as Share);
await database.close();

async function loadAll({ sql }: ConnectedDatabase, file: string, writers: number): Promise<void> {
  await seedCollections(sql, SENTINEL_COLLECTIONS);
  const threads = Array.from(
    { length: writers - 1 },
    (_, other) => new Worker(fileURLToPath(import.meta.url), { workerData: { file, writers, at: other + 1 } }),
  );
  const ends = threads.map((thread) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    thread.once('error', reject).once('exit', () => resolve());
    return promise;
  });
  await Promise.all([loadShare(database, { file, writers, at: 0 }), ...ends]);
}

async function loadShare({ sql }: ConnectedDatabase, share: Share): Promise<void> {
  const store = new PostgresProductStore(sql);
  let written: Promise<unknown> = Promise.resolve();
  for await (const batch of batchesOf(share)) {
    await written;
    written = store.publish(batch, { source: 'bench' });
    written.catch(() => undefined);
  }
  await written;
}

async function* batchesOf({ file, writers, at }: Share): AsyncGenerator<readonly Product[]> {
  let batch: Product[] = [];
  let line = 0;
  for await (const text of splitLines(createReadStream(file, { highWaterMark: CHUNK }), Infinity)) {
    if (Math.floor(line++ / BATCH) % writers !== at) continue;
    const { product } = parseValidItem(JSON.parse(text));
    batch.push({ ...product, uuid: productUuid(product.collection, product.id), online: 'metadata-only' });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
