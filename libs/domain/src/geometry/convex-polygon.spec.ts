import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isConvexPolygon } from './convex-polygon.js';
import type { Position } from './geometry.js';
import { closeRing } from './ring.js';
import { isSimple } from './self-intersection.js';

const polygon = (...ring: Position[]) => ({ type: 'Polygon' as const, coordinates: [closeRing(ring)] });
const onCircle = (angle: number): Position => [Math.cos(angle), Math.sin(angle)];

describe('isConvexPolygon', () => {
  it.each([
    ['a box', polygon([0, 0], [2, 0], [2, 1], [0, 1]), true],
    ['a box the other way round', polygon([0, 0], [0, 1], [2, 1], [2, 0]), true],
    ['a tile', polygon([170.18, 70.24], [173.24, 70.54], [172.33, 71.54], [169.27, 71.24]), true],
    ['a triangle', polygon([0, 0], [1, 0], [0, 1]), true],
    ['a bow tie', polygon([0, 0], [2, 2], [2, 0], [0, 2]), false],
    [
      'a pentagram, which turns one way and goes round twice',
      polygon(...[0, 2, 4, 1, 3].map((n) => onCircle((n * 2 * Math.PI) / 5))),
      false,
    ],
    ['a dent', polygon([0, 0], [2, 0], [1, 0.5], [2, 2], [0, 2]), false],
    ['a corner within a straight edge', polygon([0, 0], [1, 0], [2, 0], [2, 1]), false],
    ['a place twice', polygon([0, 0], [0, 0], [2, 0], [2, 1]), false],
    ['a spike', polygon([0, 0], [2, 0], [4, 0], [2, 0], [2, 1]), false],
    ['a line there and back', polygon([0, 0], [1, 1], [0, 0]), false],
    ['a hair', polygon([0, 0], [1, 0], [1, 1e-12]), false],
    ['a hole', { type: 'Polygon' as const, coordinates: [[], []] }, false],
    ['nothing', { type: 'Polygon' as const, coordinates: [] }, false],
    ['a point', { type: 'Point' as const, coordinates: [1, 2] as const }, false],
  ])('%s', (_name, geometry, convex) => {
    expect(isConvexPolygon(geometry)).toBe(convex);
  });

  it('takes any corners of a circle in order', () => {
    const angles = fc.uniqueArray(fc.integer({ min: 0, max: 359 }), { minLength: 3, maxLength: 40 });
    fc.assert(
      fc.property(angles, fc.boolean(), (degrees, reversed) => {
        const ring = degrees.toSorted((a, b) => a - b).map((degree) => onCircle((degree * Math.PI) / 180));
        expect(isConvexPolygon(polygon(...(reversed ? ring.toReversed() : ring)))).toBe(true);
      }),
    );
  });

  it('never takes a ring that meets itself', () => {
    const place = fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 }));
    fc.assert(
      fc.property(fc.array(place, { minLength: 3, maxLength: 7 }), (ring) => {
        const drawn = polygon(...ring);
        if (isConvexPolygon(drawn)) expect(isSimple(drawn)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
