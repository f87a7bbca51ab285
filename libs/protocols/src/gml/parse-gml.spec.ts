import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidError } from '#domain/errors.js';
import type { Position } from '#domain/geometry/geometry.js';
import { parseXml } from '../xml/parse-xml.js';
import { parseGml } from './parse-gml.js';

const GML = 'http://www.opengis.net/gml';
const read = (text: string, namespace = GML) =>
  parseGml(parseXml(text.replace(/^<gml:\w+/, `$& xmlns:gml="${namespace}"`)));
const URN = 'urn:ogc:def:crs:EPSG::4326';
const box = (west: number, south: number, east: number, north: number) => ({
  type: 'Polygon',
  coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
}); // prettier-ignore

describe('parseGml (GML 3.1.1, 3.2.1)', () => {
  it.each([
    ['no name', undefined, box(1, 2, 3, 4)],
    ['a URN', URN, box(2, 1, 4, 3)],
    ['a URN of OGC before 2007', 'urn:x-ogc:def:crs:EPSG:6.11:4326', box(2, 1, 4, 3)],
    ['an address of the register', 'http://www.opengis.net/def/crs/EPSG/0/4326', box(2, 1, 4, 3)],
    ['the short name', 'EPSG:4326', box(1, 2, 3, 4)],
    ['CRS84', 'urn:ogc:def:crs:OGC:1.3:CRS84', box(1, 2, 3, 4)],
  ])('reads an Envelope in the axis order of %s', (_name, srsName, expected) => {
    const crs = srsName === undefined ? '' : ` srsName="${srsName}"`;
    expect(
      read(
        `<gml:Envelope${crs}><gml:lowerCorner>1 2</gml:lowerCorner><gml:upperCorner>3 4</gml:upperCorner></gml:Envelope>`,
      ),
    ).toEqual(expected);
  });

  it.each([
    ['<gml:Point><gml:pos>1 2</gml:pos></gml:Point>', { type: 'Point', coordinates: [1, 2] }],
    [`<gml:Point srsName="${URN}"><gml:pos>1 2</gml:pos></gml:Point>`, { type: 'Point', coordinates: [2, 1] }],
    ['<gml:Point><gml:coordinates>1,2</gml:coordinates></gml:Point>', { type: 'Point', coordinates: [1, 2] }],
    ['<gml:LineString><gml:posList srsDimension="3">1 2 9 3 4 9</gml:posList></gml:LineString>', { type: 'LineString', coordinates: [[1, 2, 9], [3, 4, 9]] }],
    ['<gml:Box><gml:coordinates>1,2 3,4</gml:coordinates></gml:Box>', box(1, 2, 3, 4)],
    [
      `<gml:MultiSurface srsName="${URN}"><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>0 0 0 1 1 1 0 0</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface>`,
      { type: 'MultiPolygon', coordinates: [[[[0, 0], [1, 0], [1, 1], [0, 0]]]] },
    ],
    ['<gml:MultiPoint><gml:pointMember><gml:Point><gml:pos>1 2</gml:pos></gml:Point></gml:pointMember></gml:MultiPoint>', { type: 'MultiPoint', coordinates: [[1, 2]] }],
    ['<gml:Curve><gml:segments><gml:LineStringSegment><gml:posList>1 2 3 4</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve>', { type: 'LineString', coordinates: [[1, 2], [3, 4]] }],
  ])('reads %s', (text, geometry) => {
    expect(read(text)).toEqual(geometry);
    expect(read(text, 'http://www.opengis.net/gml/3.2')).toEqual(geometry);
  }); // prettier-ignore

  it('cuts an Envelope across the antimeridian', () => {
    const text =
      '<gml:Envelope><gml:lowerCorner>170 -5</gml:lowerCorner><gml:upperCorner>-170 5</gml:upperCorner></gml:Envelope>';
    expect(read(text).type).toBe('MultiPolygon');
  });

  it.each([
    '<gml:Point><gml:pos>1</gml:pos></gml:Point>',
    '<gml:Point><gml:pos>1 NaN</gml:pos></gml:Point>',
    '<gml:Point><gml:pos>1 91</gml:pos></gml:Point>',
    '<gml:Point srsName="EPSG:3857"><gml:pos>1 2</gml:pos></gml:Point>',
    '<gml:Point/>',
    '<gml:Nothing/>',
    '<gml:Envelope><gml:lowerCorner>1 2</gml:lowerCorner></gml:Envelope>',
    '<gml:LineString><gml:posList>1 2 3</gml:posList></gml:LineString>',
    '<gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>0 0 1 1 1 0 2 2</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>',
    `<gml:LineString><gml:posList>${'1 2 '.repeat(100_000)}</gml:posList></gml:LineString>`,
  ])('refuses %.70s', (text) => {
    expect(() => read(text)).toThrow(InvalidError);
  });

  it('reads the positions it is given, in either order', () => {
    const degrees = (limit: number) =>
      fc.integer({ min: -limit * 1000, max: limit * 1000 }).map((value) => value / 1000);
    const path = fc.array(fc.tuple(degrees(180), degrees(90)), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(path, fc.boolean(), (positions: readonly Position[], turned) => {
        const list = positions.map(([x, y]) => (turned ? `${y} ${x}` : `${x} ${y}`)).join(' ');
        const text = `<gml:LineString${turned ? ` srsName="${URN}"` : ''}><gml:posList>${list}</gml:posList></gml:LineString>`;
        expect(read(text)).toEqual({ type: 'LineString', coordinates: positions.map(([x, y]) => [x + 0, y + 0]) });
      }),
    );
  });
});
