import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Harvest, HarvestKind } from '#domain/harvest/harvest.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { ProductStore } from '#domain/ports/product-store.js';
import { productUuid } from '#domain/product/product-uuid.js';
import type { Product } from '#domain/product/product.js';
import { StacModule } from '#services/stac/src/stac.module.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { SENTINEL_2 } from '#test/support/sample-products.js';
import { DiscoveryModule } from '../discovery.module.js';

jest.setTimeout(180_000);

const COUNT = 23;
const TOKEN = { authorization: 'Bearer operator-token-of-this-test' };

/** Products of the mirror that is harvested, a minute apart. */
const PRODUCTS: readonly Product[] = Array.from({ length: COUNT }, (_, n) => {
  const minute = String(10 + n);
  const id = `S2A_MSIL1C_20220125T15${minute}01_N0400_R125_T18LTM_20220125T190036`;
  const time = new Date(`2022-01-25T15:${minute}:01.024Z`);
  const { content: _content, predecessor: _before, successor: _after, ...rest } = SENTINEL_2;
  return {
    ...rest,
    uuid: productUuid(rest.collection, id),
    id,
    acquiredFrom: time,
    acquiredTo: time,
    properties: { ...rest.properties, cloudCover: n },
    assets: {},
    online: 'metadata-only',
    scene: { id: `S2A_MSIL1C_20220125T15${minute}01_R125_T18LTM`, version: '04.00/20220125T190036' },
  };
});

const start = (products: readonly Product[]) =>
  startCatalogueService([DiscoveryModule, StacModule], products, {
    allow: '127.0.0.0/8',
    environment: { FEDERATION_PAGE: '5', FEDERATION_LEASE_SECONDS: '1' },
  });

async function ask(mirror: CatalogueService, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${mirror.url}${path}`, { ...init, headers: { ...TOKEN, 'content-type': 'application/json' } });
}

async function order(mirror: CatalogueService, kind: HarvestKind, source: string): Promise<Harvest> {
  const answer = await ask(mirror, '/csw/harvests', { method: 'POST', body: JSON.stringify({ kind, source }) });
  expect(answer.status).toBe(202);
  return (await answer.json()) as Harvest;
}

async function ended(mirror: CatalogueService, { id }: Harvest): Promise<Harvest> {
  for (let round = 0; round < 600; round++) {
    const harvest = (await (await ask(mirror, `/csw/harvests/${id}`)).json()) as Harvest;
    if (harvest.state !== 'running' && harvest.state !== 'waiting') return harvest;
    await sleep(50);
  }
  throw new Error('the harvest did not end within 30 s');
}

const idsOf = async (mirror: CatalogueService) => {
  const page = { kind: 'number', limit: 100, offset: 0 } as const;
  const { products } = await mirror.port(ProductCatalog).search({ collections: ['sentinel-2-l1c'], page });
  return products.map(({ collection, id, uuid }) => `${collection}/${id} ${uuid}`).toSorted();
};

describe('harvesting another mirror', () => {
  let upstream: CatalogueService;
  beforeAll(async () => {
    upstream = await start(PRODUCTS);
  });
  afterAll(() => upstream?.stop());

  const SOURCES: readonly (readonly [HarvestKind, string])[] = [
    ['csw', '/csw'],
    ['opensearch', '/opensearch/description.xml?parentIdentifier=EOP:FROMBORK:S2_MSI_L1C'],
    ['stac', '/stac'],
    ['odata', '/odata/v1'],
  ];

  it.each(SOURCES)('by %s ends with the same products, and a second time changes nothing', async (kind, path) => {
    const mirror = await start([]);
    try {
      const source = `${upstream.url}${path}`;
      const first = await ended(mirror, await order(mirror, kind, source));
      expect(first.error).toBeUndefined();
      expect(first.state).toBe('succeeded');
      expect(first.counts).toMatchObject({ created: expect.any(Number), failed: 0, kept: 0, removed: 0 });
      expect(await idsOf(mirror)).toEqual(await idsOf(upstream));

      const [sample] = PRODUCTS;
      const found = await mirror.port(ProductCatalog).find(sample!);
      expect(found).toMatchObject({
        acquiredFrom: sample!.acquiredFrom,
        online: 'metadata-only',
        properties: { platform: 'sentinel-2a', cloudCover: 0, tile: '18LTM' },
        scene: sample!.scene,
        extra: { federation: { source: source.replace(/\?.*/, '') } },
      });
      expect(found?.geometry).not.toBeNull();

      const second = await ended(mirror, await order(mirror, kind, source));
      expect(second.counts).toMatchObject({ created: 0, modified: 0, failed: 0, unchanged: second.counts.read });
    } finally {
      await mirror.stop();
    }
  });

  it('leaves alone what the mirror holds, and takes away what the source no longer has', async () => {
    const held = { ...PRODUCTS[0]!, content: SENTINEL_2.content!, online: 'online' as const };
    const mirror = await start([held]);
    const gone = { ...PRODUCTS[1]!, id: PRODUCTS[1]!.id.replace('T18LTM', 'T18LTN') };
    const passing = { ...gone, uuid: productUuid(gone.collection, gone.id) };
    try {
      await upstream.publish([passing]);
      const source = `${upstream.url}/odata/v1`;
      const first = await ended(mirror, await order(mirror, 'odata', source));
      expect(first).toMatchObject({ state: 'succeeded', counts: { created: COUNT, kept: 1 } });
      expect((await mirror.port(ProductCatalog).find(held))?.online).toBe('online');

      await upstream.port(ProductStore).remove(passing, 'Corrupted product', { source: 'test' });
      await ended(mirror, await order(mirror, 'odata', source));
      expect(await mirror.port(ProductCatalog).find(passing)).toBeUndefined();
      expect(await idsOf(mirror)).toEqual(await idsOf(upstream));
    } finally {
      await mirror.stop();
    }
  });
});
