import { describe, expect, it } from '@jest/globals';
import type { Geometry } from '#domain/geometry/geometry.js';
import { geometryBytes } from './geometry-bytes.js';

describe('geometryBytes', () => {
  // As `select st_asewkb(…)` of PostGIS writes them.
  it.each<[string, Geometry, string]>([
    ['a point, without its height', { type: 'Point', coordinates: [1, -2, 300] }, `0101000020e6100000${xy(1, -2)}`],
    ['a line', { type: 'LineString', coordinates: [[1, 2], [3, 4]] }, `0102000020e610000002000000${xy(1, 2, 3, 4)}`], // prettier-ignore
    [
      'a polygon',
      { type: 'Polygon', coordinates: [[[0, 0], [9, 0], [9, 9], [0, 0]], [[4, 1], [5, 1], [5, 2], [4, 1]]] }, // prettier-ignore
      `0103000020e610000002000000${'04000000'}${xy(0, 0, 9, 0, 9, 9, 0, 0)}${'04000000'}${xy(4, 1, 5, 1, 5, 2, 4, 1)}`,
    ],
    [
      'several points',
      { type: 'MultiPoint', coordinates: [[1, 2], [3, 4]] }, // prettier-ignore
      `0104000020e6100000020000000101000000${xy(1, 2)}0101000000${xy(3, 4)}`,
    ],
    [
      'several lines',
      { type: 'MultiLineString', coordinates: [[[1, 2], [3, 4]]] }, // prettier-ignore
      `0105000020e610000001000000010200000002000000${xy(1, 2, 3, 4)}`,
    ],
    [
      'several polygons',
      { type: 'MultiPolygon', coordinates: [[[[0, 0], [9, 0], [9, 9], [0, 0]]]] }, // prettier-ignore
      `0106000020e61000000100000001030000000100000004000000${xy(0, 0, 9, 0, 9, 9, 0, 0)}`,
    ],
    [
      'a collection in a collection',
      {
        type: 'GeometryCollection',
        geometries: [{ type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 2] }] }],
      },
      `0107000020e6100000010000000107000000010000000101000000${xy(1, 2)}`,
    ],
  ])('writes %s', (_, geometry, hex) => {
    expect(geometryBytes(geometry).toString('hex')).toBe(hex);
  });

  it('does not follow collections without end', () => {
    let nested: Geometry = { type: 'Point', coordinates: [0, 0] };
    for (let depth = 0; depth < 1000; depth++) nested = { type: 'GeometryCollection', geometries: [nested] };
    expect(() => geometryBytes(nested)).toThrow(RangeError);
  });
});

function xy(...numbers: readonly number[]): string {
  const bytes = Buffer.alloc(numbers.length * 8);
  numbers.forEach((value, at) => bytes.writeDoubleLE(value, at * 8));
  return bytes.toString('hex');
}
