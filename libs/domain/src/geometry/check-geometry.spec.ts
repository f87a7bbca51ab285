import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '../errors.js';
import { checkGeometry } from './check-geometry.js';
import type { Geometry, Position } from './geometry.js';

const LIMITS = { subject: 'footprint', maxPositions: 10, maxLongitude: 180 };
const triangle: Position[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 0],
];
const nested = (depth: number): Geometry =>
  depth === 0
    ? { type: 'Point', coordinates: [0, 0] }
    : { type: 'GeometryCollection', geometries: [nested(depth - 1)] };

describe('checkGeometry', () => {
  it.each<Geometry>([
    { type: 'Point', coordinates: [180, -90, 100] },
    { type: 'Polygon', coordinates: [triangle] },
    { type: 'MultiPolygon', coordinates: [[triangle], [triangle]] },
    nested(8),
  ])('takes %j', (geometry) => {
    expect(() => checkGeometry(geometry, LIMITS)).not.toThrow();
  });

  it.each<readonly [Geometry, RegExp]>([
    [{ type: 'Point', coordinates: [180.1, 0] }, /position 180.1 0 outside/],
    [{ type: 'Point', coordinates: [0, Number.NaN] }, /outside/],
    [{ type: 'LineString', coordinates: [[0, 0]] }, /line of fewer than 2/],
    [{ type: 'Polygon', coordinates: [triangle.slice(1)] }, /ring of fewer than 4/],
    [{ type: 'Polygon', coordinates: [[...triangle.slice(0, 3), [0, 1]]] }, /not closed \(0 0 to 0 1\)/],
    [{ type: 'Polygon', coordinates: [] }, /empty/],
    [{ type: 'MultiPolygon', coordinates: [[triangle], [triangle], [triangle]] }, /more than 10 positions/],
    [nested(9), /nested too deep/],
    [{ type: 'Circle' } as unknown as Geometry, /unknown type/],
  ])('refuses %j', (geometry, reason) => {
    expect(() => checkGeometry(geometry, LIMITS)).toThrow(InvalidError);
    expect(() => checkGeometry(geometry, LIMITS)).toThrow(reason);
  });
});
