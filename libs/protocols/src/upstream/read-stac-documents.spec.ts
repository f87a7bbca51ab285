import { describe, expect, it } from '@jest/globals';
import { readStacDocument } from './read-stac-documents.js';

const HERE = 'https://stac.example/root/catalog.json';
const link = (rel: string, href: string, more: object = {}) => ({ rel, href, ...more });
const item = (more: object = {}) => ({
  type: 'Feature',
  stac_version: '1.0.0',
  id: 'urn:item:1',
  collection: 'scenes',
  geometry: null,
  properties: { datetime: '2024-01-01T00:00:00Z', 'eo:cloud_cover': 7, title: 'One' },
  assets: { data: { href: './data.tif', roles: ['data'] } },
  links: [link('self', 'https://stac.example/items/1/item.json')],
  ...more,
});

describe('readStacDocument', () => {
  it('takes the search of an API, the items of a collection, and what lies below a static catalog', () => {
    const links = [link('child', './a.json'), link('item', '../b/item.json'), link('parent', './up.json')];
    expect(readStacDocument({ type: 'Catalog', links }, HERE)).toMatchObject({
      below: ['https://stac.example/b/item.json', 'https://stac.example/root/a.json'],
    });
    const api = { type: 'Catalog', links: [...links, link('search', '/search')] };
    expect(readStacDocument(api, HERE)).toMatchObject({ search: 'https://stac.example/search', below: [] });
    const collection = { type: 'Collection', links: [link('items', './items'), link('child', './a.json')] };
    expect(readStacDocument(collection, HERE).below).toEqual(['https://stac.example/root/items']);
  });

  it('follows the next page by GET and by POST', () => {
    const page = (...links: object[]) =>
      readStacDocument({ type: 'FeatureCollection', features: [], links }, HERE).next;
    expect(page()).toBeUndefined();
    expect(page(link('next', '?token=2'))).toEqual({ href: `${HERE}?token=2` });
    const post = link('next', '/search', { method: 'POST', body: { token: '2' }, merge: true });
    expect(page(post)).toEqual({ href: 'https://stac.example/search', body: { token: '2' }, merge: true });
  });

  it('keeps a foreign item under its own id, with addresses that lead to its files', () => {
    const { records, failures } = readStacDocument(item(), HERE);
    expect(failures).toEqual([]);
    expect(records[0]).toMatchObject({
      id: 'urn:item:1',
      product: {
        collection: 'records',
        id: 'urn:item:1',
        properties: { cloudCover: 7 },
        assets: { data: { href: 'https://stac.example/items/1/data.tif' } },
        extra: { title: 'One', 'dct:isPartOf': 'scenes' },
      },
    });
  });

  it('knows a Sentinel product by a name in its properties', () => {
    const name = 'S2A_MSIL1C_20250402T175741_N0511_R141_T14ULD_20250403T022035';
    const properties = { datetime: '2025-04-02T17:57:41Z', 's2:product_uri': `${name}.SAFE`, platform: 'S2A' };
    const [record] = readStacDocument(item({ properties }), HERE).records;
    expect(record?.product).toMatchObject({
      collection: 'sentinel-2-l1c',
      id: name,
      properties: { platform: 'sentinel-2a', tile: '14ULD' },
    });
  });

  it.each([[{}], [[]], [null], ['text'], [{ type: 'Topology' }], [{ type: 'FeatureCollection', features: 1 }]])(
    'refuses %j',
    (document) => expect(() => readStacDocument(document, HERE)).toThrow(/STAC document|features/),
  );
});
