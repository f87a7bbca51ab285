import { describe, expect, it } from '@jest/globals';
import { SENTINEL_2 } from '#test/support/sample-products.js';
import { changeItem } from './item-change.js';
import { writeItem } from './item.js';
import { stacFaults } from './schemas/validate-stac.js';

const ADDRESS = 'https://mirror.example';
const ARCHIVE = { endpoint: 'https://s3.mirror.example/', bucket: 'archive', region: 'eu-1' };
const PART = { location: { key: 'products/a.zip', offset: 100, length: 5 }, roles: ['data'] };
const PRODUCT = { ...SENTINEL_2, assets: { ...SENTINEL_2.assets, part: PART } };
const asSent = (document: object) => JSON.parse(JSON.stringify(document)) as ReturnType<typeof writeItem>;
const item = asSent(writeItem(PRODUCT, ADDRESS, ARCHIVE));

describe('an archive readers may read by S3 (Alternate Assets 1.2.0, Storage 2.0.0)', () => {
  it('is named by the assets that are whole objects, the deliverable among them', () => {
    const named = Object.entries(item.assets).flatMap(([key, { alternate }]) => {
      const { s3 } = (alternate ?? {}) as { s3?: { href: string } };
      return s3 === undefined ? [] : [[key, s3.href]];
    });
    expect(Object.fromEntries(named)).toMatchObject({
      product: `s3://archive/${SENTINEL_2.content?.key}`,
      browse: 's3://archive/browse/18LTM.tif',
    });
    expect(item.assets['part']).not.toHaveProperty('alternate');
    expect(item.assets['product']?.['alternate']).toHaveProperty('download');
    expect(item.properties['storage:schemes']).toEqual({
      s3: {
        type: 'custom-s3',
        platform: 'https://s3.mirror.example',
        bucket: 'archive',
        region: 'eu-1',
        requester_pays: false,
      },
    });
    expect(stacFaults('Item', item)).toEqual([]);
    expect(item.stac_extensions.filter((uri) => /storage|alternate/.test(uri))).toHaveLength(2);
  });

  it('is Amazon where it is', () => {
    const amazon = { ...ARCHIVE, endpoint: 'https://s3.eu-central-1.amazonaws.com', region: 'eu-central-1' };
    const given = asSent(writeItem(PRODUCT, ADDRESS, amazon));
    expect(given.properties['storage:schemes']).toMatchObject({ s3: { type: 'aws-s3' } });
    expect(stacFaults('Item', given)).toEqual([]);
  });

  it('is named nowhere where readers may not', () => {
    expect(JSON.stringify(writeItem(PRODUCT, ADDRESS))).not.toMatch(/s3:|storage:/);
  });

  it('is not kept with what a writer sends back', () => {
    const browse = { ...item.assets['browse'], title: 'In other colours' };
    const changed = changeItem(PRODUCT, { ...item, assets: { ...item.assets, browse } }, ADDRESS, ARCHIVE);
    expect(changed.assets['browse']).toMatchObject({ title: 'In other colours' });
    expect(JSON.stringify([changed.assets, changed.extra])).not.toMatch(/s3:|storage:/);
    expect(changeItem(PRODUCT, item, ADDRESS, ARCHIVE)).toEqual(PRODUCT);
  });
});
