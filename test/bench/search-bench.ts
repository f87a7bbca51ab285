import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PostgresProductCatalog } from '#adapters/postgres/postgres-product-catalog.js';
import type { CatalogQuery, Filter } from '#domain/catalog/catalog-query.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import { benchDatabase } from './bench-database.js';
import { printPages } from './page-bench.js';
import { seededRandom } from './seeded-random.js';

/** `node dist/test/bench/search-bench.js [rounds] [part of a name]`: times searches over the catalogue of DATABASE_URL and prints a table. */
const rounds = Number(process.argv[2] ?? 60);
/** Only searches whose name has this in it; `pages` for numbered pages alone. */
const wanted = process.argv[3] ?? '';
const CLIENTS = 4;
const DAY = 86_400_000;

const database = await benchDatabase();
const catalog = new PostgresProductCatalog(database.sql, 'bench');
const random = seededRandom(7);
const products = (
  await database.sql.query<{ n: number }>(
    "select sum(products)::bigint as n from catalogue.tally where day = '-infinity'",
  )
)[0]?.n;
console.log(`${products} products, ${rounds} rounds, then ${CLIENTS} clients\n`);

const between = (low: number, high: number) => low + (high - low) * random();
const intersects = (geometry: Geometry): Filter => ({ op: 'spatial', relation: 'intersects', geometry });
const cloudUnder = (value: number): Filter => ({ op: 'lt', property: 'cloudCover', value });
const keyset = (limit: number, cursor?: string): CatalogQuery['page'] =>
  cursor === undefined ? { kind: 'keyset', limit } : { kind: 'keyset', limit, cursor };

function days(length: number): Filter {
  const start = new Date(Date.UTC(2016, 0, 1) + Math.floor(between(0, 3900)) * DAY);
  return { op: 'temporal', relation: 'overlaps', interval: { start, end: new Date(start.getTime() + length * DAY) } };
}

function box(degrees: number): Filter {
  const [west, south] = [between(-170, 160), between(-60, 60)];
  return intersects(boundingBoxArea([west, south, west + degrees, south + degrees]));
}

/** Germany with every island (Natural Earth 10 m, mended: its rounding made it cross itself); a box where the test data is missing. */
async function germany(): Promise<Geometry> {
  const file = resolve('../shared/fixtures/regions/germany_10m.geojson');
  if (!existsSync(file)) return boundingBoxArea([6, 47.3, 15, 55]);
  const found = JSON.parse(readFileSync(file, 'utf8')) as { features: { geometry: unknown }[] };
  const [row] = await database.sql.query<{ mended: Geometry }>(
    'select st_asgeojson(st_collectionextract(st_makevalid(st_geomfromgeojson($1)), 3))::json as mended',
    [JSON.stringify(found.features[0]?.geometry)],
  );
  return row!.mended;
}
const GERMANY = await germany();
const and = (...args: Filter[]): Filter => ({ op: 'and', args });

const someIds = await database.sql.query<{ id: string; collection: string }>(
  'select id, collection from catalogue.product_key tablesample system (0.1) limit 2000',
);
const anyId = () => someIds[Math.floor(random() * someIds.length)]!;

/** What is timed: one call is one search. */
const SEARCHES: Readonly<Record<string, () => Promise<unknown>>> = {
  'find by key': () => catalog.find(anyId()),
  'search by 10 ids': () => catalog.search({ ids: Array.from({ length: 10 }, () => anyId().id), page: keyset(10) }),
  'point, newest 20': () =>
    catalog.search({
      filter: intersects({ type: 'Point', coordinates: [between(4, 17), between(46, 55)] }),
      page: keyset(20),
    }),
  'Germany + month + cloud < 20': () =>
    catalog.search({
      collections: ['sentinel-2-l2a'],
      filter: and(intersects(GERMANY), days(30), cloudUnder(20)),
      page: keyset(50),
    }),
  'Germany + month + cloud < 20, counted': () =>
    catalog.search({
      collections: ['sentinel-2-l2a'],
      filter: and(intersects(GERMANY), days(30), cloudUnder(20)),
      page: keyset(50),
      count: 'auto',
    }),
  'Germany + year, clearest first': () =>
    catalog.search({
      filter: and(intersects(GERMANY), days(365), cloudUnder(30)),
      sort: [{ property: 'cloudCover', direction: 'asc' }],
      page: keyset(50),
    }),
  'world, clearest first': () =>
    catalog.search({ filter: cloudUnder(10), sort: [{ property: 'cloudCover', direction: 'asc' }], page: keyset(50) }),
  'collection + month': () => catalog.search({ collections: ['sentinel-2-l1c'], filter: days(30), page: keyset(100) }),
  'collection + month, counted': () =>
    catalog.search({ collections: ['sentinel-2-l1c'], filter: days(30), page: keyset(100), count: 'exact' }),
  'free box 2 degrees': () => catalog.search({ filter: box(2), page: keyset(50) }),
  'free box 2 degrees, counted': () => catalog.search({ filter: box(2), page: keyset(50), count: 'auto' }),
  'free box 20 degrees': () => catalog.search({ filter: box(20), page: keyset(50) }),
  'tile, newest 20': () =>
    catalog.search({ filter: { op: 'like', property: 'tile', pattern: '32U%' }, page: keyset(20) }),
  'relative orbit and platform': () =>
    catalog.search({
      filter: and(
        { op: 'eq', property: 'relativeOrbit', value: Math.ceil(between(0, 143)) },
        { op: 'eq', property: 'platform', value: 'sentinel-2b' },
      ),
      page: keyset(20),
    }),
  'free text': () => catalog.search({ filter: { op: 'text', text: '32uqu msil2a' }, page: keyset(20) }),
  'everything counted': () => catalog.search({ page: keyset(20), count: 'exact' }),
  'first page of 1000': () => catalog.search({ collections: ['sentinel-2-l1c'], page: keyset(1000) }),
  'page 100 of 1000': deepPage(100),
  collections: () => catalog.collections(),
};

/** Goes on from a cursor a hundred pages away, got once. */
function deepPage(pages: number): () => Promise<unknown> {
  let cursor: Promise<string | undefined> | undefined;
  const collections = ['sentinel-2-l1c'];
  const walk = async () => {
    let at: string | undefined;
    for (let page = 1; page < pages; page++) at = (await catalog.search({ collections, page: keyset(1000, at) })).next;
    return at;
  };
  return async () => catalog.search({ collections, page: keyset(1000, await (cursor ??= walk())) });
}

function quantile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
}

console.log('| search | p50 ms | p95 ms | per s, 4 clients |\n|---|---:|---:|---:|');
for (const [name, search] of Object.entries(SEARCHES).filter(([each]) => each.includes(wanted))) {
  for (let warm = 0; warm < 5; warm++) await search();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await search();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const started = performance.now();
  const each = Math.ceil(rounds / CLIENTS);
  const client = async () => {
    for (let round = 0; round < each; round++) await search();
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const rate = (each * CLIENTS * 1000) / (performance.now() - started);
  console.log(`| ${name} | ${quantile(times, 0.5)} | ${quantile(times, 0.95)} | ${rate.toFixed(0)} |`);
}
if (wanted === '' || wanted === 'pages') await printPages(catalog, rounds);
await database.close();
