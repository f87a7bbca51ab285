/**
 * Our view service beside MapServer 8 (FastCGI, two processes) and, where TITILER_HOME names a Python environment with titiler.application and uvicorn,
 * titiler, on the same COG in one run: 256 px pictures at random places, native zoom and three lower ones, PNG and JPEG, 8 clients; a walk over
 * neighbouring tiles; a mosaic of 12 scenes beside one scene; memory under 200 clients.
 * node dist/test/bench/view-bench.js [pictures per row, 240] [tiles|walk|mosaic|memory ... [alone: without peers]]
 */
import { Agent, get } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coordinateTransform } from '#adapters/raster/coordinate-transform.js';
import { seededRandom } from './seeded-random.js';
import { benchRaster } from './view-peer/bench-rasters.js';
import type { MapServer, MapView } from './view-peer/map-view.js';
import { startMapServer } from './view-peer/mapserver.js';
import { startOurView, type BenchScene } from './view-peer/our-view.js';
import { cpuSeconds, residentMegabytes } from './view-peer/process-cpu.js';
import { startTitiler } from './view-peer/titiler.js';

const WORLD = 2 * Math.PI * 6_378_137;
const NATIVE = 13;
const CLIENTS = 8;
const ROUNDS = 3;
const SIDE = 8192;
const [, , count = '240', ...asked] = process.argv;
const wants = (what: string): boolean => asked.length === 0 || asked.includes(what);
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

interface Figures {
  seconds: number;
  cpu: number;
  bytes: number;
  readonly times: number[];
}

function fetchPicture(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(address, { agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const body = Buffer.concat(chunks);
        if (answer.headers['content-type']?.startsWith('image/') === true) resolve(body.length);
        else reject(new Error(`${address}: ${answer.statusCode} ${body.toString().slice(0, 300)}`));
      });
    }).on('error', reject);
  });
}

async function measure(
  server: MapServer,
  addresses: readonly string[],
  figures: Figures,
  clients = CLIENTS,
): Promise<void> {
  const waiting = [...addresses];
  const [cpu, start] = [cpuSeconds(server.pids()), performance.now()];
  const client = async (): Promise<void> => {
    for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
      const began = performance.now();
      const bytes = await fetchPicture(address);
      figures.bytes += bytes;
      figures.times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  figures.seconds += (performance.now() - start) / 1000;
  figures.cpu += cpuSeconds(server.pids()) - cpu;
}

const none = (): Figures => ({ seconds: 0, cpu: 0, bytes: 0, times: [] });
const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * q)] ?? 0;
const perTile = ({ cpu, times }: Figures): number => (cpu * 1000) / times.length;
const rate = ({ seconds, times }: Figures): number => times.length / seconds;

/** Boxes of `size` pixels somewhere within a scene, of the resolution of a zoom level but on no grid, so that no two are the same. */
function views(
  scene: BenchScene,
  zoom: number,
  many: number,
  format: MapView['format'],
  size = 256,
): readonly MapView[] {
  const random = seededRandom(zoom + size);
  const [minX, minY, maxX, maxY] = mercator(scene.bbox);
  const span = (WORLD / 256 / 2 ** zoom) * size;
  return Array.from({ length: many }, () => {
    const x = minX + random() * Math.max(0, maxX - minX - span);
    const y = minY + random() * Math.max(0, maxY - minY - span);
    return { bbox: [x, y, x + span, y + span], width: size, height: size, format };
  });
}

/** Tiles as a map client asks for them that is moved along: screens of 4 x 3 tiles, one column further each time. */
function walk(scene: BenchScene, format: MapView['format'], screens: number): readonly MapView[] {
  const [minX, , , maxY] = mercator(scene.bbox);
  const span = WORLD / 2 ** NATIVE;
  const [firstX, firstY] = [Math.ceil(minX / span) + 1, Math.floor(maxY / span) - 3];
  const tiles = new Map<string, MapView>();
  for (let screen = 0; screen < screens; screen++) {
    const [lane, step] = [Math.floor(screen / 16), screen % 16];
    for (let i = 0; i < 12; i++) {
      const [x, y] = [firstX + step + (i % 4), firstY - lane * 3 - Math.floor(i / 4)];
      tiles.set(`${x} ${y}`, {
        bbox: [x * span, y * span, (x + 1) * span, (y + 1) * span],
        width: 256,
        height: 256,
        format,
      });
    }
  }
  return [...tiles.values()];
}

function mercator([minX, minY, maxX, maxY]: BenchScene['bbox']): BenchScene['bbox'] {
  const { forward } = coordinateTransform('EPSG:32632', 'EPSG:3857');
  const [upperLeft, lowerRight, lowerLeft, upperRight] = [
    forward(minX, maxY)!,
    forward(maxX, minY)!,
    forward(minX, minY)!,
    forward(maxX, maxY)!,
  ];
  return [
    Math.max(upperLeft[0], lowerLeft[0]), Math.max(lowerLeft[1], lowerRight[1]),
    Math.min(upperRight[0], lowerRight[0]), Math.min(upperLeft[1], upperRight[1]),
  ]; // prettier-ignore
}

/** The same pictures of every server in turns, so that what else the machine does meets all. */
async function compare(servers: readonly MapServer[], list: readonly MapView[]): Promise<readonly Figures[]> {
  const figures = servers.map(none);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, server] of servers.entries()) {
      const part = list
        .filter((_, i) => i % ROUNDS === round)
        .filter((_, i) => server.name !== 'titiler' || i % 4 === 0);
      await measure(server, part.map(server.address), figures[index]!);
    }
  }
  return figures;
}

