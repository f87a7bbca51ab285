import { describe, expect, it } from '@jest/globals';
import type { BoundingBox } from '../geometry/geometry.js';
import { isZone, setsAround } from './sets-around.js';

describe('tile matrix sets around a box', () => {
  it.each<[string, BoundingBox, readonly string[]]>([
    [
      'Germany',
      [5.9, 47.2, 15.2, 55],
      [
        'WebMercatorQuad',
        'WorldCRS84Quad',
        'EuropeanETRS89_LAEAQuad',
        'UTM31WGS84Quad',
        'UTM32WGS84Quad',
        'UTM33WGS84Quad',
      ],
    ],
    ['a place in Brazil', [-50, -16, -49, -15], ['WebMercatorQuad', 'WorldCRS84Quad', 'UTM22WGS84Quad']],
    [
      'across the antimeridian',
      [178, -20, -178, -15],
      ['WebMercatorQuad', 'WorldCRS84Quad', 'UTM01WGS84Quad', 'UTM60WGS84Quad'],
    ],
    ['the South Pole', [-10, -90, 10, -85], ['WebMercatorQuad', 'WorldCRS84Quad']],
  ])('%s', (_title, bbox, ids) => {
    expect(setsAround(bbox).map(({ id }) => id)).toEqual(ids);
  });

  it('the whole Earth has every zone', () => {
    expect(setsAround([-180, -90, 180, 90]).filter(isZone)).toHaveLength(60);
  });
});
