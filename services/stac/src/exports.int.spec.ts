import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdir, readlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { ProductStore } from '#domain/ports/product-store.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { StacModule } from './stac.module.js';

const MANY = manyProducts(700).map((product, index) =>
  index === 0 ? { ...product, extra: { 'my:note': 'a line\u2028and one more' } } : product,
);
const ALL = [SENTINEL_1, SENTINEL_2, ...MANY];

interface Item {
  readonly id: string;
  readonly collection: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

describe('exports of a search over a real catalogue', () => {
  let service: CatalogueService;
  beforeAll(async () => {
    service = await startCatalogueService([StacModule], ALL, {
      environment: { STAC_EXPORT_LIMIT: '702', STAC_EXPORT_CONCURRENCY: '2' },
    });
  }, 120_000);
  afterAll(() => service.stop());

  const get = (path: string, init: RequestInit = {}) => fetch(`${service.url}/stac${path}`, init);
  const lines = async (answer: Promise<Response>): Promise<readonly Item[]> => {
    const read = await answer;
    expect(read.status).toBe(200);
    const text = await read.text();
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Item);
  };
  const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id).toSorted();
  const paged = async (): Promise<readonly Item[]> =>
    ((await (await get('/search?limit=1000')).json()) as { features: readonly Item[] }).features;

  it.each(['f=ndjson', 'f=geojsonl'])('gives every item of a search, in its order, by %s', async (form) => {
    expect(await lines(get(`/search?${form}`))).toEqual(await paged());
  });

  it('gives them by what Accept likes best, and a page to who likes GeoJSON', async () => {
    const answer = await get('/search', { headers: { Accept: 'application/json;q=0.5, application/x-ndjson' } });
    expect([answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
      'application/x-ndjson',
      'attachment; filename="items.ndjson"',
    ]);
    expect((await answer.text()).split('\n')).toHaveLength(ALL.length + 1);
    for (const accept of ['*/*', 'application/geo+json', 'application/geo+json, application/x-ndjson;q=0.9']) {
      const page = await get('/search?limit=3', { headers: { Accept: accept } });
      expect(((await page.json()) as { features: object[] }).features).toHaveLength(3);
    }
  });

  it('gives them as one ItemCollection and as a sequence of texts', async () => {
    const whole = (await (await get('/search?f=geojson-all')).json()) as Record<string, unknown>;
    expect(whole).toMatchObject({ type: 'FeatureCollection', numberReturned: ALL.length });
    expect(whole['features']).toEqual(await paged());
    const sequence = await (await get('/search?f=geojson-seq&limit=3')).text();
    expect(
      sequence
        .split('\u001e')
        .slice(1)
        .map((text) => (JSON.parse(text) as Item).id),
    ).toHaveLength(3);
  });

