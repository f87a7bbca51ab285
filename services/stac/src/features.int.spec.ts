import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { StacModule } from './stac.module.js';

const ITEMS = '/collections/sentinel-2-l1c/items';
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const EPSG = 'http://www.opengis.net/def/crs/EPSG/0';

interface Document {
  readonly timeStamp?: string;
  readonly numberMatched?: number;
  readonly numberReturned?: number;
  readonly subject?: string;
  readonly features: readonly { readonly geometry: { readonly coordinates: readonly (readonly number[][])[] } }[];
  readonly links: readonly { readonly rel: string; readonly href: string; readonly type?: string }[];
}

describe('OGC API Features over a real catalogue', () => {
  let service: CatalogueService;

  beforeAll(async () => {
    service = await startCatalogueService([StacModule], [SENTINEL_1, SENTINEL_2]);
  }, 240_000);

  afterAll(() => service.stop(), 60_000);

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${service.url}/stac${path}`, { headers });
  const document = async (path: string): Promise<Document> => (await (await get(path)).json()) as Document;

  it('takes what clients of item search send: the collection once more, and ids', async () => {
    const count = async (query: string) => (await document(`${ITEMS}?${query}`)).numberMatched;
    expect(await count('collections=sentinel-2-l1c')).toBe(1);
    expect(await count(`collections=sentinel-1-grd,sentinel-2-l1c&ids=${SENTINEL_2.id},other`)).toBe(1);
    expect(await count('ids=other')).toBe(0);
    const elsewhere = await get(`${ITEMS}?collections=sentinel-1-grd`);
    expect([elsewhere.status, ((await elsewhere.json()) as Document).subject]).toEqual([400, 'collections']);
  });

  it('says when a page was made, and 304 to who has the same page made earlier', async () => {
    const answer = await get(ITEMS);
    const { timeStamp, numberMatched, numberReturned } = (await answer.json()) as Document;
    expect(Date.parse(timeStamp ?? '')).toBeGreaterThan(0);
    expect([numberMatched, numberReturned]).toEqual([1, 1]);
    const tag = answer.headers.get('etag') ?? '';
    expect((await get(ITEMS, { 'If-None-Match': tag })).status).toBe(304);
  });

  it('gives geometries in the system asked for, and says which', async () => {
    const [first] = (await document(ITEMS)).features;
    const [longitude, latitude] = first?.geometry.coordinates[0]?.[0] ?? [];
    for (const path of [ITEMS, `${ITEMS}/${SENTINEL_2.id}`]) {
      expect((await get(path)).headers.get('content-crs')).toBe('<http://www.opengis.net/def/crs/OGC/1.3/CRS84>');
      const moved = await get(`${path}?crs=${EPSG}/4326`);
      expect(moved.headers.get('content-crs')).toBe(`<${EPSG}/4326>`);
      expect(await moved.text()).toContain(`"coordinates":[[[${latitude},${longitude}]`);
    }
  });

  it('takes boxes in each system, with and without heights', async () => {
    for (const [box, system, count] of [
      ['-78,-13,-76,-11', 'http://www.opengis.net/def/crs/OGC/1.3/CRS84', 1],
      ['-13,-78,-11,-76', `${EPSG}/4326`, 1],
      ['-13,-78,0,-11,-76,100', `${EPSG}/4326`, 1],
      ['-8682920,-1459732,-8460281,-1232106', `${EPSG}/3857`, 1],
      ['-78,-13,-76,-11', `${EPSG}/3857`, 0],
    ] as const) {
      expect((await document(`${ITEMS}?bbox=${box}&bbox-crs=${system}`)).numberReturned).toBe(count);
    }
  });

  it('finds by properties, and refuses parameters it does not know (§7.6)', async () => {
    expect((await document(`${ITEMS}?eo:cloud_cover=23.5&platform=sentinel-2a`)).numberReturned).toBe(1);
    expect((await document(`${ITEMS}?eo:cloud_cover=5`)).numberReturned).toBe(0);
    for (const path of [
      `${ITEMS}?cloudcover=5`,
      `${ITEMS}?crs=EPSG:4326`,
      `${ITEMS}?bbox=0,0,1,1&bbox-crs=x`,
      `${ITEMS}?f=xml`,
      `${ITEMS}/${SENTINEL_2.id}?bbox=0,0,1,1`,
      `${ITEMS}/${SENTINEL_2.id}?crs=x`,
    ]) {
      const answer = await get(path);
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        400,
        'application/problem+json',
      ]);
    }
  });

  it.each([
    ['', 'Collections'],
    ['/conformance', 'ogcapi-features-2/1.0/conf/crs'],
    ['/collections', 'Sentinel-2'],
    ['/collections/sentinel-2-l1c', 'Items of this collection'],
    [ITEMS, '<form'],
    [`${ITEMS}/${SENTINEL_2.id}`, 'Properties'],
    ['/search', '<form'],
    ['/queryables', 'eo:cloud_cover'],
  ])('shows /stac%s to people, without any script', async (path, text) => {
    const answer = await get(path, { Accept: BROWSER });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const page = await answer.text();
    const [, style = ''] = /<style>([^<]*)<\/style>/.exec(page) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(answer.headers.get('content-security-policy')).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(page).toContain(text);
    expect(page).not.toContain('<script');
    const [json, asked] = [await get(`${path}?f=json`, { Accept: BROWSER }), await get(`${path}?f=html`)];
    expect(json.headers.get('content-type')).toMatch(/json/);
    expect(asked.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it('links every document to its page', async () => {
    for (const path of ['', '/collections', '/collections/sentinel-2-l1c', ITEMS, `${ITEMS}/${SENTINEL_2.id}`]) {
      const alternate = (await document(path)).links.find(({ rel }) => rel === 'alternate');
      expect(alternate).toMatchObject({ type: 'text/html', href: `${service.url}/stac${path}?f=html` });
      expect((await fetch(alternate?.href ?? '')).headers.get('content-type')).toBe('text/html; charset=utf-8');
    }
  });
});
