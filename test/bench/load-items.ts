import { seedCollections } from '#adapters/postgres/catalog-collections.js';
import { maintainCatalogue } from '#adapters/postgres/maintain-catalogue.js';
import { PostgresProductStore } from '#adapters/postgres/postgres-product-store.js';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import type { Product } from '#domain/product/product.js';
import { benchDatabase } from './bench-database.js';
import { generateItems } from './generate-items.js';

/** `node dist/test/bench/load-items.js [count] [writers]`: fills the catalogue of DATABASE_URL with generated items and says how fast. */
const count = Number(process.argv[2] ?? 1_000_000);
const writers = Number(process.argv[3] ?? 2);
const BATCH = 1_000;

const database = await benchDatabase();
const { sql } = database;
await seedCollections(sql, SENTINEL_COLLECTIONS);
const store = new PostgresProductStore(sql);
const items = generateItems(count);
const started = performance.now();
let loaded = 0;

function nextBatch(): Product[] {
  const batch: Product[] = [];
  while (batch.length < BATCH) {
    const { done, value } = items.next();
    if (done === true) break;
    batch.push(value);
  }
  return batch;
}

async function write(): Promise<void> {
  for (let batch = nextBatch(); batch.length > 0; batch = nextBatch()) {
    await store.publish(batch, { source: 'bench' });
    loaded += batch.length;
    if (loaded % 50_000 === 0) report();
  }
}

function report(): void {
  const seconds = (performance.now() - started) / 1000;
  console.log(`${loaded} items in ${seconds.toFixed(0)} s: ${(loaded / seconds).toFixed(0)} items/s`);
}

await Promise.all(Array.from({ length: writers }, write));
report();
await maintainCatalogue(sql);
await sql.execute('vacuum analyze catalogue.product');
await sql.execute('vacuum analyze catalogue.sample');
await sql.execute('analyze catalogue.product_key');
await database.close();
