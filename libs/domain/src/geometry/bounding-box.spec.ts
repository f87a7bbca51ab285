import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { boundingBoxArea, boundingBoxOf } from './bounding-box.js';
import type { BoundingBox } from './geometry.js';

const box = fc
  .tuple(
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.double({ min: -90, max: 90, noNaN: true }),
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.double({ min: -90, max: 90, noNaN: true }),
  )
  .map(([west, a, east, b]): BoundingBox => [west, Math.min(a, b), east, Math.max(a, b)]);

describe('the area of a box', () => {
  it('has that box again, whether or not it crosses the antimeridian (RFC 7946 §5.2)', () => {
    fc.assert(
      fc.property(box, (given) => {
        // 180 and -180 are one meridian: a box that begins or ends there has two spellings.
        fc.pre(Math.abs(given[0]) !== 180 && Math.abs(given[2]) !== 180);
        expect(boundingBoxOf(boundingBoxArea(given))).toEqual(given);
      }),
    );
  });

  it('is a point or a line for a box without area, so that no invalid polygon reaches the database', () => {
    expect(boundingBoxArea([1, 2, 1, 2]).type).toBe('Point');
    expect(boundingBoxArea([1, 2, 1, 3]).type).toBe('LineString');
    expect(boundingBoxArea([170, 2, -170, 2]).type).toBe('MultiLineString');
  });
});
