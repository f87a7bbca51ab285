import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BoundingBox, Geometry, Position } from './geometry.js';
import { meetsBox } from './meets-box.js';

const BOX: BoundingBox = [0, 0, 10, 10];
const polygon = (...rings: readonly (readonly Position[])[]): Geometry => ({ type: 'Polygon', coordinates: rings });
const square = (x: number, y: number, side: number): readonly Position[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];

describe('meetsBox', () => {
  it.each<[string, Geometry, boolean]>([
    ['a point inside', { type: 'Point', coordinates: [5, 5] }, true],
    ['a point on the edge', { type: 'Point', coordinates: [10, 5] }, true],
    ['a point outside', { type: 'Point', coordinates: [10.001, 5] }, false],
    ['points of which one is inside', { type: 'MultiPoint', coordinates: [[20, 20], [1, 1]] }, true], // prettier-ignore
    ['a line through the box', { type: 'LineString', coordinates: [[-5, 5], [15, 6]] }, true], // prettier-ignore
    ['a line over a corner', { type: 'LineString', coordinates: [[-5, 5], [5, 15]] }, true], // prettier-ignore
    ['a line past a corner', { type: 'LineString', coordinates: [[-5, 6], [5, 16]] }, false], // prettier-ignore
    ['lines of which none comes near', { type: 'MultiLineString', coordinates: [[[20, 0], [20, 10]]] }, false], // prettier-ignore
    ['a polygon within', polygon(square(2, 2, 2)), true],
    ['a polygon around', polygon(square(-5, -5, 30)), true],
    ['a polygon that shares an edge', polygon(square(10, 0, 5)), true],
    ['a polygon beside', polygon(square(11, 0, 5)), false],
    ['a polygon whose hole holds the box', polygon(square(-20, -20, 50), square(-5, -5, 20)), false],
    ['a polygon whose hole ends in the box', polygon(square(-20, -20, 50), square(-5, -5, 10)), true],
    ['parts of which one meets', { type: 'MultiPolygon', coordinates: [[square(50, 50, 1)], [square(9, 9, 5)]] }, true],
    ['a collection', { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 1] }] }, true],
    ['an empty collection', { type: 'GeometryCollection', geometries: [] }, false],
  ])('%s', (_, geometry, expected) => {
    expect(meetsBox(geometry, BOX)).toBe(expected);
  });

  it('meets both sides of the antimeridian where the box crosses it (RFC 7946 §5.2)', () => {
    const box: BoundingBox = [170, -10, -170, 10];
    const at = (longitude: number): Geometry => polygon(square(longitude, 0, 1));
    expect([at(175), at(-175), at(160), at(-160), at(0)].map((one) => meetsBox(one, box))).toEqual([true, true, false, false, false]); // prettier-ignore
  });

  it('says the same of two boxes as their sides do', () => {
    const side = fc.integer({ min: -20, max: 20 });
    const length = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(side, side, length, (x, y, size) => {
        const isNear = x <= 10 && x + size >= 0 && y <= 10 && y + size >= 0;
        expect(meetsBox(polygon(square(x, y, size)), BOX)).toBe(isNear);
      }),
    );
  });
});
