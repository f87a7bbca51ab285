import { describe, expect, it } from '@jest/globals';
import type { Geometry } from '#domain/geometry/geometry.js';
import { writeEwkb } from './write-ewkb.js';

const POINT = '0101000020e6100000000000000000f03f0000000000000040';

describe('extended well-known binary (OGC 06-103r4 §8.2, with the SRID as PostGIS has it)', () => {
  it('holds a point, without its height', () => {
    expect(writeEwkb({ type: 'Point', coordinates: [1, 2] })).toBe(POINT);
    expect(writeEwkb({ type: 'Point', coordinates: [1, 2, 300] })).toBe(POINT);
  });

  it('counts rings and positions, and names the system once', () => {
    const ring = [[0, 0], [1, 0], [1, 1], [0, 0]] as const; // prettier-ignore
    const polygon: Geometry = { type: 'Polygon', coordinates: [ring] };
    const written = writeEwkb(polygon);
    expect(written.slice(0, 34)).toBe('0103000020e61000000100000004000000');
    expect(written).toHaveLength(34 + 4 * 32);
    const collection = writeEwkb({
      type: 'GeometryCollection',
      geometries: [polygon, { type: 'Point', coordinates: [1, 2] }],
    });
    expect(collection.match(/e6100000/g)).toHaveLength(1);
    expect(collection).toContain('0101000000000000000000f03f');
  });
});
