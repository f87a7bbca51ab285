import { describe, expect, it } from '@jest/globals';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { itemMapLinks, pageMapLinks } from './map-links.js';

const ADDRESS = 'https://mirror.example';

describe('links to maps (Web Map Links extension 1.2.0)', () => {
  it('lead from an item to its layer at its time', () => {
    expect(itemMapLinks(SENTINEL_2, ADDRESS)).toEqual([
      {
        rel: 'wms',
        href: `${ADDRESS}/wms`,
        type: 'image/png',
        title: 'Web Map Service',
        'wms:layers': ['sentinel-2-l1c'],
        'wms:dimensions': { TIME: '2022-01-25T15:17:01.024Z' },
      },
    ]);
    expect(itemMapLinks(SENTINEL_1, ADDRESS)).toEqual([]);
  });

  it('lead from a page to the layers of what can be drawn of it, from the first to the last', () => {
    const other = { ...SENTINEL_2, collection: 'a' };
    expect(pageMapLinks([SENTINEL_1, ...manyProducts(2).toReversed(), other], ADDRESS)).toMatchObject([
      {
        rel: 'wms',
        'wms:layers': ['a', 'sentinel-2-l1c'],
        'wms:dimensions': { TIME: '2022-01-25T15:17:01.024Z/2024-01-02T10:20:31.000Z' },
      },
    ]);
    expect(pageMapLinks([SENTINEL_1], ADDRESS)).toEqual([]);
  });
});
