import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import { searchBody, searchParameters, toCatalogQuery } from './search-request.js';

const point = { type: 'Point', coordinates: [11, 48] };
const get = (query: Record<string, string>) => searchParameters.safeParse(query);
const post = (body: unknown) => searchBody.safeParse(body);

describe('a STAC search (STAC API Item Search §Query Parameters)', () => {
  it('means the same however it is sent', () => {
    const interval = '2024-06-01T00:00:00Z/2024-06-30T00:00:00Z';
    const byGet = searchParameters.parse({
      bbox: '5.9,47.2,15.2,55',
      datetime: interval,
      ids: 'a,b',
      collections: 'sentinel-2-l1c',
      limit: '7',
      sortby: '-datetime,+properties.eo:cloud_cover',
    });
    const byPost = searchBody.parse({
      bbox: [5.9, 47.2, 15.2, 55],
      datetime: interval,
      ids: ['a', 'b'],
      collections: ['sentinel-2-l1c'],
      limit: 7,
      sortby: [{ field: 'datetime', direction: 'desc' }, { field: 'eo:cloud_cover' }],
    });
    expect(toCatalogQuery(byGet)).toEqual(toCatalogQuery(byPost));
    expect(toCatalogQuery(byGet)).toEqual({
      collections: ['sentinel-2-l1c'],
      ids: ['a', 'b'],
      filter: {
        op: 'and',
        args: [
          { op: 'spatial', relation: 'intersects', geometry: boundingBoxArea([5.9, 47.2, 15.2, 55]) },
          {
            op: 'temporal',
            relation: 'overlaps',
            interval: { start: new Date('2024-06-01'), end: new Date('2024-06-30') },
          },
        ],
      },
      sort: [
        { property: 'acquiredFrom', direction: 'desc' },
        { property: 'cloudCover', direction: 'asc' },
      ],
      page: { kind: 'keyset', limit: 7 },
      count: 'exactOrNone',
    });
  });

  it('asks for everything where nothing is said', () => {
    expect(toCatalogQuery(searchBody.parse({}))).toEqual({
      page: { kind: 'keyset', limit: 100 },
      count: 'exactOrNone',
    });
    expect(searchBody.parse({ collections: 'sentinel-2-l1c' }).collections).toEqual(['sentinel-2-l1c']);
    expect(toCatalogQuery(searchBody.parse({ ids: [], collections: [] }))).not.toHaveProperty('ids');
  });

  it.each([1, 2, 10, 10_000, 100_000, 1_000_000])('clamps a limit of %d rather than refuse it', (limit) => {
    expect(get({ limit: String(limit) }).data?.limit).toBe(Math.min(limit, 1000));
    expect(post({ limit }).data?.limit).toBe(Math.min(limit, 1000));
  });

  it.each(['-1', '0', 'ten', '1.5', ''])('refuses a limit of "%s"', (limit) => {
    expect(get({ limit }).success).toBe(false);
  });

  it('takes boxes of 4 and 6 numbers, also across the antimeridian', () => {
    expect(get({ bbox: '100.0,0.0,0.0,105.0,1.0,1.0' }).data?.bbox).toEqual([100, 0, 105, 1]);
    expect(post({ bbox: [170, -20, -170, -10] }).data?.bbox).toEqual([170, -20, -170, -10]);
    expect(get({ bbox: '170,-20,190,-10' }).data?.bbox).toEqual([170, -20, -170, -10]);
    expect(get({ bbox: '-500,-20,500,-10' }).data?.bbox).toEqual([-180, -20, 180, -10]);
  });

  it.each([
    ['0', [0]],
    ['0,0', [0, 0]],
    ['0,0,0', [0, 0, 0]],
    ['0,0,0,1,1', [0, 0, 0, 1, 1]],
    ['0,0,0,1,1,1,1', [0, 0, 0, 1, 1, 1, 1]],
    ['0,1,1,0', [0, 1, 1, 0]],
    ['[100.0, 0.0, 105.0, 1.0]', '100.0, 0.0, 105.0, 1.0'],
    ['a,b,c,d', ['a', 'b', 'c', 'd']],
    ['0,-91,1,0', [0, -91, 1, 0]],
    ['', []],
    ['0x10,0,1e400,1', [0, 0, Number.POSITIVE_INFINITY, 1]],
  ])('refuses the box %s', (text, body) => {
    expect(get({ bbox: text }).success).toBe(false);
    expect(post({ bbox: body }).success).toBe(false);
  });

  it('refuses bbox together with intersects', () => {
    expect(post({ bbox: [0, 0, 1, 1], intersects: point }).error?.issues[0]?.path).toEqual(['intersects']);
    expect(get({ bbox: '0,0,1,1', intersects: JSON.stringify(point) }).success).toBe(false);
  });

  it.each([
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [0, 0],
        ],
      ],
    },
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
      ],
    },
    { type: 'Point', coordinates: [600, 0] },
    { type: 'Circle', coordinates: [0, 0] },
    { type: 'GeometryCollection', geometries: [{ type: 'GeometryCollection', geometries: [point] }] },
    { type: 'MultiPoint', coordinates: Array.from({ length: 20_001 }, () => [0, 0]) },
  ])('refuses the geometry %j', (intersects) => {
    expect(post({ intersects }).success).toBe(false);
  });

  it('refuses properties it cannot sort by, saying which', () => {
    expect(get({ sortby: 'colour' }).success).toBe(false);
    expect(post({ sortby: [{ field: 'colour' }] }).error?.issues[0]?.message).toContain('"colour"');
    expect(post({ sortby: [{ field: 'datetime', direction: 'up' }] }).success).toBe(false);
    expect(get({ sortby: 'geometry' }).success).toBe(false);
    expect(get({ 'cache-buster': '1' }).success).toBe(true);
  });

  it.each([
    { sortby: [{ field: 'properties.datetime', direction: 'desc' }] },
    { sortby: [{ field: 'datetime', direction: 'DESC' }] },
    { sortBy: [{ field: 'datetime', direction: 'dsc' }] },
    { sortby: '-datetime' },
    { sortby: ['-properties.datetime'] },
  ])('sorts as %j asks, whoever spelt it', (body) => {
    expect(toCatalogQuery(searchBody.parse(body)).sort).toEqual([{ property: 'acquiredFrom', direction: 'desc' }]);
  });

  it('means the same filter, query, fields and free text however they are sent', () => {
    const query = { 'eo:cloud_cover': { lt: 10 } };
    const byGet = searchParameters.parse({
      filter: "platform='sentinel-2a'",
      query: JSON.stringify(query),
      fields: 'properties.gsd,-assets',
      q: 'alps,snow cover',
    });
    const byPost = searchBody.parse({
      filter: { op: '=', args: [{ property: 'platform' }, 'sentinel-2a'] },
      query,
      fields: { include: ['properties.gsd'], exclude: ['assets'] },
      q: ['alps', 'snow cover'],
    });
    expect(toCatalogQuery(byGet)).toEqual(toCatalogQuery(byPost));
    expect(byGet.fields).toEqual(byPost.fields);
    expect(toCatalogQuery(byGet).filter).toEqual({
      op: 'and',
      args: [
        { op: 'eq', property: 'platform', value: 'sentinel-2a' },
        { op: 'lt', property: 'cloudCover', value: 10 },
        {
          op: 'or',
          args: [
            { op: 'text', text: 'alps' },
            { op: 'text', text: 'snow cover' },
          ],
        },
      ],
    });
  });

  it('takes queryables as parameters (OGC 19-079r2 §6.4) and nothing for what it does not know', () => {
    const search = searchParameters.parse({ platform: 'sentinel-2a,sentinel-2b', 'sat:relative_orbit': '22', x: '1' });
    expect(toCatalogQuery({ ...search, parameters: search }).filter).toEqual({
      op: 'and',
      args: [
        { op: 'in', property: 'platform', values: ['sentinel-2a', 'sentinel-2b'] },
        { op: 'in', property: 'relativeOrbit', values: ['22'] },
      ],
    });
  });

  it('reads an unencoded + in sortby, which arrives as a blank', () => {
    expect(get({ sortby: ' datetime' }).data?.sortby).toEqual([{ property: 'acquiredFrom', direction: 'asc' }]);
  });

  it('never fails other than by saying what is wrong', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('bbox', 'limit', 'datetime', 'intersects', 'sortby', 'query', 'fields', 'q'),
          fc.jsonValue(),
        ),
        (body) => {
          const result = post(body);
          expect(result.success || result.error.issues.length > 0).toBe(true);
        },
      ),
    );
  });
});
