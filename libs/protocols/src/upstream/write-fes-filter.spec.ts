import { describe, expect, it } from '@jest/globals';
import type { Filter } from '#domain/catalog/catalog-query.js';
import { CSW_NAMES } from '../csw/csw-queryables.js';
import { parseFilter } from '../fes/parse-filter.js';
import { parseXml } from '../xml/parse-xml.js';
import { writeXml } from '../xml/write-xml.js';
import { el } from '../xml/xml-element.js';
import { writeFesFilter } from './write-fes-filter.js';

const NAMESPACES = { 'xmlns:ogc': 'http://www.opengis.net/ogc', 'xmlns:gml': 'http://www.opengis.net/gml' };
const written = (filter: Filter): string => writeXml(el('root', NAMESPACES, writeFesFilter(filter)));

/** What another Frombork understands of it. */
const understood = (filter: Filter): Filter => {
  const [root] = parseXml(written(filter)).children;
  if (root === undefined || typeof root === 'string') throw new Error('no filter');
  return parseFilter(root, CSW_NAMES);
};

const title = 'dc:title';

describe('writeFesFilter (OGC 04-095): another catalogue understands what was meant', () => {
  it.each<Filter>([
    { op: 'eq', property: title, value: `a "quoted" <&> 'text'` },
    { op: 'ne', property: title, value: 'x' },
    { op: 'lt', property: 'dct:modified', value: '2024-01-01T00:00:00Z' },
    { op: 'ge', property: 'dct:modified', value: '2024-01-01' },
    { op: 'between', property: 'dct:modified', lower: '2024-01-01', upper: '2024-02-01' },
    { op: 'like', property: title, pattern: '%S2\\_A_x\\%' },
    { op: 'isNull', property: title },
    { op: 'not', arg: { op: 'isNull', property: title } },
    {
      op: 'and',
      args: [
        { op: 'eq', property: title, value: 'x' },
        {
          op: 'or',
          args: [
            { op: 'eq', property: title, value: 'y' },
            { op: 'isNull', property: 'dc:creator' },
          ],
        },
      ],
    },
  ])('%j', (filter) => expect(understood(filter)).toEqual(filter));

  it('asks for one of several values by as many conditions, and for an area by its box', () => {
    expect(understood({ op: 'in', property: title, values: ['x', 'y'] })).toEqual({
      op: 'or',
      args: [
        { op: 'eq', property: title, value: 'x' },
        { op: 'eq', property: title, value: 'y' },
      ],
    });
    const triangle: Filter = {
      op: 'spatial',
      relation: 'intersects',
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [5, 47],
            [15, 47],
            [10, 55],
            [5, 47],
          ],
        ],
      },
    };
    expect(JSON.stringify(understood(triangle))).toContain('[[[5,47],[15,47],[15,55],[5,55],[5,47]]]');
  });

  it.each<Filter>([
    { op: 'constant', value: true },
    { op: 'and', args: [] },
    { op: 'temporal', relation: 'overlaps', interval: {} },
    { op: 'spatial', relation: 'disjoint', geometry: { type: 'Point', coordinates: [1, 2] } },
    Array.from({ length: 1000 }).reduce<Filter>((arg) => ({ op: 'not', arg }), { op: 'isNull', property: title }),
  ])('says what cannot be asked elsewhere (%#)', (filter) => {
    expect(() => written(filter)).toThrow(/other catalogues/i);
  });
});
