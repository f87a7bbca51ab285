import { setTimeout as sleep } from 'node:timers/promises';

/**
 * `node dist/test/bench/fairness-bench.js <url> [seconds] [heavy requests at once]`: p50 and p95 of a light client's searches alone and beside a heavy
 * client. The service must run with TRUSTED_PROXIES=1, so that the two are told apart by X-Forwarded-For.
 */
const [url = 'http://127.0.0.1:8080', seconds = '20', heavyAtOnce = '100'] = process.argv.slice(2);
const LIGHT = '/opensearch/request?maximumRecords=20&bbox=10,47,12,49&cloudCover=[0,20]';
const HEAVY = '/opensearch/request?maximumRecords=500&sortBy=cloudCover&title=S2*&bbox=-180,-90,180,90';
const PAUSE_MS = 50;

const statuses = new Map<number, number>();

async function ask(path: string, client: string): Promise<{ readonly ms: number; readonly status: number }> {
  const begun = performance.now();
  const answer = await fetch(`${url}${path}`, { headers: { 'X-Forwarded-For': client } });
  await answer.arrayBuffer();
  return { ms: performance.now() - begun, status: answer.status };
}

async function light(): Promise<readonly number[]> {
  const times: number[] = [];
  for (const end = performance.now() + Number(seconds) * 1_000; performance.now() < end;) {
    const { ms, status } = await ask(LIGHT, '198.51.100.1');
    if (status !== 200) throw new Error(`the light client was answered ${status}`);
    times.push(ms);
    await sleep(PAUSE_MS);
  }
  return times.toSorted((a, b) => a - b);
}

let isOver = false;
async function heavy(): Promise<void> {
  while (!isOver) {
    const { status } = await ask(HEAVY, '198.51.100.2');
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status === 429) await sleep(200);
  }
}

const at = (times: readonly number[], share: number) => times[Math.floor(times.length * share)]?.toFixed(1) ?? '-';
const row = (name: string, times: readonly number[]) =>
  console.log(`| ${name} | ${times.length} | ${at(times, 0.5)} | ${at(times, 0.95)} |`);

console.log('| light client | searches | p50 ms | p95 ms |\n|---|---|---|---|');
row('alone', await light());
const crowd = Array.from({ length: Number(heavyAtOnce) }, () => heavy());
row(`beside ${heavyAtOnce} at once of another`, await light());
isOver = true;
await Promise.all(crowd);
console.log(`\nthe other was answered ${JSON.stringify(Object.fromEntries(statuses))}`);
