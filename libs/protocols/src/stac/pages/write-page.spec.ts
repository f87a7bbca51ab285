import { describe, expect, it } from '@jest/globals';
import { SENTINEL_1, SENTINEL_2, SENTINEL_2_L1C } from '#test/support/sample-products.js';
import { writeItem } from '../item.js';
import { writeItemCollection } from '../item-collection.js';
import { writeLandingPage } from '../landing-page.js';
import { writeCollection } from '../stac-collection.js';
import { withAlternate, writePage } from './write-page.js';

const ADDRESS = 'https://mirror.example';
const SUMMARY = { collection: SENTINEL_2_L1C, count: 2, bbox: [5, 47, 15, 55] } as const;
const PATH = '/stac/collections/sentinel-2-l1c/items';
const itemsPage = (path: string) =>
  writeItemCollection(
    { products: [SENTINEL_2, SENTINEL_1], next: 'n', matched: { value: 9, exact: true } },
    { method: 'GET', url: `${ADDRESS}${path}`, address: ADDRESS },
  );

describe('the pages of the STAC API', () => {
  it('show an item with its picture, place, properties and files', () => {
    const page = writePage(writeItem(SENTINEL_2, ADDRESS), `${PATH}/x`);
    expect(page).toContain(`<h1>${SENTINEL_2.id}</h1>`);
    expect(page).toContain(`src="${ADDRESS}/dl/sentinel-2-l1c/${SENTINEL_2.id}/asset/quicklook"`);
    expect(page).toContain('<path class="foot"');
    expect(page).toContain(`href="${ADDRESS}/dl/sentinel-2-l1c/${SENTINEL_2.id}/${SENTINEL_2.id}.SAFE.zip"`);
    expect(page).toContain('768.6 MB');
  });

  it('show what was searched for in the form, and keep what it has no field for', () => {
    const path = `${PATH}?platform=sentinel-2a&eo:cloud_cover=5&token=t&f=html`;
    const page = writePage(itemsPage(path), path);
    expect(page).toMatch(/name="platform" value="sentinel-2a"/);
    expect(page).toMatch(/type="hidden" name="eo:cloud_cover" value="5"/);
    expect(page).not.toContain('name="token"');
    expect(page).toContain('9 items found, 2 on this page');
    expect(page).toContain('rel="next"');
  });

  it('draw what crosses the antimeridian in one piece', () => {
    const page = writePage(writeItem(SENTINEL_1, ADDRESS), `${PATH}/x`);
    const box = /viewBox="(\S+) \S+ (\S+) /.exec(page);
    expect(Number(box?.[1])).toBeGreaterThan(170);
    expect(Number(box?.[2])).toBeLessThan(10);
  });

  it('show the landing page, collections and one collection', () => {
    expect(writePage(writeLandingPage([SUMMARY], ADDRESS), '/stac')).toContain(
      `<a href="${ADDRESS}/stac/collections/sentinel-2-l1c">${SENTINEL_2_L1C.title}</a>`,
    );
    const collections = writePage({ collections: [writeCollection(SUMMARY, ADDRESS)], links: [] }, '/stac/collections');
    expect(collections).toContain(SENTINEL_2_L1C.description);
    expect(writePage(writeCollection(SUMMARY, ADDRESS), '/stac/collections/x')).toContain('<svg');
  });

  it('show any other document as it is, and one that fields has emptied', () => {
    expect(writePage({ functions: [] }, '/stac/functions')).toContain('&quot;functions&quot;: []');
    expect(writePage({ type: 'FeatureCollection', features: [{}] }, '/stac/search')).toContain('1 items');
  });

  it('escape everything and follow no script', () => {
    const hostile = '"><script>alert(1)</script>';
    const item = writeItem(
      {
        ...SENTINEL_2,
        id: hostile,
        extra: { [hostile]: hostile },
        assets: { [hostile]: { href: 'javascript:alert(1)', roles: ['thumbnail'], mediaType: 'image/png' } },
      },
      ADDRESS,
    );
    const path = `${PATH}?q=${encodeURIComponent(hostile)}&${encodeURIComponent(hostile)}=1`;
    const list = { ...itemsPage(path), features: [item] };
    for (const page of [writePage(item, `${PATH}/%E0%A4%A`), writePage(list, path)]) {
      expect(page).not.toContain('<script');
      expect(page).not.toContain('javascript:');
    }
  });

  it('are linked from their documents', () => {
    expect(withAlternate(writeItem(SENTINEL_2, ADDRESS), `${PATH}/x?crs=y`)).toMatchObject({
      links: expect.arrayContaining([
        { rel: 'alternate', href: `${ADDRESS}${PATH}/x?crs=y&f=html`, type: 'text/html', title: 'As a page' },
      ]) as unknown,
    });
    expect(withAlternate({ conformsTo: [] }, '/stac/conformance')).toEqual({ conformsTo: [] });
  });
});