  it('gives what a collection, a filter, an order, fields and a limit leave, by GET and by POST', async () => {
    const ofCollection = await lines(get('/collections/sentinel-1-grd/items?f=ndjson'));
    expect(ids(ofCollection)).toEqual([SENTINEL_1.id]);
    const query = 'f=ndjson&filter=eo:cloud_cover%3C30&sortby=-eo:cloud_cover,id&limit=400&fields=id,eo:cloud_cover';
    const body = {
      filter: { op: '<', args: [{ property: 'eo:cloud_cover' }, 30] },
      sortby: '-eo:cloud_cover,id',
      limit: 400,
      fields: { include: ['id', 'eo:cloud_cover'] },
    };
    const byGet = await lines(get(`/search?${query}`));
    const byPost = await lines(
      get('/search', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/x-ndjson' },
        body: JSON.stringify(body),
      }),
    );
    expect(byPost).toEqual(byGet);
    const clouds = byGet.map(({ properties }) => Number(properties['eo:cloud_cover']));
    expect(clouds.length).toBeGreaterThan(100);
    expect(clouds).toEqual(clouds.toSorted((a, b) => b - a));
  });

  it('gives stac-geoparquet that holds the same items', async () => {
    const answer = await get('/search?f=geoparquet');
    expect([answer.headers.get('content-type'), answer.headers.get('content-encoding')]).toEqual([
      'application/vnd.apache.parquet',
      null,
    ]);
    const file = await answer.arrayBuffer();
    const rows = (await parquetReadObjects({ file })) as { id: string; geometry: object; bbox: { xmin: number } }[];
    expect(rows.map(({ id }) => id)).toEqual((await paged()).map(({ id }) => id));
    const crossing = rows.find(({ id }) => id === SENTINEL_1.id);
    expect([crossing?.geometry, crossing?.bbox.xmin]).toEqual([SENTINEL_1.geometry, 178]);
    const said = new Map(parquetMetadata(file).key_value_metadata?.map(({ key, value }) => [key, value]));
    expect(JSON.parse(said.get('geo') ?? '')).toMatchObject({
      primary_column: 'geometry',
      columns: { geometry: { encoding: 'WKB', geometry_types: ['MultiPolygon', 'Polygon'] } },
    });
    expect(JSON.parse(said.get('stac-geoparquet') ?? '')).toMatchObject({
      collections: { 'sentinel-1-grd': { type: 'Collection' }, 'sentinel-2-l1c': { type: 'Collection' } },
    });
    expect(await (await get('/search?f=parquet&ids=nothing')).arrayBuffer()).toBeInstanceOf(ArrayBuffer);
  });

  it.each(['gzip', 'br', 'zstd'])('compresses text by %s', async (coding) => {
    const answer = await get('/search?f=ndjson', { headers: { 'Accept-Encoding': coding } });
    expect(answer.headers.get('content-encoding')).toBe(coding);
    expect((await answer.text()).split('\n')).toHaveLength(ALL.length + 1);
  });

  it.each(['ndjson', 'geojson-all', 'geoparquet'])('answers HEAD of f=%s without making it', async (form) => {
    const head = await get(`/search?f=${form}`, { method: 'HEAD' });
    const whole = await get(`/search?f=${form}`);
    await whole.arrayBuffer();
    expect([head.status, head.headers.get('content-type')]).toEqual([200, whole.headers.get('content-type')]);
    expect(head.headers.get('content-length')).toBeNull();
    expect(head.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('refuses more than the operator allows', async () => {
    expect((await get('/search?f=ndjson&limit=703')).status).toBe(400);
    await service.publish([{ ...SENTINEL_2, id: 'one-too-many', uuid: '0d6c6f7e-2f63-5f0b-8f57-2d4d1c6f8a53' }]);
    for (const form of ['ndjson', 'geojson-all', 'geoparquet']) {
      const answer = await get(`/search?f=${form}`);
      expect([answer.status, await answer.text()]).toEqual([413, expect.stringContaining('703 items match')]);
    }
    expect(await lines(get('/search?f=ndjson&limit=702'))).toHaveLength(702);
    await service
      .port(ProductStore)
      .remove({ collection: SENTINEL_2.collection, id: 'one-too-many' }, 'Duplicated product', { source: 'test' });
  });

  it('stops where the client leaves, and takes no more at once than it may', async () => {
    const before = (await spools()).length;
    for (let round = 0; round < 6; round++) {
      const gone = new AbortController();
      const answers = ['ndjson', 'geoparquet'].map((form) => get(`/search?f=${form}`, { signal: gone.signal }));
      await Promise.race(answers.map((answer) => answer.catch(() => undefined)));
      gone.abort();
      await Promise.allSettled(answers);
    }
    let answer = await get('/search?f=ndjson');
    for (let tries = 0; answer.status === 429 && tries < 200; tries++) {
      await sleep(50);
      answer = await get('/search?f=ndjson');
    }
    expect((await answer.text()).split('\n')).toHaveLength(ALL.length + 1);
    for (let tries = 0; (await spools()).length > before && tries < 200; tries++) await sleep(50);
    expect((await spools()).length).toBe(before);
  });

  it('holds every untouched item once while others write', async () => {
    const store = service.port(ProductStore);
    let writing = true;
    const writer = (async () => {
      for (let at = 0; writing; at = (at + 7) % 300) {
        const product = MANY[at]!;
        await store.publish([{ ...product, properties: { ...product.properties, cloudCover: at % 100 } }], {
          source: 'test',
        });
      }
    })();
    try {
      for (const sort of ['', '&sortby=eo:cloud_cover', '&sortby=-updated', '&sortby=id']) {
        const seen = ids(await lines(get(`/search?f=ndjson${sort}`)));
        const untouched = ids(MANY.slice(300));
        expect(seen.filter((id) => untouched.includes(id))).toEqual(untouched);
      }
    } finally {
      writing = false;
      await writer;
    }
  });
});

/** What waits on disk: by name, or without one in the hands of this process. */
async function spools(): Promise<readonly string[]> {
  const open = await readdir('/proc/self/fd').catch(() => []);
  const files = await Promise.all(
    open.map((descriptor) => readlink(join('/proc/self/fd', descriptor)).catch(() => '')),
  );
  return [...(await readdir(tmpdir())), ...files].filter((name) => name.includes('frombork-export-'));
}
