import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boxFrom, CRS84, CRS_URIS, geometryTo, parseFeatureCrs } from './feature-crs.js';
import { featuresIn } from './features-in.js';

const LATITUDE_FIRST = parseFeatureCrs('http://www.opengis.net/def/crs/EPSG/0/4326');
const MERCATOR = parseFeatureCrs('http://www.opengis.net/def/crs/EPSG/0/3857');

describe('coordinate reference systems of features (OGC 18-058)', () => {
  it('are named by URI or safe CURIE, the default first', () => {
    expect(CRS_URIS[0]).toBe(CRS84.uri);
    expect(parseFeatureCrs('[EPSG:3857]')).toBe(MERCATOR);
    expect(parseFeatureCrs('[OGC:CRS84]')).toBe(CRS84);
    for (const other of ['', 'EPSG:4326', 'http://www.opengis.net/def/crs/EPSG/0/32632', '[EPSG:999999]']) {
      expect(() => parseFeatureCrs(other)).toThrow('is none of http://www.opengis.net/def/crs/OGC/1.3/CRS84');
    }
  });

  it('keep the axis order of their authority', () => {
    const point = { type: 'Point', coordinates: [10, 50, 300] } as const;
    expect(geometryTo(point, LATITUDE_FIRST)).toEqual({ type: 'Point', coordinates: [50, 10, 300] });
    const [x, y] = MERCATOR.forward(10, 50);
    expect([Math.round(x), Math.round(y)]).toEqual([1113195, 6446276]);
  });

  it('end at the edge of web Mercator', () => {
    expect(Math.round(MERCATOR.forward(0, 90)[1])).toBe(20037508);
  });

  it('lead back to where they came from', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -85, max: 85, noNaN: true }),
        (x, y) => {
          for (const { forward, inverse } of [CRS84, LATITUDE_FIRST, MERCATOR]) {
            const [longitude, latitude] = inverse(...forward(x, y));
            expect(longitude).toBeCloseTo(x, 9);
            expect(latitude).toBeCloseTo(y, 9);
          }
        },
      ),
    );
  });

  it('take boxes of 4 and of 6 numbers, and leave what is no box to be found', () => {
    expect(boxFrom([47, 5, 55, 15], LATITUDE_FIRST)).toEqual([5, 47, 15, 55]);
    expect(boxFrom([47, 5, -10, 55, 15, 100], LATITUDE_FIRST)).toEqual([5, 47, 15, 55]);
    expect(boxFrom([1, 2, 3], LATITUDE_FIRST)).toEqual([1, 2, 3]);
  });

  it('move every geometry and box of a page', () => {
    const polygon = {
      type: 'GeometryCollection',
      geometries: [{ type: 'LineString', coordinates: [[1, 2], [3, 4]] }],
    }; // prettier-ignore
    const page = { features: [{ geometry: polygon, bbox: [1, 2, 3, 4] }, { geometry: null }] };
    expect(featuresIn(page, CRS84)).toBe(page);
    expect(featuresIn(page, LATITUDE_FIRST)).toEqual({
      features: [
        {
          geometry: { type: 'GeometryCollection', geometries: [{ type: 'LineString', coordinates: [[2, 1], [4, 3]] }] },
          bbox: [2, 1, 4, 3],
        },
        { geometry: null },
      ],
    }); // prettier-ignore
  });
});
