import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { writeItem } from '#protocols/stac/item.js';
import { startBackends } from '#test/support/backends.js';
import { startServiceProcess, type ServiceProcess } from '#test/support/service-process.js';
import { generateItems } from './generate-items.js';

/**
 * `node dist/test/bench/ingest-bench.js [items]`: metadata-only STAC Items through the public bulk path (`POST /ingest/items`) on
 * PostgreSQL, NATS and S3, while searches run against the STAC service. Prints items/s, search latencies and the memory of the ingesting process.
 */
const COUNT = Number(process.argv[2] ?? 10_000);
const SEARCHERS = 2;
const WARM_UP = 500;

function* lines(count: number, seed: number): Generator<Buffer> {
  for (const product of generateItems(count, seed)) {
    const item = { ...writeItem({ ...product, assets: {} }, 'https://example.org'), links: [] };
    yield Buffer.from(`${JSON.stringify(item)}\n`);
  }
}

async function bulk(
  service: ServiceProcess,
  count: number,
  seed: number,
): Promise<{ created: number; seconds: number }> {
  const body = Buffer.concat([...lines(count, seed)]);
  const begin = performance.now();
  const answer = await fetch(`${service.url}/ingest/items`, {
    method: 'POST',
    headers: { authorization: `Bearer ${backends.token}`, 'content-type': 'application/x-ndjson' },
    body: Readable.from(slices(body)) as unknown as ReadableStream,
    duplex: 'half',
  } as RequestInit);
  const report = (await answer.json()) as { created: number; failed: number; failures: unknown[] };
  if (!answer.ok || report.failed > 0) throw new Error(`bulk ingest failed: ${JSON.stringify(report).slice(0, 500)}`);
  return { created: report.created, seconds: (performance.now() - begin) / 1000 };
}

function* slices(body: Buffer): Generator<Buffer> {
  for (let offset = 0; offset < body.length; offset += 65_536) yield body.subarray(offset, offset + 65_536);
}

async function search(stac: ServiceProcess, running: { is: boolean }): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; running.is; round++) {
    const west = 5 + (round % 9);
    const begin = performance.now();
    const answer = await fetch(`${stac.url}/stac/search?bbox=${west},47,${west + 1},48&limit=20`);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`search answered ${answer.status}`);
    times.push(performance.now() - begin);
    await wait(20);
  }
  return times;
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

async function peakMemory(pid: number, running: { is: boolean }): Promise<number> {
  let peak = 0;
  for (; running.is; await wait(100)) peak = Math.max(peak, await residentMegabytes(pid));
  return peak;
}

const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * q)] ?? 0;

const backends = await startBackends();
const acquisition = await startServiceProcess('acquisition', backends.environment);
const stac = await startServiceProcess('stac', backends.environment);
try {
  await bulk(acquisition, WARM_UP, 99);
  const before = await residentMegabytes(acquisition.pid);
  const running = { is: true };
  const searches = Promise.all(Array.from({ length: SEARCHERS }, () => search(stac, running)));
  const memory = peakMemory(acquisition.pid, running);
  const result = await bulk(acquisition, COUNT, 1).finally(() => (running.is = false));
  const times = (await searches).flat();
  console.log('| items | seconds | items/s | searches meanwhile | p50 ms | p95 ms | RSS before MB | RSS peak MB |');
  console.log('|---|---|---|---|---|---|---|---|');
  const row = [result.created, result.seconds.toFixed(1), (result.created / result.seconds).toFixed(0), times.length];
  const figures = [quantile(times, 0.5), quantile(times, 0.95), before, await memory].map((value) => value.toFixed(0));
  console.log(`| ${[...row, ...figures].join(' | ')} |`);
} finally {
  await Promise.allSettled([acquisition.stop(), stac.stop()]);
  await backends.stop();
}
process.exit(0);
