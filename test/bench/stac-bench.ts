import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import pg from 'pg';
import type { Geometry } from '#domain/geometry/geometry.js';
import { startServiceProcess } from '#test/support/service-process.js';
import { printBulkInserts } from './stac-peer/bulk-inserts.js';
import { latenciesWhileLoading, printLoads } from './stac-peer/bulk-loads.js';
import { Pgstac } from './stac-peer/pgstac.js';
import { stacCollections, stacItems, type ItemPage } from './stac-peer/stac-items.js';
import { deepPages, stacShapes, type Shape } from './stac-peer/stac-shapes.js';
import { quantile, timeSearches, walkPages } from './stac-peer/time-searches.js';

/**
 * `node dist/test/bench/stac-bench.js <part> [...]`: the STAC service side by side with stac-fastapi-pgstac (PyPI) on one PostgreSQL server.
 * DATABASE_URL is our filled catalogue, PEER_DATABASE_URL the peer's database, PEER_HOME its Python environment. Parts: `fill [items]` (gives the
 * peer our items), `searches [rounds]`, `alone [rounds]` (no peer), `pages`, `load [items]` (by each one's program) and `bulk [items]` (through the API),
 * for which both have databases of their own, and `busy` (searches during a load).
 */
const [, , part = 'searches', amount = '60'] = process.argv;
const HOME = process.env['PEER_HOME'] ?? '/tmp/frombork-pgstac';
const DATABASE_URL = process.env['DATABASE_URL'] ?? '';
const PEER_DATABASE_URL = process.env['PEER_DATABASE_URL'] ?? '';
/** The client's budget is not what is measured; nor may a shape take longer than this. */
const NO_BUDGET = { CLIENT_CONCURRENCY: '100', CLIENT_QUEUE: '1000' };
const SHAPE_SECONDS = 12;

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  fill,
  searches: () => withBoth(async (ours, theirs) => compare(ours, theirs)),
  alone: () => withOurs(async (ours) => compare(ours)),
  pages: () => withBoth(printPages),
  load: async () => printLoads(DATABASE_URL, await peer(), Number(amount)),
  bulk: async () => printBulkInserts(DATABASE_URL, await peer(), Number(amount)),
  busy: () => withOurs(async (ours) => latenciesWhileLoading(ours, DATABASE_URL, await shapesOf(ours))),
};
const chosen = PARTS[part];
if (chosen === undefined) throw new Error(`No part ${part}: ${Object.keys(PARTS).join(', ')}`);
await chosen();

function peer(): Promise<Pgstac> {
  return Pgstac.install(HOME, PEER_DATABASE_URL);
}

async function withOurs(work: (api: string) => Promise<void>): Promise<void> {
  const mirror = await startServiceProcess('stac', { DATABASE_URL, ...NO_BUDGET });
  await work(`${mirror.url}/stac`);
  await mirror.stop();
}

async function withBoth(work: (ours: string, theirs: string) => Promise<void>): Promise<void> {
  const theirs = await (await peer()).serve();
  await withOurs((ours) => work(ours, theirs.url));
  await theirs.stop();
}

async function fill(): Promise<void> {
  const pgstac = await peer();
  await withOurs(async (ours) => {
    await pgstac.create(await stacCollections(ours));
    await pgstac.load(stacItems(ours, Number(amount)));
  });
  await pgstac.settle();
}

async function shapesOf(ours: string): Promise<Readonly<Record<string, Shape>>> {
  const ids: string[] = [];
  for (let year = 2017; year < 2027; year++) {
    const url = `${ours}/search?limit=200&datetime=../${year}-01-01T00:00:00Z`;
    const page = (await (await fetch(url)).json()) as ItemPage;
    ids.push(...page.features.map(({ id }) => id));
  }
  return stacShapes({ country: await country(), ids });
}

/** Germany with every island (Natural Earth 10 m), mended: its rounding made it cross itself; a box where the test data is missing. */
async function country(): Promise<Geometry> {
  const file = resolve('../shared/fixtures/regions/germany_10m.geojson');
  const box = [[6, 47.3], [15, 47.3], [15, 55], [6, 55], [6, 47.3]] as const; // prettier-ignore
  if (!existsSync(file)) return { type: 'Polygon', coordinates: [box] };
  const { features } = JSON.parse(readFileSync(file, 'utf8')) as { features: { geometry: unknown }[] };
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  const mend = 'select st_asgeojson(st_collectionextract(st_makevalid(st_geomfromgeojson($1)), 3))::json as mended';
  const { rows } = await client.query<{ mended: Geometry }>(mend, [JSON.stringify(features[0]?.geometry)]);
  await client.end();
  return rows[0]!.mended;
}

async function compare(ours: string, theirs?: string): Promise<void> {
  const shapes = await shapesOf(ours);
  const bound = { rounds: Number(amount), seconds: SHAPE_SECONDS };
  console.log('| search | p50 ms | p95 ms | pgstac p50 ms | p95 ms | ratio p50 | p95 | items, matched |');
  console.log('|---|---:|---:|---:|---:|---:|---:|---|');
  for (const [name, shape] of [...Object.entries(shapes), ['deep page', undefined] as const]) {
    const a = await timeSearches(ours, shape ?? (await deepPages(ours)), bound);
    const b = theirs === undefined ? undefined : await timeSearches(theirs, shape ?? (await deepPages(theirs)), bound);
    const found = [a, b].map((each) => (each === undefined ? '' : `${each.returned}, ${each.matched}`));
    const cells = [0.5, 0.95].map((share) => [quantile(a.times, share), quantile(b?.times ?? [], share)] as const);
    const row = [...cells.map(([we]) => we.toFixed(1)), ...cells.map(([, they]) => they.toFixed(1))];
    const ratios = cells.map(([we, they]) => (they / we).toFixed(1));
    console.log(`| ${[name, ...row, ...ratios, found.join('; ')].join(' | ')} |`);
  }
}

async function printPages(ours: string, theirs: string): Promise<void> {
  console.log('| pages of 1000 | items/s | MB/s |\n|---|---:|---:|');
  for (const [name, api] of Object.entries({ Frombork: ours, pgstac: theirs })) {
    const { items, bytes } = await walkPages(api, SHAPE_SECONDS);
    console.log(`| ${name} | ${items.toFixed(0)} | ${(bytes / 1e6).toFixed(1)} |`);
  }
}
