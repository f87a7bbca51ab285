import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gunzipSync } from 'node:zlib';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { StacModule } from './stac.module.js';

interface Page {
  readonly features: readonly { readonly id: string }[];
  readonly links: readonly { readonly rel: string; readonly href: string; readonly body?: object }[];
  readonly numberMatched?: number;
}

describe('the STAC API over a real catalogue', () => {
  let service: CatalogueService;

  beforeAll(async () => {
    service = await startCatalogueService([StacModule], [SENTINEL_1, SENTINEL_2, ...manyProducts(25)]);
  }, 120_000);

  afterAll(() => service.stop());

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${service.url}/stac${path}`, { headers });
  const post = (body: unknown): Promise<Response> =>
    fetch(`${service.url}/stac/search`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const page = async (answer: Promise<Response>): Promise<Page> => (await (await answer).json()) as Page;
  const ids = async (query: string): Promise<readonly string[]> =>
    (await page(get(`/search?${query}`))).features.map(({ id }) => id);

  it.each([
    ['', 'application/json'],
    ['/conformance', 'application/json'],
    ['/collections', 'application/json'],
    ['/collections/sentinel-2-l1c', 'application/json'],
    ['/children', 'application/json'],
    ['/queryables', 'application/schema+json'],
    ['/functions', 'application/json'],
    ['/collections/sentinel-1-grd/queryables', 'application/schema+json'],
    ['/collections/sentinel-2-l1c/items?limit=2', 'application/geo+json'],
    [`/collections/sentinel-2-l1c/items/${SENTINEL_2.id}`, 'application/geo+json'],
    ['/search?limit=1', 'application/geo+json'],
    ['/api', 'application/vnd.oai.openapi+json;version=3.0'],
    ['/api.html', 'text/html; charset=utf-8'],
  ])('answers GET and HEAD of /stac%s as %s, and 304 to who has it', async (path, mediaType) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(mediaType);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const tag = answer.headers.get('etag') ?? '';
    expect((await get(path, { 'If-None-Match': tag })).status).toBe(304);
    const head = await fetch(`${service.url}/stac${path}`, { method: 'HEAD' });
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, tag, '']);
  });

  it('tells the requested URL as self, in items and collections with their own', async () => {
    const url = `${service.url}/stac/search?bbox=5,47,15,55&limit=1`;
    const found = await page(get('/search?bbox=5,47,15,55&limit=1'));
    expect(found.links[0]).toMatchObject({ rel: 'self', href: url });
    expect(await (await get('/collections/sentinel-1-grd')).json()).toMatchObject({
      links: expect.arrayContaining([
        expect.objectContaining({ rel: 'self', href: `${service.url}/stac/collections/sentinel-1-grd` }),
      ]) as unknown,
    });
  });

  it('pages by GET through every item once', async () => {
    const seen: string[] = [];
    let next: string | undefined = `${service.url}/stac/search?limit=4&collections=sentinel-2-l1c`;
    while (next !== undefined) {
      const found: Page = await page(fetch(next));
      expect(found.features.length).toBeGreaterThan(0);
      seen.push(...found.features.map(({ id }) => id));
      next = found.links.find(({ rel }) => rel === 'next')?.href;
    }
    expect(seen).toHaveLength(26);
    expect(new Set(seen).size).toBe(26);
  });

  it('pages by POST with the body merged, and back again', async () => {
    const search = { limit: 10, collections: ['sentinel-2-l1c'], sortby: [{ field: 'eo:cloud_cover' }] };
    const first = await page(post(search));
    expect(first.numberMatched).toBe(26);
    const next = first.links.find(({ rel }) => rel === 'next');
    const second = await page(post({ ...search, ...next?.body }));
    const previous = second.links.find(({ rel }) => rel === 'prev');
    const again = await page(post({ ...search, ...previous?.body }));
    expect(again.features.map(({ id }) => id)).toEqual(first.features.map(({ id }) => id));
  });

  it('refuses a token of another search or of nobody', async () => {
    const first = await page(get('/search?limit=2'));
    const token = new URL(first.links.find(({ rel }) => rel === 'next')?.href ?? '').searchParams.get('token') ?? '';
    expect((await get(`/search?limit=2&token=${token}&bbox=0,0,1,1`)).status).toBe(400);
    const forged = await get('/search?token=abc');
    expect(forged.status).toBe(400);
    expect(await forged.json()).toMatchObject({ subject: 'token' });
  });

  it('finds across the antimeridian, by time, id and geometry', async () => {
    expect(await ids('bbox=179,-20,-179.5,-10')).toEqual([SENTINEL_1.id]);
    expect(await ids('bbox=-179,-20,179,-10&collections=sentinel-1-grd')).toEqual([SENTINEL_1.id]);
    expect(await ids('bbox=0,-20,10,-10')).toEqual([]);
    expect(await ids('datetime=2022-01-25T00:00:00Z/2022-01-26T00:00:00Z')).toEqual([SENTINEL_2.id]);
    expect(await ids(`ids=${SENTINEL_2.id},${SENTINEL_1.id}&collections=sentinel-1-grd`)).toEqual([SENTINEL_1.id]);
    expect(await ids('collections=nothing')).toEqual([]);
    const intersects = { type: 'Point', coordinates: [-77, -12] };
    expect((await page(post({ intersects }))).features.map(({ id }) => id)).toEqual([SENTINEL_2.id]);
  });

  it('filters by CQL2 in both languages, by GET and POST, and by query', async () => {
    const json = { op: '<', args: [{ property: 'eo:cloud_cover' }, 2] };
    const expected = ['S2B_MSIL1C_20240102T102031', 'S2B_MSIL1C_20240101T102031'];
    const starts = (found: readonly string[]) => found.map((id) => id.slice(0, 26));
    for (const query of [
      'filter=eo:cloud_cover < 2',
      `filter-lang=cql2-json&filter=${encodeURIComponent(JSON.stringify(json))}`,
      `query=${encodeURIComponent('{"eo:cloud_cover":{"lt":2}}')}`,
      'filter=month(datetime) = 1 AND day(datetime) <= 2 AND year(datetime) = 2024',
    ]) {
      expect(starts(await ids(query))).toEqual(expected);
      expect(
        starts((await page(get(`/collections/sentinel-2-l1c/items?${query}`))).features.map(({ id }) => id)),
      ).toEqual(expected);
    }
    for (const body of [{ filter: json }, { filter: 'eo:cloud_cover<2', 'filter-lang': 'cql2-text' }]) {
      const found = await page(post({ ...body, sortBy: [{ field: 'properties.datetime', direction: 'dsc' }] }));
      expect(starts(found.features.map(({ id }) => id))).toEqual(expected);
    }
    expect(await ids('platform=sentinel-1a')).toEqual([SENTINEL_1.id]);
    expect(await ids('q=1SDV 0663AB,nothing')).toEqual([SENTINEL_1.id]);
  });

  it('gives the fields asked for, also on the pages that follow', async () => {
    const first = await page(get('/search?fields=id,properties.datetime,-links&limit=1'));
    const next = await page(fetch(first.links.find(({ rel }) => rel === 'next')?.href ?? ''));
    for (const { features } of [first, next]) {
      expect(Object.keys(features[0] ?? {})).not.toContain('assets');
      expect(features[0]).toMatchObject({ type: 'Feature', properties: { datetime: expect.any(String) as unknown } });
    }
  });

  it('answers hostile filters in its own form', async () => {
    const many = { op: 'or', args: Array.from({ length: 3000 }, () => ({ op: '=', args: [{ property: 'id' }, 'x'] })) };
    const deep = Array.from({ length: 1000 }).reduce<object>((arg) => ({ op: 'not', args: [arg] }), many);
    const terms = Array.from({ length: 60 }).reduce<unknown>(
      (arg) => ({ op: '*', args: [arg, { op: '^', args: [{ property: 'eo:cloud_cover' }, 99] }] }),
      { property: 'eo:cloud_cover' },
    );
    for (const filter of [many, deep, { op: '=', args: [{ property: "x'; drop table --\0" }, 1] }]) {
      const answer = await post({ filter });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    }
    const injected = await post({
      filter: { op: '=', args: [{ property: "x'); drop table catalogue.product --" }, "'"] },
    });
    expect(injected.status).toBe(200);
    expect((await post({ filter: { op: '>', args: [terms, 1] } })).status).toBe(200);
  });

  it('says what is wrong as problem+json', async () => {
    for (const [path, status] of [
      ['/search?limit=-1', 400],
      ['/search?datetime=yesterday', 400],
      ['/search?query=cloudy', 400],
      ['/search?filter=eo:cloud_cover', 400],
      ['/search?filter=eo:cloud_cover%20%3C%20x%20y', 400],
      ['/search?filter=true&filter-crs=EPSG:4326', 400],
      ['/collections/sentinel-1-grd/items?filter=(', 400],
      ['/collections/nothing', 404],
      ['/collections/nothing/items', 404],
      ['/collections/sentinel-1-grd/items/nothing', 404],
    ] as const) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, status]);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
    }
    const bowtie = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ],
      ],
    };
    expect((await post({ intersects: bowtie })).status).toBe(400);
    expect((await post('nonsense')).status).toBe(400);
  });

  it('compresses where it is asked to', async () => {
    const answer = await get('/collections', { 'Accept-Encoding': 'identity' });
    const plain = await answer.text();
    const raw = await fetchRaw(`${service.url}/stac/collections`);
    expect(raw.encoding).toBe('gzip');
    expect(raw.bytes.length).toBeLessThan(plain.length / 4);
    expect(gunzipSync(raw.bytes).toString()).toBe(plain);
  });

  it('answers preflights (Fetch §3.2.2)', async () => {
    const answer = await fetch(`${service.url}/stac/search`, { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
    expect(answer.headers.get('access-control-allow-headers')).toContain('Content-Type');
  });
});

/** Without fetch's own decompression. */
async function fetchRaw(url: string): Promise<{ encoding: string | undefined; bytes: Buffer }> {
  const { get } = await import('node:http');
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'Accept-Encoding': 'gzip' } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ encoding: answer.headers['content-encoding'], bytes: Buffer.concat(chunks) }));
    }).on('error', reject);
  });
}
