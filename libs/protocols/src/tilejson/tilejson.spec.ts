import { describe, expect, it } from '@jest/globals';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { writeTileJson } from './tilejson.js';

const subject = { name: 'n', description: 'd', attribution: 'a', tiles: 'https://mirror.example/{z}/{x}/{y}.png' };

describe('TileJSON 3.0.0', () => {
  it.each<[string, BoundingBox, readonly number[], readonly number[]]>([
    [
      '§3.5 bounds within web Mercator',
      [-180, -90, 180, 90],
      [-180, -85.0511287798066, 180, 85.0511287798066],
      [0, 0, 2],
    ],
    ['§3.6 center at a level that shows it', [10, 47, 12, 49], [10, 47, 12, 49], [11, 48, 9]],
    ['bounds across the antimeridian', [170, -20, -170, -10], [-180, -20, 180, -10], [0, -15, 2]],
    ['bounds of a point', [10, 47, 10, 47], [10, 47, 10, 47], [10, 47, 16]],
  ])('%s', (_title, bounds, written, center) => {
    expect(writeTileJson({ ...subject, bounds })).toMatchObject({ tilejson: '3.0.0', bounds: written, center });
  });
});
