/**
 * Asks a running mirror for the same tiles again and again and prints how many it answers in a second.
 * node dist/test/bench/tile-bench.js <address of tiles with {z}/{x}/{y}> <z/x/y,...> [seconds, 10] [connections, 32]
 */
import { Agent, get } from 'node:http';

const [, , template = '', list = '0/0/0', seconds = '10', connections = '32'] = process.argv;
const places = list.split(',');
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });

function ask(place: string): Promise<number> {
  const [z = '', x = '', y = ''] = place.split('/');
  const address = template.replace('{z}', z).replace('{x}', x).replace('{y}', y);
  return new Promise((resolve, reject) => {
    get(address, { agent }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${address}: status ${answer.statusCode}`)),
      );
    }).on('error', reject);
  });
}

const sizes = await Promise.all(places.map(ask));
const end = performance.now() + Number(seconds) * 1000;
const times: number[] = [];
async function client(first: number): Promise<void> {
  for (let at = first; performance.now() < end; at++) {
    const began = performance.now();
    await ask(places[at % places.length]!);
    times.push(performance.now() - began);
  }
}
await Promise.all(Array.from({ length: Number(connections) }, (_, first) => client(first)));
times.sort((one, other) => one - other);
const at = (part: number): string => times[Math.floor(times.length * part)]!.toFixed(1);
console.log(
  `${places.length} tiles of ${Math.round(sizes.reduce((a, b) => a + b, 0) / sizes.length)} bytes on average`,
);
console.log(`${Math.round(times.length / Number(seconds))} tiles/s, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`);
agent.destroy();
