import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import { parseQuery } from './stac-query.js';

describe('the Query extension', () => {
  it.each([
    [{ 'eo:cloud_cover': { lt: 10 } }, [{ op: 'lt', property: 'cloudCover', value: 10 }]],
    [
      { 'properties.eo:cloud_cover': { gte: '5', lte: 10 } },
      [
        { op: 'ge', property: 'cloudCover', value: '5' },
        { op: 'le', property: 'cloudCover', value: 10 },
      ],
    ],
    [{ platform: { neq: 'sentinel-2a' } }, [{ op: 'ne', property: 'platform', value: 'sentinel-2a' }]],
    [{ id: { startsWith: 'S2_' } }, [{ op: 'like', property: 'id', pattern: 'S2\\_%' }]],
    [{ id: { endsWith: '\\' } }, [{ op: 'like', property: 'id', pattern: '%\\\\' }]],
    [{ 'grid:code': { contains: '32U' } }, [{ op: 'like', property: 'gridCode', pattern: '%32U%' }]],
    [{ latest: { eq: true } }, [{ op: 'isNull', property: 'successor' }]],
    [{ latest: { neq: true } }, [{ op: 'not', arg: { op: 'isNull', property: 'successor' } }]],
    [{ platform: { in: ['a', 'b'] } }, [{ op: 'in', property: 'platform', values: ['a', 'b'] }]],
    [
      { end_datetime: { gte: '2024-06-01T00:00:00Z' } },
      [{ op: 'ge', property: 'acquiredTo', value: new Date('2024-06-01') }],
    ],
  ])('%j', (query, filters) => {
    expect(parseQuery(query as Record<string, unknown>)).toEqual(filters);
  });

  it('reads numbers said as text both ways where a property is outside the vocabulary, as eodag sends them', () => {
    expect(parseQuery({ level: { eq: '20' } })).toEqual([{ op: 'in', property: 'extra:level', values: [20, '20'] }]);
    expect(parseQuery({ level: { neq: '20' } })).toMatchObject([{ op: 'not', arg: { op: 'in' } }]);
    expect(parseQuery({ level: { lt: '20' } })).toEqual([{ op: 'lt', property: 'extra:level', value: 20 }]);
    expect(parseQuery({ level: { eq: 'twenty' } })).toEqual([{ op: 'eq', property: 'extra:level', value: 'twenty' }]);
  });

  it.each<Record<string, unknown>>([
    { 'eo:cloud_cover': 10 },
    { 'eo:cloud_cover': null },
    { 'eo:cloud_cover': { below: 10 } },
    { 'eo:cloud_cover': { toString: 10 } },
    { 'eo:cloud_cover': { lt: null } },
    { 'eo:cloud_cover': { in: 10 } },
    { 'eo:cloud_cover': { lt: { value: 10 } } },
    Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`p${at}`, { eq: 1 }])),
  ])('refuses %j', (query) => {
    expect(() => parseQuery(query)).toThrow(InvalidError);
  });
});
