import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCog } from '#adapters/raster/cog-writer.js';
import { EventBus } from '#domain/ports/event-bus.js';
import { Outbox } from '#domain/ports/outbox.js';
import { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { ServiceLog } from '#platform/log.js';
import { OutboxPublisher } from '#platform/outbox-publisher.js';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { testBox, testProduct } from '#test/support/catalogue-products.js';
import { readImage, type ReadImage } from '#test/support/read-image.js';
import { MAP_CONFIG, mapConfig } from '../view.config.js';
import { ViewModule } from '../view.module.js';

const RED = [200, 10, 10];
const GREEN = [10, 200, 10];
const BLUE = [10, 10, 200];
const LAYER = 'sentinel-2-l1c';
type Box = readonly [west: number, south: number, east: number, north: number];
const WORLD: Box = [-180, -90, 180, 90];
const PATIENCE = 240_000;

describe('maps of more scenes than their budget', () => {
  let service: ArchiveService;
  let publisher: OutboxPublisher;

  beforeAll(async () => {
    service = await startArchiveService({
      modules: [ViewModule],
      config: mapConfig,
      configTokens: [MAP_CONFIG],
      environment: { VIEW_MAX_SOURCES: '2', VIEW_OVERVIEW_SECONDS: '1' },
    });
    const { app } = service;
    publisher = new OutboxPublisher(app.get(Outbox), app.get(EventBus), app.get(ServiceLog));
    await publisher.start();
    await service.publish([
      await productOf(service, { id: 'WEST', day: '2024-05-01', box: [-100, 30, -90, 40], colour: RED }),
      await productOf(service, { id: 'MIDDLE', day: '2024-05-02', box: [0, 30, 10, 40], colour: RED }),
      await productOf(service, { id: 'EAST', day: '2024-05-03', box: [90, 30, 100, 40], colour: RED }),
      await productOf(service, { id: 'PACIFIC', day: '2024-05-04', box: [-178, 30, -168, 40], colour: BLUE }),
      await productOf(service, { id: 'NEWER', day: '2024-05-20', box: [90, 35, 100, 40], colour: GREEN }),
    ]);
  }, 120_000);
  afterAll(async () => {
    await publisher.stop();
    await service.stop();
  }, 30_000);

  type Map = ReadImage & { readonly headers: Headers };
  const draw = async (box: Box, changes: Record<string, string> = {}): Promise<Map> => {
    const query = new URLSearchParams({
      SERVICE: 'WMS', REQUEST: 'GetMap', VERSION: '1.3.0', LAYERS: LAYER, STYLES: '', FORMAT: 'image/png', CRS: 'CRS:84',
      BBOX: box.join(','), WIDTH: '720', HEIGHT: '360', TRANSPARENT: 'TRUE', ...changes,
    }); // prettier-ignore
    const answer = await fetch(`${service.url}/wms?${query.toString()}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (answer.headers.get('content-type') !== 'image/png')
      throw new Error(`${answer.status}: ${Buffer.from(bytes).toString()}`);
    return { ...(await readImage(bytes)), headers: answer.headers };
  };
  /** The colour of the world map at a longitude and latitude. */
  const at = (map: Map, lon: number, lat: number): readonly number[] => map.pixel((lon + 180) * 2, (90 - lat) * 2);
  const worldWhere = async (holds: (map: Map) => boolean): Promise<Map> => {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const map = await draw(WORLD);
      if (holds(map) || Date.now() > end) return map;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };
  const isNear = (colour: readonly number[], wanted: readonly number[]): boolean =>
    wanted.every((value, band) => Math.abs(value - colour[band]!) < 12) && colour[3] === 255;

  it('of everything are drawn from the overview, newest scene on top', async () => {
    const map = await worldWhere((one) => [-95, 5, 95].every((lon) => at(one, lon, 33)[3] === 255));
    expect(map.headers.get('x-frombork-fallback')).toBe('overview');
    expect(map.headers.get('x-frombork-sources')).toMatch(/^[1-8]\/[1-8]\+$/);
    for (const [lon, lat, colour] of [[-95, 33, RED], [5, 33, RED], [95, 33, RED], [95, 38, GREEN]] as const) {
      expect([lon, lat, isNear(at(map, lon, lat), colour)]).toEqual([lon, lat, true]);
    } // prettier-ignore
    expect(at(map, 50, 33)[3]).toBe(0);
  }, 300_000);

  it('are drawn past the antimeridian, from the overview as from scenes', async () => {
    await worldWhere((one) => at(one, -173, 33)[3] === 255);
    for (const [west, fallback] of [[80, 'overview'], [160, null], [-200, null], [-280, 'overview']] as const) {
      const map = await draw([west, 10, west + 120, 70]);
      const x = ((187 - west) % 360) * 6;
      expect([west, map.headers.get('x-frombork-fallback')]).toEqual([west, fallback]);
      expect([west, isNear(map.pixel(x, 35 * 6), BLUE), map.pixel(x, 25 * 6)[3]]).toEqual([west, true, 0]);
    } // prettier-ignore
  }, 300_000);

  it('are drawn so by tiles too', async () => {
    const answer = await fetch(`${service.url}/tiles/${LAYER}/default/0/0/0.png`);
    expect(answer.headers.get('x-frombork-fallback')).toBe('overview');
  }, 60_000);

  it('that a product changes show it after a while, and one that is gone no more', async () => {
    const before = (await draw(WORLD)).headers.get('etag');
    await service.publish([
      await productOf(service, { id: 'NEWEST', day: '2024-06-01', box: [0, 30, 10, 40], colour: BLUE }),
    ]);
    const changed = await worldWhere((one) => isNear(at(one, 5, 33), BLUE));
    expect(isNear(at(changed, 5, 33), BLUE)).toBe(true);
    expect(changed.headers.get('etag')).not.toBe(before);
    await service.app
      .get(ProductStore)
      .remove({ collection: LAYER, id: 'NEWEST' }, 'Corrupted product', { source: 'test' });
    const removed = await worldWhere((one) => isNear(at(one, 5, 33), RED));
    expect(isNear(at(removed, 5, 33), RED)).toBe(true);
  }, 600_000);

  it('of a time are drawn as shaded footprints, darker where more lie over each other', async () => {
    const map = await draw(WORLD, { TIME: '2024-05-01/2024-05-31' });
    expect(map.headers.get('x-frombork-fallback')).toBe('footprints');
    const [one, two, none] = [at(map, 95, 32)[3]!, at(map, 95, 38)[3]!, at(map, 50, 33)[3]!];
    expect(one).toBeGreaterThan(30);
    expect(two).toBeGreaterThan(one);
    expect(none).toBe(0);
  });

  it.each<[string, Box, string]>([
    ['EPSG:4326', [30, -180, 70, 180], 'its own axes'],
    ['EPSG:3413', [-8_000_000, -8_000_000, 8_000_000, 8_000_000], 'around the pole'],
  ])('are shaded in %s', async (crs, box) => {
    const map = await draw(box, { TIME: '2024-05-01/2024-05-31', CRS: crs });
    expect(map.headers.get('x-frombork-fallback')).toBe('footprints');
    const seen = Array.from({ length: 72 * 36 }, (_, i) => map.pixel((i % 72) * 10, Math.floor(i / 72) * 10)[3]!);
    const share = seen.filter((alpha) => alpha > 0).length / seen.length;
    expect(share).toBeGreaterThan(0.005);
    expect(share).toBeLessThan(0.2);
  });

  it('near enough for scenes are drawn from these', async () => {
    const map = await draw([1, 31, 1.5, 31.25]);
    expect([map.headers.get('x-frombork-fallback'), map.headers.get('x-frombork-dates')]).toEqual([null, '2024-05-02']);
  });
});

async function productOf(
  service: ArchiveService,
  { id, day, box, colour }: { id: string; day: string; box: Box; colour: readonly number[] },
): Promise<Product> {
  const file = join(service.folder, `${id}.tif`);
  const [west, south, east, north] = box;
  const size = 500;
  const pixelSize = [(east - west) / size, (north - south) / size] as const;
  const strip = new Uint8Array(size * size * 3).map((_, i) => colour[i % 3]!);
  const place = { crs: 'EPSG:4326', origin: [west, north] as const, pixelSize };
  await writeCog(file, { width: size, height: size, bands: 3, sampleType: 'uint8', ...place }, once(strip));
  const key = `browse/${id}.tif`;
  await service.put(key, await readFile(file));
  const acquired = new Date(`${day}T10:00:00Z`);
  return {
    ...testProduct(id, { collection: LAYER, geometry: testBox(...box), acquiredFrom: acquired, acquiredTo: acquired }),
    assets: { browse: { location: { key }, mediaType: 'image/tiff', roles: ['visual'] } },
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
