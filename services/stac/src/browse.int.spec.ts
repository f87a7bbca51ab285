import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Product } from '#domain/product/product.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { StacModule } from './stac.module.js';

interface Catalog {
  readonly type: string;
  readonly links: readonly { readonly rel: string; readonly href: string; readonly title?: string }[];
}

/** More than one catalog lists, within one minute. */
const CROWD = 1001;
const BEGIN = new Date('2019-12-31T23:59:30Z');

describe('browsing the STAC API by its links alone', () => {
  let service: CatalogueService;

  beforeAll(async () => {
    service = await startCatalogueService([StacModule], [SENTINEL_1, SENTINEL_2, ...manyProducts(25), ...crowd()]);
  }, 120_000);

  afterAll(() => service.stop());

  const read = async (href: string): Promise<Catalog> => (await (await fetch(href)).json()) as Catalog;
  const hrefs = ({ links }: Catalog, rel: string): readonly string[] =>
    links.flatMap((link) => (link.rel === rel ? [link.href] : []));

  async function itemsBelow(href: string): Promise<readonly string[]> {
    const catalog = await read(href);
    expect(hrefs(catalog, 'self')).toEqual([href]);
    const found = [...hrefs(catalog, 'item')];
    for (const child of hrefs(catalog, 'child')) {
      expect(hrefs(await read(child), 'parent')).toEqual([href]);
      found.push(...(await itemsBelow(child)));
    }
    return found;
  }

  it('reaches every item from the landing page, once', async () => {
    const items = await itemsBelow(`${service.url}/stac`);
    expect(items).toHaveLength(27 + CROWD);
    expect(new Set(items).size).toBe(items.length);
    expect(items).toContain(`${service.url}/stac/collections/sentinel-2-l1c/items/${SENTINEL_2.id}`);
    expect((await fetch(items[0] ?? '')).status).toBe(200);
  }, 120_000);

  it('divides by year, month and day, and a crowded day by hour and minute', async () => {
    const names = async (path: string): Promise<readonly (string | undefined)[]> =>
      (await read(`${service.url}/stac/collections/sentinel-1-grd/browse${path}`)).links
        .filter(({ rel }) => rel === 'child')
        .map(({ title }) => title);
    expect(await names('')).toEqual(['2019', SENTINEL_1.acquiredFrom.toISOString().slice(0, 4)]);
    expect(await names('/2019')).toEqual(['2019-12']);
    expect(await names('/2019-12')).toEqual(['2019-12-31']);
    expect(await names('/2019-12-31')).toHaveLength(24);
    expect(await names('/2019-12-31T23')).toHaveLength(60);
    expect(await names('/2019-12-31T23:59')).toEqual([]);
  }, 60_000);

  it.each([
    ['/collections/sentinel-1-grd/browse/2024-13', '2024-13 is no year'],
    ['/collections/sentinel-1-grd/browse/..%2f..', 'is no year'],
    ['/collections/nothing/browse', 'no collection nothing'],
  ])('answers %s with 404 and why', async (path, why) => {
    const answer = await fetch(`${service.url}/stac${path}`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.text()).toContain(why);
  });

  it('is a page where one is wanted', async () => {
    const page = await fetch(`${service.url}/stac/collections/sentinel-1-grd/browse/2019?f=html`);
    expect(await page.text()).toContain('/stac/collections/sentinel-1-grd/browse/2019-12"');
  });
});

function crowd(): readonly Product[] {
  return Array.from({ length: CROWD }, (_, at) => ({
    ...SENTINEL_1,
    id: `CROWD_${at}`,
    uuid: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    acquiredFrom: BEGIN,
    acquiredTo: BEGIN,
    assets: {},
  }));
}
