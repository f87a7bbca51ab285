import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidError } from '#domain/errors.js';
import type { Geometry, Position } from '#domain/geometry/geometry.js';
import { parseWkt } from './parse-wkt.js';
import { writeEwkt, writeWkt } from './write-wkt.js';

const triangle: readonly Position[] = [
  [0, 0],
  [1, 0],
  [0, 1],
  [0, 0],
];

/** Processor time, so that a busy machine is not taken for a slow parser. */
function cpuMilliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

describe('parseWkt (OGC 06-103r4 §7)', () => {
  it.each<[string, Geometry]>([
    ['POINT(10 50)', { type: 'Point', coordinates: [10, 50] }],
    [' point  ( -1.5e1   .5 ) ', { type: 'Point', coordinates: [-15, 0.5] }],
    ['POINT Z (1 2 3)', { type: 'Point', coordinates: [1, 2, 3] }],
    ['POINTZM(1 2 3 4)', { type: 'Point', coordinates: [1, 2, 3] }],
    ['POINT M (1 2 3)', { type: 'Point', coordinates: [1, 2] }],
    ['MULTIPOINT(1 2,(3 4))', { type: 'MultiPoint', coordinates: [[1, 2], [3, 4]] }],
    ['LINESTRING(1 2,3 4)', { type: 'LineString', coordinates: [[1, 2], [3, 4]] }],
    ['POLYGON((0 0,1 0,0 1,0 0))', { type: 'Polygon', coordinates: [triangle] }],
    ['POLYGON((0 0,1 0,0 1))', { type: 'Polygon', coordinates: [triangle] }],
    ['MULTIPOLYGON(((0 0,1 0,0 1,0 0)),((0 0,1 0,0 1,0 0)))', { type: 'MultiPolygon', coordinates: [[triangle], [triangle]] }],
    ['GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4))', { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 2] }, { type: 'LineString', coordinates: [[1, 2], [3, 4]] }] }],
    ['ENVELOPE(5, 15, 55, 47)', { type: 'Polygon', coordinates: [[[5, 47], [15, 47], [15, 55], [5, 55], [5, 47]]] }],
    ['POLYGON((170 0,190 0,190 5,170 0))', { type: 'Polygon', coordinates: [[[170, 0], [190, 0], [190, 5], [170, 0]]] }],
  ])('reads %s', (text, geometry) => {
    expect(parseWkt(text)).toEqual({ geometry });
  }); // prettier-ignore

  it('reads the SRID of EWKT', () => {
    expect(parseWkt('SRID=4326;POINT(1 2)')).toEqual({ geometry: { type: 'Point', coordinates: [1, 2] }, srid: 4326 });
  });

  it.each([
    '', 'POINT', 'POINT()', 'POINT(1)', 'POINT(1 2', 'POINT(1 2))', 'POINT(1 2) x', 'POINT EMPTY', 'CIRCLE(1 2 3)', 'POINT(1,2)', 'POINT(91 NaN)',
    'POINT(1 91)', 'POINT(1000 1)', 'POLYGON((0 0,1 1))', 'POLYGON(0 0,1 1,1 0,0 0)', 'LINESTRING(1 2)', 'POINT(1e999 1)', 'ENVELOPE(1,2,3)', 'ENVELOPE(5,15,47,55)',
    `${'GEOMETRYCOLLECTION('.repeat(50)}POINT(1 2)${')'.repeat(50)}`, `LINESTRING(${'1 2,'.repeat(20_001)}1 2)`, 'x'.repeat(2_000_000), 'SRID=;POINT(1 2)', 'POINT(1 2 3 4 5)',
  ])('refuses %.60s', (text) => {
    const started = process.cpuUsage();
    expect(() => parseWkt(text)).toThrow(InvalidError);
    expect(cpuMilliseconds(started)).toBeLessThan(1000);
  }); // prettier-ignore

  it('says where', () => {
    expect(() => parseWkt('POLYGON((0 0,1 x))')).toThrow('a number is missing (character 16)');
  });

  const number = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true }).map((value) => value + 0 || 0);
  const position = fc.tuple(number(180), number(90));
  const path = fc.array(position, { minLength: 3, maxLength: 6 });
  const ring = path.map((open): readonly Position[] => [...open, open[0]!]);
  const geometry: fc.Arbitrary<Geometry> = fc.oneof(
    position.map((coordinates): Geometry => ({ type: 'Point', coordinates })),
    path.map((coordinates): Geometry => ({ type: 'MultiPoint', coordinates })),
    path.map((coordinates): Geometry => ({ type: 'LineString', coordinates })),
    fc.array(ring, { minLength: 1, maxLength: 3 }).map((coordinates): Geometry => ({ type: 'Polygon', coordinates })),
    fc.array(fc.array(ring, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 })
      .map((coordinates): Geometry => ({ type: 'MultiPolygon', coordinates })),
  ); // prettier-ignore

  it('reads what writeWkt and writeEwkt write', () => {
    fc.assert(
      fc.property(geometry, (given) => {
        expect(parseWkt(writeWkt(given))).toEqual({ geometry: given });
        expect(parseWkt(writeEwkt(given))).toEqual({ geometry: given, srid: 4326 });
      }),
    );
    const high: Geometry = { type: 'Point', coordinates: [1, 2, 3] };
    expect(writeWkt(high)).toBe('POINT Z (1 2 3)');
    expect(parseWkt(writeWkt(high)).geometry).toEqual(high);
  });
});