function row(what: string, servers: readonly MapServer[], figures: readonly Figures[]): string {
  const cells = servers.flatMap((_, index) => {
    const one = figures[index]!;
    const kilobytes = one.bytes / one.times.length / 1024;
    return [perTile(one).toFixed(1), rate(one).toFixed(0), quantile(one.times, 0.5).toFixed(0), quantile(one.times, 0.95).toFixed(0), kilobytes.toFixed(0)];
  }); // prettier-ignore
  const ratios = servers.slice(1).map((_, index) => {
    const [ours, peer] = [figures[0]!, figures[index + 1]!];
    return `${(perTile(peer) / perTile(ours)).toFixed(2)} / ${(rate(ours) / rate(peer)).toFixed(2)}`;
  });
  return `| ${[what, ...cells, ...ratios].join(' | ')} |\n`;
}

function head(servers: readonly MapServer[]): string {
  const columns = servers.flatMap(({ name }) => [`${name} CPU ms`, 'per s', 'p50 ms', 'p95 ms', 'kB']);
  const ratios = servers.slice(1).map(({ name }) => `per CPU-s / per s against ${name}`);
  const all = ['pictures', ...columns, ...ratios];
  return `| ${all.join(' | ')} |\n|${all.map(() => '---|').join('')}\n`;
}

async function mosaics(one: MapServer['address'], twelve: MapServer['address'], scene: BenchScene): Promise<void> {
  const list = views(scene, 10.7, 60, 'image/jpeg', 1024);
  for (const [name, address] of [['one scene', one], ['12 scenes', twelve], ['one scene', one], ['12 scenes', twelve]] as const) {
    const times: number[] = [];
    for (const view of list) {
      const began = performance.now();
      await fetchPicture(address(view));
      times.push(performance.now() - began);
    }
    process.stdout.write(`| ${name} | ${quantile(times, 0.5).toFixed(0)} | ${quantile(times, 0.95).toFixed(0)} |\n`);
  } // prettier-ignore
}

/** Before anything counts: processes that have just started compile, open and connect. */
async function warmUp(servers: readonly MapServer[], scene: BenchScene): Promise<void> {
  for (const server of servers) {
    const many = server.name === 'titiler' ? 40 : 300;
    const list = (['image/png', 'image/jpeg'] as const).flatMap((format) => views(scene, NATIVE - 0.5, many, format));
    await measure(server, list.map(server.address), none());
  }
}

const folder = await mkdtemp(join(tmpdir(), 'frombork-view-bench-'));
const [X, Y] = [500_000, 5_700_000];
const scene = await benchRaster(folder, { name: 'bench', layer: 'sentinel-2-l1c', side: SIDE, origin: [X, Y] });
const twelve: BenchScene[] = [];
for (let i = 0; wants('mosaic') && i < 12; i++) {
  const origin = [X + (i % 4) * 20_480, Y - Math.floor(i / 4) * 27_300] as const;
  twelve.push(await benchRaster(folder, { name: `part-${i}`, layer: 'sentinel-2-l2a', side: 2800, origin }));
}
const ours = await startOurView(folder, [scene, ...twelve]);
const isCompared = (wants('tiles') || wants('walk')) && !asked.includes('alone');
const peers = isCompared ? [await startMapServer([scene.file]), await startTitiler(scene.file)] : [];
const servers: readonly MapServer[] = [ours, ...peers.filter((peer) => peer !== undefined)];
try {
  await warmUp(servers, scene);
  if (wants('tiles')) {
    process.stdout.write(head(servers));
    const zooms = [NATIVE, NATIVE - 1, NATIVE - 2, NATIVE - 3];
    const rows = (['image/png', 'image/jpeg'] as const).flatMap((format) => zooms.map((zoom) => ({ format, zoom })));
    for (const { format, zoom } of rows) {
      const figures = await compare(servers, views(scene, zoom, Number(count), format));
      process.stdout.write(row(`${format.slice(6)} ${zoom}${zoom === NATIVE ? ' (native)' : ''}`, servers, figures));
    }
  }
  if (wants('walk')) {
    for (const format of ['image/png', 'image/jpeg'] as const) {
      const figures = await compare(servers, walk(scene, format, 48));
      process.stdout.write(row(`walk, ${format.slice(6)}`, servers, figures));
    }
  }
  if (wants('mosaic')) {
    process.stdout.write('\n| 1024 px, JPEG | p50 ms | p95 ms |\n|---|---|---|\n');
    await mosaics(ours.address, ours.layerAddress('sentinel-2-l2a'), scene);
  }
  if (wants('memory')) {
    const before = residentMegabytes(ours.pid);
    let peak = before;
    const timer = setInterval(() => (peak = Math.max(peak, residentMegabytes(ours.pid))), 50);
    const figures = none();
    const list = [
      ...views(scene, NATIVE - 1, 1000, 'image/png', 512),
      ...views(scene, NATIVE - 3, 1000, 'image/png', 512),
    ];
    await measure(ours, list.map(ours.address), figures, 200);
    clearInterval(timer);
    process.stdout.write(
      `\n200 clients, 2 000 maps of 512 px: ${rate(figures).toFixed(0)}/s, p95 ${quantile(figures.times, 0.95).toFixed(0)} ms, RSS ${before.toFixed(0)} MB before, ${peak.toFixed(0)} MB at most\n`,
    );
  }
} finally {
  agent.destroy();
  for (const server of servers.toReversed()) await server.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
