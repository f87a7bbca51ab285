import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCog } from '#adapters/raster/cog-writer.js';
import { UnavailableError } from '#domain/errors.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import type { Product } from '#domain/product/product.js';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { testBox, testProduct } from '#test/support/catalogue-products.js';
import { readImage, type ReadImage } from '#test/support/read-image.js';
import { MAP_CONFIG, mapConfig } from './view.config.js';
import { ViewModule } from './view.module.js';

const RED = [200, 10, 10, 255];
const GREEN = [10, 200, 10, 255];
const CLEAR = [0, 0, 0, 0];
const LAYER = 'sentinel-2-l1c';
type Box = readonly [west: number, south: number, east: number, north: number];
/** Two scenes, one over the other; beside them two of which the newer one is damaged. */
const WHOLE: Box = [10, 47, 12, 49];
const DAMAGED: Box = [20, 47, 22, 49];

describe('scenes that cannot be read', () => {
  let service: ArchiveService;
  let store: ObjectStore;

  beforeAll(async () => {
    service = await startArchiveService({
      modules: [ViewModule],
      config: mapConfig,
      configTokens: [MAP_CONFIG],
      environment: { VIEW_TILE_STORE_MB: '10' },
    });
    store = service.app.get(ObjectStore);
    await service.publish([
      await productOf(service, { id: 'OLD', day: '2024-05-01', box: WHOLE, colour: RED }),
      await productOf(service, { id: 'NEW', day: '2024-05-20', box: WHOLE, colour: GREEN }),
      await productOf(service, { id: 'OLD-EAST', day: '2024-05-02', box: DAMAGED, colour: RED }),
      await productOf(service, { id: 'NEW-EAST', day: '2024-05-21', box: DAMAGED, colour: GREEN, damage: spoilBlocks }),
    ]);
  }, 120_000);
  afterAll(() => service.stop(), 30_000);

  const get = async (path: string): Promise<ReadImage & { readonly headers: Headers }> => {
    const answer = await fetch(`${service.url}${path}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (answer.status !== 200) throw new Error(`${answer.status}: ${Buffer.from(bytes).toString()}`);
    return { ...(await readImage(bytes)), headers: answer.headers };
  };
  const told = ({ headers }: { readonly headers: Headers }): readonly (string | null)[] =>
    ['cache-control', 'etag', 'x-frombork-sources', 'x-frombork-dates'].map((name) => headers.get(name));
  const map = (box: Box, width = '64'): string =>
    `/wms?${new URLSearchParams({
      SERVICE: 'WMS', REQUEST: 'GetMap', VERSION: '1.3.0', LAYERS: LAYER, STYLES: '', FORMAT: 'image/png', CRS: 'CRS:84',
      BBOX: box.join(','), WIDTH: width, HEIGHT: '64', TRANSPARENT: 'TRUE',
    }).toString()}`; // prettier-ignore

  it('leaves a damaged scene out and draws what lies below it', async () => {
    const drawn = await get(map(DAMAGED));
    expect(drawn.pixel(30, 30)).toEqual(RED);
    expect(told(drawn)).toEqual(['public, max-age=60', expect.any(String), '1/2', '2024-05-02']);
    // 21 E, 48 N.
    const tile = await get(`/tiles/${LAYER}/default/9/285/177.png`);
    expect([tile.pixel(128, 128), tile.headers.get('x-frombork-dates')]).toEqual([RED, '2024-05-02']);
  });

  // A size and a place of its own for each, so that no picture of another is kept.
  const failing: readonly [string, (store: ObjectStore) => () => void, string, string][] = [
    ['tells of no object', headFails, map(WHOLE, '65'), `/tiles/${LAYER}/default/9/271/177.png`],
    ['gives no bytes', (all) => getFails(all, 0), map(WHOLE, '66'), `/tiles/${LAYER}/default/9/272/177.png`],
    ['gives headers only', (all) => getFails(all, 1), map(WHOLE, '67'), `/tiles/${LAYER}/default/9/272/178.png`],
  ];
  describe.each(failing)('while the object store %s', (_title, fail, mapPath, tilePath) => {
    beforeEach(() => {
      for (const id of ['OLD', 'NEW']) service.app.get(RasterEngine).forget(keyOf(id));
    });

    it.each([
      ['a map', mapPath],
      ['a tile', tilePath],
    ])('%s says what it lacks and is kept by nobody; afterwards the whole picture comes', async (_what, path) => {
      const restore = fail(store);
      const lacking = await get(path).finally(restore);
      expect(lacking.pixel(30, 30)).toEqual(CLEAR);
      expect(told(lacking)).toEqual(['no-store', null, '0/2', null]);
      const whole = await get(path);
      expect(whole.pixel(30, 30)).toEqual(GREEN);
      expect(told(whole)).toEqual([expect.stringContaining('public'), expect.any(String), '1/2', '2024-05-20']);
    });
  });

  it.each([
    ['a map', map(WHOLE, '70'), map(WHOLE, '71')],
    ['a tile', `/tiles/${LAYER}/default/10/542/355.png`, `/tiles/${LAYER}/default/10/543/355.png`],
  ])('reads nothing more of %s whose client has left', async (_what, left, stayed) => {
    const reads = async (path: string, leaves: boolean): Promise<number> => {
      for (const id of ['OLD', 'NEW']) service.app.get(RasterEngine).forget(keyOf(id));
      const held = holdReads(store);
      const client = new AbortController();
      const answer = fetch(`${service.url}${path}`, { signal: client.signal }).catch(() => undefined);
      await held.begun;
      if (leaves) {
        client.abort();
        await held.aborted;
      }
      const begun = held.count();
      held.release();
      await answer.then((one) => one?.arrayBuffer());
      // Whatever the work of who has left would still read, it reads before a picture asked for later is there.
      await get(map(DAMAGED, leaves ? '72' : '73'));
      held.restore();
      return held.count() - begun;
    };
    expect(await reads(left, true)).toBe(0);
    expect(await reads(stayed, false)).toBeGreaterThan(0);
  });
});

/** Holds the reads of the whole scenes back until they are released, counts them, and tells when the first has begun and when it is given up. */
function holdReads(store: ObjectStore) {
  const [begun, aborted, released] = [1, 2, 3].map(() => Promise.withResolvers<void>()) as [Gate, Gate, Gate];
  let count = 0;
  const get = store.get.bind(store);
  store.get = async (key, range, signal) => {
    if (![keyOf('OLD'), keyOf('NEW')].includes(key)) return get(key, range, signal);
    count++;
    signal?.addEventListener('abort', () => aborted.resolve(), { once: true });
    begun.resolve();
    await released.promise;
    return get(key, range, signal);
  };
  const restore = (): void => {
    store.get = get;
  };
  return { begun: begun.promise, aborted: aborted.promise, release: released.resolve, count: () => count, restore };
}

type Gate = PromiseWithResolvers<void>;

const GONE = new UnavailableError('The object store does not answer');

function headFails(store: ObjectStore): () => void {
  const head = store.head.bind(store);
  store.head = () => Promise.reject(GONE);
  return () => (store.head = head);
}

/** Fails reads that begin at an offset or later. */
function getFails(store: ObjectStore, from: number): () => void {
  const get = store.get.bind(store);
  store.get = (key, range, signal) => ((range?.offset ?? 0) >= from ? Promise.reject(GONE) : get(key, range, signal));
  return () => (store.get = get);
}

const keyOf = (id: string): string => `browse/${id}.tif`;

interface SceneParts {
  readonly id: string;
  readonly day: string;
  readonly box: Box;
  readonly colour: readonly number[];
  readonly damage?: (bytes: Buffer) => void;
}

/** Overwrites what follows the header, which for so small a raster ends before 2 kB. */
function spoilBlocks(bytes: Buffer): void {
  bytes.fill(0xff, 2048);
}

async function productOf(service: ArchiveService, { id, day, box, colour, damage }: SceneParts): Promise<Product> {
  const file = join(service.folder, `${id}.tif`);
  const [west, south, east, north] = box;
  const size = 1200;
  const pixelSize = [(east - west) / size, (north - south) / size] as const;
  const strip = new Uint8Array(size * size * 3).map((_, i) => colour[i % 3]!);
  const place = { crs: 'EPSG:4326', origin: [west, north] as const, pixelSize };
  await writeCog(file, { width: size, height: size, bands: 3, sampleType: 'uint8', ...place }, once(strip));
  const bytes = await readFile(file);
  damage?.(bytes);
  await service.put(keyOf(id), bytes);
  const acquired = new Date(`${day}T10:00:00Z`);
  return {
    ...testProduct(id, { collection: LAYER, geometry: testBox(...box), acquiredFrom: acquired, acquiredTo: acquired }),
    assets: { browse: { location: { key: keyOf(id) }, mediaType: 'image/tiff', roles: ['visual'] } },
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
