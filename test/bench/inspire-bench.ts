import { setTimeout as sleep } from 'node:timers/promises';

/**
 * `node dist/test/bench/inspire-bench.js <address of /csw> [seconds] [requests per second]`: the quality of service INSPIRE asks of a discovery service
 * (Regulation (EC) No 976/2009, annex I part A): 30 requests per second, each with its first byte within 3 s, whether or not the ones before have ended.
 */
const ADDRESS = process.argv[2] ?? 'http://127.0.0.1:8080/csw';
const SECONDS = Number(process.argv[3] ?? 300);
const RATE = Number(process.argv[4] ?? 30);

const GMD = 'http://www.isotc211.org/2005/gmd';
const PLACES = ['BBOX(ows:BoundingBox, 47, 5, 55, 15)', 'BBOX(ows:BoundingBox, 50, 8, 52, 10)'];

type Parameters = Readonly<Record<string, string>>;
const records = (parameters: Parameters): Parameters => ({
  request: 'GetRecords',
  typeNames: 'gmd:MD_Metadata',
  resultType: 'results',
  outputSchema: GMD,
  elementSetName: 'summary',
  maxRecords: '10',
  ...parameters,
});
const where = (constraint: string): Parameters => ({ constraintLanguage: 'CQL_TEXT', constraint });

/** What portals ask: by place, time, words and page, one record, the capabilities. */
const MIX: readonly ((turn: number) => Parameters)[] = [
  (turn) => records({ startPosition: String(1 + (turn % 100) * 10) }),
  (turn) => records(where(PLACES[turn % PLACES.length]!)),
  (turn) => records(where(`apiso:TempExtent_begin >= '20${16 + (turn % 10)}-06-01T00:00:00Z' AND apiso:TempExtent_begin <= '20${16 + (turn % 10)}-06-30T00:00:00Z'`)), // prettier-ignore
  (turn) => records(where(`AnyText LIKE '%MSIL1C%' AND apiso:TempExtent_begin >= '20${16 + (turn % 10)}-01-01T00:00:00Z'`)), // prettier-ignore
  (turn) => records({ elementSetName: 'full', startPosition: String(1 + (turn % 50) * 7) }),
  () => records(where("apiso:Type = 'series'")),
  () => ({ request: 'GetRecordById', id: 'sentinel-2-l1c', outputSchema: GMD, elementSetName: 'full' }),
  () => ({ request: 'GetCapabilities' }),
];

const times: number[] = [];
const refused = new Map<string, number>();
let pending = 0;
let most = 0;

async function ask(turn: number): Promise<void> {
  const parameters = { service: 'CSW', version: '2.0.2', ...MIX[turn % MIX.length]!(turn) };
  const started = performance.now();
  most = Math.max(most, ++pending);
  try {
    const answer = await fetch(`${ADDRESS}?${new URLSearchParams(parameters).toString()}`);
    const reader = answer.body!.getReader();
    const first = await reader.read();
    times.push(performance.now() - started);
    let text = Buffer.from(first.value ?? new Uint8Array()).toString();
    for (let part = await reader.read(); !part.done; part = await reader.read())
      text += Buffer.from(part.value).toString();
    if (!answer.ok || text.includes('ExceptionReport')) refuse(`${answer.status} ${text.slice(-300)}`);
  } catch (error) {
    refuse(String(error));
  } finally {
    pending--;
  }
}

function refuse(why: string): void {
  refused.set(why, (refused.get(why) ?? 0) + 1);
}

const begin = performance.now();
const running: Promise<void>[] = [];
for (let turn = 0; turn < SECONDS * RATE; turn++) {
  const due = begin + (turn * 1000) / RATE;
  await sleep(Math.max(0, due - performance.now()));
  running.push(ask(turn));
}
await Promise.all(running);

const sorted = times.toSorted((a, b) => a - b);
const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0);
const failures = [...refused.values()].reduce((sum, n) => sum + n, 0);
console.log('| requests | per s | failures | first byte p50 ms | p95 | p99 | longest | most at once |');
console.log('|---:|---:|---:|---:|---:|---:|---:|---:|');
console.log(
  `| ${SECONDS * RATE} | ${RATE} | ${failures} | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} | ${at(1)} | ${most} |`,
);
for (const [why, n] of [...refused].slice(0, 5)) console.log(`\n${n} times: ${why}`);
