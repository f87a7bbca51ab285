import { describe, expect, it } from '@jest/globals';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { collectionMapLinks, itemMapLinks, landingMapLinks, pageMapLinks } from './map-links.js';

const ADDRESS = 'https://mirror.example';
const L1C = `${ADDRESS}/tiles/sentinel-2-l1c`;
const TILESETS = 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-map';
const hrefs = (links: readonly { readonly rel: string; readonly href: string }[]): unknown =>
  Object.fromEntries(links.map(({ rel, href }) => [rel, href]));

describe('links to maps (Web Map Links extension 1.2.0, OGC API Tiles)', () => {
  it('lead from an item to its layer at its time, to the second, and to tiles of it alone', () => {
    const links = itemMapLinks(SENTINEL_2, ADDRESS);
    const [wms, wmts] = links;
    const { id } = SENTINEL_2;
    expect(wms).toEqual({
      rel: 'wms',
      href: `${ADDRESS}/wms`,
      type: 'image/png',
      title: 'Web Map Service',
      'wms:layers': ['sentinel-2-l1c'],
      'wms:dimensions': { TIME: '2022-01-25T15:17:01Z' },
    });
    expect(wmts).toMatchObject({
      'wmts:layer': ['sentinel-2-l1c'],
      'wmts:dimensions': { TIME: '2022-01-25T15:17:01Z' },
    });
    expect(hrefs(links)).toMatchObject({
      wmts: `${ADDRESS}/wmts`,
      xyz: `${L1C}/items/${id}/default/{z}/{x}/{y}.png`,
      tilejson: `${L1C}/items/${id}/default/tilejson.json`,
      [TILESETS]: `${ADDRESS}/ogc/api/collections/sentinel-2-l1c/items/${id}/map/tiles`,
    });
    expect(itemMapLinks(SENTINEL_1, ADDRESS)).toEqual([]);
  });

  it('lead from a collection that has products to its layer and tiles', () => {
    const collection = SENTINEL_COLLECTIONS.find(({ id }) => id === 'sentinel-2-l1c')!;
    expect(hrefs(collectionMapLinks({ collection, count: 1 }, ADDRESS))).toEqual({
      wms: `${ADDRESS}/wms`,
      wmts: `${ADDRESS}/wmts`,
      xyz: `${L1C}/default/{z}/{x}/{y}.png`,
      tilejson: `${L1C}/default/tilejson.json`,
      [TILESETS]: `${ADDRESS}/ogc/api/collections/sentinel-2-l1c/map/tiles`,
    });
    expect(collectionMapLinks({ collection, count: 0 }, ADDRESS)).toEqual([]);
  });

  it('lead from a page to the layers of what can be drawn of it, from the first to the last', () => {
    const other = { ...SENTINEL_2, collection: 'a' };
    const page = [SENTINEL_1, ...manyProducts(2).toReversed(), other];
    expect(pageMapLinks(page, ADDRESS)).toMatchObject([
      {
        rel: 'wms',
        'wms:layers': ['a', 'sentinel-2-l1c'],
        'wms:dimensions': { TIME: '2022-01-25T15:17:01Z/2024-01-02T10:20:31Z' },
      },
      { rel: 'wmts', 'wmts:layer': ['a', 'sentinel-2-l1c'] },
    ]);
    expect(pageMapLinks([SENTINEL_1], ADDRESS)).toEqual([]);
  });

  it.each([
    ['/stac/search?collections=a,b&limit=3&token=x&filter=gsd%3C20', 'collections=a%2Cb&filter=gsd%3C20'],
    ['/stac/search?bbox=1,2,3,4', 'bbox=1%2C2%2C3%2C4&collections=sentinel-2-l1c'],
    [
      '/stac/collections/a%20b/items?datetime=2024-01-01T00:00:00Z/..',
      'datetime=2024-01-01T00%3A00%3A00Z%2F..&collections=a+b',
    ],
    ['/stac/search?bbox=1,2,3,4&bbox-crs=[EPSG:4326]', undefined],
    [`/stac/search?collections=${'a,'.repeat(11)}a`, undefined],
    [`/stac/search?q=${'a'.repeat(5000)}`, undefined],
  ])('lead from %s to tiles of all that match: %s', (path, query) => {
    const links = pageMapLinks([SENTINEL_2], ADDRESS, `${ADDRESS}${path}`);
    const tiles = `${ADDRESS}/tiles/search/default`;
    const wanted = query !== undefined && {
      xyz: `${tiles}/{z}/{x}/{y}.png?${query}`,
      tilejson: `${tiles}/tilejson.json?${query}`,
    };
    const services = { wms: `${ADDRESS}/wms`, wmts: `${ADDRESS}/wmts` };
    expect(hrefs(links)).toEqual({ ...services, ...wanted });
  });

  it('lead from the landing page to where maps and tiles begin', () => {
    expect(hrefs(landingMapLinks(ADDRESS))).toMatchObject({
      related: `${ADDRESS}/ogc/api`,
      [TILESETS]: `${ADDRESS}/ogc/api/map/tiles`,
    });
  });
});
