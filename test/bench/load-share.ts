import { createReadStream } from 'node:fs';
import { seedCollections } from '#adapters/postgres/catalog-collections.js';
import { PostgresProductStore } from '#adapters/postgres/postgres-product-store.js';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { productUuid } from '#domain/product/product-uuid.js';
import type { Product } from '#domain/product/product.js';
import { splitLines } from '#protocols/json/split-lines.js';
import { parseValidItem } from '#protocols/stac/stac-item-read.js';
import { benchDatabase } from './bench-database.js';

/** Large enough that opening the indexes of every year counts little for a row. */
const BATCH = 2000;
const CHUNK = 1 << 20;

/** What one of several writers loads: every `writers`-th batch of a file of STAC Items, one a line, from its `at`-th on. */
export interface Share {
  readonly file: string;
  readonly writers: number;
  readonly at: number;
}

/** Loads it over a connection of its own; one batch is read while another is written. */
export async function loadShare(share: Share): Promise<void> {
  const database = await benchDatabase();
  await seedCollections(database.sql, SENTINEL_COLLECTIONS);
  const store = new PostgresProductStore(database.sql);
  let written: Promise<unknown> = Promise.resolve();
  for await (const batch of batchesOf(share)) {
    await written;
    written = store.publish(batch, { source: 'bench' });
    written.catch(() => undefined);
  }
  await written;
  await database.close();
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
