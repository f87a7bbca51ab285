import { describe, expect, it } from '@jest/globals';
import { mosaicIdOf, parseMosaicId } from './mosaic-id.js';

describe('identifiers of stitched mosaics', () => {
  it.each([
    ['sentinel-2-l2a.2024-05-21', 'sentinel-2-l2a', '2024-05-21T00:00:00.000Z', '2024-05-21T23:59:59.999Z'],
    ['sentinel-2-l2a.2024-02', 'sentinel-2-l2a', '2024-02-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z'],
    ['a.2024-12-31', 'a', '2024-12-31T00:00:00.000Z', '2024-12-31T23:59:59.999Z'],
  ])('%s', (id, collection, from, to) => {
    expect(parseMosaicId(id)).toEqual({ collection, from: new Date(from), to: new Date(to) });
  });

  it.each([
    'a.2024-02-30',
    'a.2024-13',
    'a.B04',
    'a.2024',
    'a',
    '.2024-05-21',
    'a.2024-05-21.B04',
    `${'a'.repeat(300)}.2024-05-21`,
  ])('%s is none', (id) => {
    expect(parseMosaicId(id)).toBeUndefined();
  });

  it('names the day of a moment', () => {
    expect(mosaicIdOf('sentinel-2-l2a', new Date('2024-05-21T23:59:59.999Z'))).toBe('sentinel-2-l2a.2024-05-21');
  });
});
