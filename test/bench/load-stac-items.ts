import { createReadStream } from 'node:fs';
import { seedCollections } from '#adapters/postgres/catalog-collections.js';
import { PostgresProductStore } from '#adapters/postgres/postgres-product-store.js';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { productUuid } from '#domain/product/product-uuid.js';
import type { Product } from '#domain/product/product.js';
import { splitLines } from '#protocols/json/split-lines.js';
import { parseValidItem } from '#protocols/stac/stac-item-read.js';
import { benchDatabase } from './bench-database.js';

/** `node dist/test/bench/load-stac-items.js <items.ndjson> [writers]`: STAC Items, one a line, into the catalogue of DATABASE_URL, checked as the service checks them. */
const [, , file = '', writers = '2'] = process.argv;
const BATCH = 1_000;

const database = await benchDatabase();
await seedCollections(database.sql, SENTINEL_COLLECTIONS);
const store = new PostgresProductStore(database.sql);
const lines = splitLines(createReadStream(file, { highWaterMark: 1 << 20 }), Infinity);

async function nextBatch(): Promise<readonly Product[]> {
  const batch: Product[] = [];
  while (batch.length < BATCH) {
    const line = await lines.next();
    if (line.done === true) break;
    const { product } = parseValidItem(JSON.parse(line.value));
    batch.push({ ...product, uuid: productUuid(product.collection, product.id), online: 'metadata-only' });
  }
  return batch;
}

async function write(): Promise<void> {
  for (let batch = await nextBatch(); batch.length > 0; batch = await nextBatch()) {
    await store.publish(batch, { source: 'bench' });
  }
}

await Promise.all(Array.from({ length: Number(writers) }, write));
await database.close();
