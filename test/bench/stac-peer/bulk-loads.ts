import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { writeItem } from '#protocols/stac/item.js';
import { generateItems } from '../generate-items.js';
import type { Pgstac } from './pgstac.js';
import { runProgram } from './run-program.js';
import { askText } from './stac-items.js';
import type { Shape } from './stac-shapes.js';
import { quantile } from './time-searches.js';

/** Our collections, as far as the peer wants them. */
export const PEER_COLLECTIONS = SENTINEL_COLLECTIONS.map(({ id, title }) => ({
  type: 'Collection',
  stac_version: '1.1.0',
  id,
  description: title,
  license: 'other',
  extent: { spatial: { bbox: [[-180, -90, 180, 90]] }, temporal: { interval: [[null, null]] } },
  links: [],
}));

/** Where the items say they are. */
export const ADDRESS = 'https://mirror.example';
const LOADER = 'dist/test/bench/load-stac-items.js';

/** Loads the same file of items into empty databases of the two servers, each by its own program, one after the other. */
export async function printLoads(ours: string, pgstac: Pgstac, count: number): Promise<void> {
  const file = await itemsFile(count, 1);
  console.log(`| ${count} items | s | items/s |\n|---|---:|---:|`);
  for (const writers of ['1', '2']) {
    await makeEmpty(ours);
    await runProgram(process.execPath, [LOADER, '/dev/null'], [], { DATABASE_URL: ours });
    const load = () => runProgram(process.execPath, [LOADER, file, writers], [], { DATABASE_URL: ours });
    await printLoad(`Frombork, ${writers} writers`, count, load);
  }
  await pgstac.create(PEER_COLLECTIONS);
  await printLoad('pypgstac load --method insert', count, () => pgstac.loadFile(file));
  await rm(file);
}

async function printLoad(name: string, count: number, load: () => Promise<void>): Promise<void> {
  const begin = performance.now();
  await load();
  const seconds = (performance.now() - begin) / 1000;
  console.log(`| ${name} | ${seconds.toFixed(1)} | ${(count / seconds).toFixed(0)} |`);
}

const IDLE_SECONDS = 25;
const LOADED = 40_000;

/** How long one client's searches of all shapes take, idle and while items are loaded as fast as they go. */
export async function latenciesWhileLoading(
  api: string,
  database: string,
  shapes: Readonly<Record<string, Shape>>,
): Promise<void> {
  const file = await itemsFile(LOADED, 1_000 + Math.floor(performance.timeOrigin % 1_000_000));
  const until = (over: () => boolean) => mixedSearches(api, Object.values(shapes), over);
  const started = performance.now();
  await until(() => performance.now() - started > 5_000);
  const idleFrom = performance.now();
  const idle = await until(() => performance.now() - idleFrom > IDLE_SECONDS * 1000);
  let done = false;
  const begin = performance.now();
  // One writer: two take both cores of a small machine, and load no more beside searches.
  const loading = runProgram(process.execPath, [LOADER, file, '1'], [], { DATABASE_URL: database }).then(
    () => (done = true),
  );
  const busy = await until(() => done);
  await loading;
  const rate = (LOADED * 1000) / (performance.now() - begin);
  console.log(`| searches | n | p50 ms | p95 ms | p99 ms |\n|---|---:|---:|---:|---:|`);
  for (const [name, times] of Object.entries({ idle, [`while ${rate.toFixed(0)} items/s are loaded`]: busy })) {
    const cells = [0.5, 0.95, 0.99].map((share) => quantile(times, share).toFixed(1));
    console.log(`| ${[name, times.length, ...cells].join(' | ')} |`);
  }
  await rm(file);
}

async function mixedSearches(api: string, shapes: readonly Shape[], over: () => boolean): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; !over(); turn++) {
    const body = shapes[turn % shapes.length]!(turn);
    const started = performance.now();
    await askText(`${api}/search`, body);
    times.push(performance.now() - started);
  }
  return times.toSorted((a, b) => a - b);
}

/** Items as the service writes them, one a line. */
async function itemsFile(count: number, seed: number): Promise<string> {
  const file = join(tmpdir(), `frombork-stac-${process.pid}.ndjson`);
  const lines = function* (): Generator<string> {
    for (const product of generateItems(count, seed)) yield `${JSON.stringify(writeItem(product, ADDRESS))}\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(file));
  return file;
}

/** Makes a database anew. */
export async function makeEmpty(database: string): Promise<void> {
  const url = new URL(database);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`drop database if exists ${name}`);
  await client.query(`create database ${name}`);
  await client.end();
}
