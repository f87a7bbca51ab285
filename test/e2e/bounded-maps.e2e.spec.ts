import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createReadStream, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3ObjectStore } from '#adapters/object-store/s3-object-store.js';
import { databaseConfig } from '#adapters/postgres/database.config.js';
import { openDatabase } from '#adapters/postgres/open-database.js';
import { coordinateTransform } from '#adapters/raster/coordinate-transform.js';
import { writeCog } from '#adapters/raster/cog-writer.js';
import { portOf } from '#domain/ports/opened-adapter.js';
import { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { startBackends, type Backends } from '#test/support/backends.js';
import { testBox, testProduct } from '#test/support/catalogue-products.js';
import { startServiceProcess, type ServiceProcess } from '#test/support/service-process.js';

const CLIENTS = 200;
const LAYER = 'sentinel-2-l1c';
const [SIDE, METRES, BANDS, SCENES] = [4096, 10, 3, 14];
const [X, Y] = [500_000, 5_600_000] as const;
/** Pixels of a map each way, and how many of them there are across a scene. */
const [MAP, ACROSS] = [512, 4];
/** A map's pixel is almost two of the scene, so that it is drawn from the full resolution: four samples to a pixel. */
const STRIDE = 1.9;

/** What the service is given, MB. */
const GIVEN = { RASTER_WORKERS: 2, RASTER_CACHE_MB: 32, RASTER_HEADER_CACHE_MB: 8, VIEW_TILE_CACHE_MB: 16 };
const MEGABYTE = 1 << 20;
/** Maps a worker has under way at once, and what it keeps for the next, MB. */
const [AT_ONCE, SCRATCH] = [4, 32];
/** The block of a COG, pixels each way. */
const BLOCK = 512;
/** Garbage V8 leaves in a thread before it collects it, MB: three semi-spaces of 16 MB, and as much of what these hold outside the heap. */
const GARBAGE = 96;

/** MB of one map being drawn: its picture, the window of the scene under it, and the blocks this is cut from. */
function drawing(): number {
  const window = MAP * STRIDE + 8;
  const blocks = (Math.ceil(window / BLOCK) + 1) ** 2;
  return (4 * MAP * MAP + BANDS * window * window + blocks * BANDS * BLOCK * BLOCK) / MEGABYTE;
}

/** MB the service may take on top of what it has when it has just begun, with `answer` MB waiting for every client. */
function room(answer: number): number {
  const { RASTER_WORKERS: workers, RASTER_CACHE_MB, RASTER_HEADER_CACHE_MB, VIEW_TILE_CACHE_MB } = GIVEN;
  const kept = RASTER_CACHE_MB + RASTER_HEADER_CACHE_MB + VIEW_TILE_CACHE_MB + workers * SCRATCH;
  return kept + workers * AT_ONCE * drawing() + CLIENTS * answer + (workers + 1) * GARBAGE;
}

/** The most memory a process has had so far, and what it has now, MB. */
function memoryOf(pid: number, which: 'VmHWM' | 'VmRSS'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${which}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
}

/** Squares of one colour each, so that writing and sending cost little. */
async function* strips(): AsyncGenerator<Uint8Array> {
  for (let top = 0; top < SIDE; top += BLOCK) {
    const strip = new Uint8Array(BLOCK * SIDE * BANDS);
    for (let i = 0; i < strip.length; i++) {
      const pixel = (i / BANDS) | 0;
      strip[i] = 1 + ((((top + pixel / SIDE) >> 4) * 31 + ((pixel % SIDE) >> 4) * 17 + i * 80) & 127);
    }
    yield strip;
  }
}

function productOf(index: number): Product {
  const { forward } = coordinateTransform('EPSG:32632', 'CRS:84');
  const [west, south] = forward(X, Y - SIDE * METRES)!;
  const [east, north] = forward(X + SIDE * METRES, Y)!;
  const acquired = new Date(Date.UTC(2024, 4, 1 + index, 10));
  const id = `SCENE_${index}`;
  const geometry = testBox(west, south, east, north);
  const browse = { location: { key: `${id}.tif` }, mediaType: 'image/tiff', roles: ['visual'] };
  return { ...testProduct(id, { collection: LAYER, geometry, acquiredFrom: acquired, acquiredTo: acquired }), assets: { browse } }; // prettier-ignore
}

/** Address of one of the maps a scene is cut into. */
function mapAt(scene: number, place: number): string {
  const span = MAP * STRIDE * METRES;
  const [left, top] = [X + (place % ACROSS) * span, Y - Math.floor(place / ACROSS) * span];
  const query = new URLSearchParams({
    SERVICE: 'WMS',
    VERSION: '1.3.0',
    REQUEST: 'GetMap',
    LAYERS: LAYER,
    STYLES: '',
    CRS: 'EPSG:32632',
    BBOX: [left, top - span, left + span, top].join(','),
    WIDTH: String(MAP),
    HEIGHT: String(MAP),
    FORMAT: 'image/png',
    TIME: `2024-05-${String(1 + scene).padStart(2, '0')}`,
  });
  return `/wms?${query.toString()}`;
}

const maps = Array.from({ length: ACROSS * ACROSS * SCENES }, (_, i) => mapAt(i % SCENES, Math.floor(i / SCENES)));

describe('the view service under 200 clients', () => {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  let backends: Backends;
  let view: ServiceProcess;

  beforeAll(async () => {
    backends = await startBackends();
    const folder = await mkdtemp(join(tmpdir(), 'bounded-'));
    const file = join(folder, 'scene.tif');
    const grid = { crs: 'EPSG:32632', origin: [X, Y], pixelSize: [METRES, METRES] } as const;
    await writeCog(file, { width: SIDE, height: SIDE, bands: BANDS, sampleType: 'uint8', ...grid }, strips());
    const store = new S3ObjectStore(backends.s3);
    await store.ensureBucket();
    const products = Array.from({ length: SCENES }, (_, index) => productOf(index));
    for (const { id } of products) await store.put(`${id}.tif`, createReadStream(file));
    await rm(folder, { recursive: true });
    const database = await openDatabase(databaseConfig.parse({ DATABASE_URL: backends.environment['DATABASE_URL'] }));
    await portOf(database, ProductStore).publish(products, { source: 'test' });
    await database.close();
    const given = Object.entries(GIVEN).map(([name, value]) => [name, String(value)]);
    const environment = { ...backends.environment, ...Object.fromEntries(given), VIEW_OVERVIEW_SECONDS: '0' };
    view = await startServiceProcess('view', environment);
  }, 300_000);

  afterAll(async () => {
    agent.destroy();
    await view?.stop();
    await backends?.stop();
  }, 60_000);

  /** Bytes of a map; throws where the answer is none. */
  const fetchMap = (path: string): Promise<number> =>
    new Promise((resolve, reject) => {
      get(`${view.url}${path}`, { agent }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const body = Buffer.concat(chunks);
          if (answer.headers['content-type'] === 'image/png') resolve(body.length);
          else reject(new Error(`${path}: ${answer.statusCode} ${body.toString().slice(0, 300)}`));
        });
      }).on('error', reject);
    });

  /** Every address once, by that many clients; the largest answer. */
  const fetchAll = async (addresses: readonly string[], clients: number): Promise<number> => {
    const waiting = [...addresses];
    let largest = 0;
    const client = async (): Promise<void> => {
      for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
        largest = Math.max(largest, await fetchMap(path));
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    return largest;
  };

  it('takes no more memory than its configuration and the answers under way', async () => {
    // The threads are there, what they run is compiled, and their caches hold a scene at most.
    await fetchAll(maps.slice(0, 16), 2);
    const begun = memoryOf(view.pid, 'VmRSS');
    const largest = await fetchAll([...maps, ...maps, ...maps], CLIENTS);
    const allowed = room(largest / MEGABYTE);
    // Else nothing would show if all blocks were kept.
    const decoded = (SCENES * SIDE * SIDE * BANDS) / MEGABYTE;
    const taken = memoryOf(view.pid, 'VmHWM') - begun;
    process.stdout.write(`${maps.length * 3} maps for ${CLIENTS} clients: ${begun.toFixed(0)} MB, then ${taken.toFixed(0)} of ${allowed.toFixed(0)} MB more\n`); // prettier-ignore
    expect(decoded).toBeGreaterThan(allowed);
    expect(taken).toBeLessThan(allowed);
  }, 600_000);
});
