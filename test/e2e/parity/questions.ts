import type { ComparisonOperator, Filter, Literal, SortKey } from '#domain/catalog/catalog-query.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import type { Question } from './question.js';

const L1C = ['sentinel-2-l1c'];
const L2A = ['sentinel-2-l2a'];
const GRD = ['sentinel-1-grd'];

const NEWEST: readonly SortKey[] = [{ property: 'acquiredFrom', direction: 'desc' }];
const OLDEST: readonly SortKey[] = [{ property: 'acquiredFrom', direction: 'asc' }];
const CLEAREST: readonly SortKey[] = [{ property: 'cloudCover', direction: 'asc' }];

const is = (property: string, op: ComparisonOperator, value: Literal): Filter => ({ op, property, value });
const and = (...args: readonly Filter[]): Filter => ({ op: 'and', args });
const or = (...args: readonly Filter[]): Filter => ({ op: 'or', args });
const not = (arg: Filter): Filter => ({ op: 'not', arg });
const anyOf = (property: string, ...values: readonly Literal[]): Filter => ({ op: 'in', property, values });
const between = (property: string, lower: Literal, upper: Literal): Filter => ({
  op: 'between',
  property,
  lower,
  upper,
});
const on = (geometry: Geometry): Filter => ({ op: 'spatial', relation: 'intersects', geometry });
const box = (west: number, south: number, east: number, north: number): Filter =>
  on(boundingBoxArea([west, south, east, north]));
const like = (property: string, pattern: string): Filter => ({ op: 'like', property, pattern });
const begun = (from: string, to: string): Filter =>
  and(is('acquiredFrom', 'ge', new Date(from)), is('acquiredFrom', 'le', new Date(to)));

const GERMANY = box(5.9, 47.2, 15.2, 55);
const TRIANGLE: Geometry = {
  type: 'Polygon',
  coordinates: [
    [
      [6, 47],
      [16, 49],
      [10, 55],
      [6, 47],
    ],
  ],
};
const POINT: Geometry = { type: 'Point', coordinates: [11.58, 48.14] };

interface Asked {
  readonly collections?: readonly string[];
  readonly sort?: readonly SortKey[];
  readonly limit?: number;
  readonly offset?: number;
}

const ask = (title: string, filter: Filter | undefined, asked: Asked = {}): Question => ({
  title,
  ...(filter === undefined ? {} : { filter }),
  sort: NEWEST,
  limit: 20,
  offset: 0,
  ...asked,
});

/** What everybody is asked. Acquisition times are asked by their begin, which every door can say; overlaps by those that can. */
export const QUESTIONS: readonly Question[] = [
  ask('everything, newest first', undefined),
  ask('everything, oldest first', undefined, { sort: OLDEST }),
  ask('the third page of everything', undefined, { offset: 40 }),
  ask('a page deep inside everything', undefined, { offset: 50_000 }),
  ask('a page of one', undefined, { limit: 1, offset: 7 }),
  ask('one collection', undefined, { collections: L1C }),
  ask('one collection, oldest first', undefined, { collections: L2A, sort: OLDEST }),
  ask('a deep page of one collection', undefined, { collections: L2A, offset: 20_000 }),
  ask('a radar collection', undefined, { collections: GRD }),
  ask('an atmospheric collection', undefined, { collections: ['sentinel-5p-l2-no2'] }),

  ask('a month', begun('2023-06-01T00:00:00Z', '2023-06-30T23:59:59.999Z')),
  ask('a day', begun('2023-06-15T00:00:00Z', '2023-06-15T23:59:59.999Z')),
  ask('a collection in a year', begun('2021-01-01T00:00:00Z', '2021-12-31T23:59:59.999Z'), { collections: L1C }),
  ask('after an instant', is('acquiredFrom', 'gt', new Date('2026-09-01T12:00:00Z')), { sort: OLDEST }),
  ask('before an instant', is('acquiredFrom', 'lt', new Date('2015-09-01T12:00:00Z'))),
  ask('an interval that nothing falls into', begun('2014-01-01T00:00:00Z', '2014-02-01T00:00:00Z')),
  ask('what overlaps an interval', {
    op: 'temporal',
    relation: 'overlaps',
    interval: { start: new Date('2022-03-01T00:00:00Z'), end: new Date('2022-03-02T00:00:00Z') },
  }),
  ask('ended before an instant', is('acquiredTo', 'lt', new Date('2015-10-01T00:00:00Z'))),

  ask('a box', GERMANY),
  ask('a box and a collection', GERMANY, { collections: L2A }),
  ask('a small box', box(11, 48, 12, 48.5)),
  ask('a point', on(POINT)),
  ask('a polygon', on(TRIANGLE)),
  ask('a polygon and a collection, oldest first', on(TRIANGLE), { collections: L1C, sort: OLDEST }),
  ask('a box over the antimeridian', box(170, -30, -170, 30)),
  ask('a box around the north pole', box(-180, 75, 180, 90)),
  ask('the southern hemisphere', box(-180, -90, 180, 0)),
  ask('a box in the sea', box(-40, -50, -39, -49)),

  ask('less than ten per cent of cloud', is('cloudCover', 'lt', 10)),
  ask('ten to twenty per cent of cloud', between('cloudCover', 10, 20)),
  ask('no cloud at all', is('cloudCover', 'eq', 0)),
  ask('all cloud', is('cloudCover', 'ge', 99.5), { collections: L2A }),
  ask('clearest first', is('cloudCover', 'le', 30), { sort: CLEAREST, collections: L2A }),
  ask(
    'region, month and cloud',
    and(GERMANY, ...conditions(begun('2023-05-01T00:00:00Z', '2023-05-31T23:59:59.999Z')), is('cloudCover', 'lt', 20)),
    { collections: L2A },
  ),
  ask('region and cloud, clearest first', and(GERMANY, is('cloudCover', 'lt', 50)), {
    collections: L2A,
    sort: CLEAREST,
  }),
  ask('the second page of region and cloud', and(GERMANY, is('cloudCover', 'lt', 20)), { offset: 20 }),

  ask('a product type', is('productType', 'eq', 'S2MSI2A')),
  ask('a product type of two', or(is('productType', 'eq', 'S2MSI1C'), is('productType', 'eq', 'OL_1_EFR___'))),
  ask('a satellite', is('platform', 'eq', 'sentinel-2b')),
  ask('a mission', is('constellation', 'eq', 'sentinel-3')),
  ask('an instrument', is('instrument', 'eq', 'c-sar')),
  ask('descending', is('orbitDirection', 'eq', 'descending'), { collections: GRD }),
  ask('ascending', is('orbitDirection', 'eq', 'ascending')),
  ask('a relative orbit', is('relativeOrbit', 'eq', 65)),
  ask('relative orbits from to', between('relativeOrbit', 60, 65)),
  ask('some relative orbits', anyOf('relativeOrbit', 1, 2, 3)),
  ask('absolute orbits from on', is('absoluteOrbit', 'ge', 60_000)),
  ask('a sensor mode', is('instrumentMode', 'eq', 'IW')),
  ask('a swath', is('swath', 'eq', 'IW'), { sort: OLDEST }),
  ask('a polarisation', is('polarisations', 'eq', 'VH')),
  ask('a processing level', is('processingLevel', 'eq', 'L1C')),
  ask('a timeliness', is('timeliness', 'eq', 'Fast-24h')),
  ask('a tile', is('tile', 'eq', '32UPU')),
  ask('names of a satellite', like('id', 'S2A\\_%'), { collections: L1C }),
  ask('names with something inside', like('id', '%\\_IW\\_GRDH\\_%')),

  ask('either cloudless or of Sentinel-3', or(is('cloudCover', 'lt', 1), is('constellation', 'eq', 'sentinel-3'))),
  ask('not Sentinel-2', not(is('constellation', 'eq', 'sentinel-2'))),
  // Of products that all have the property: whether one without it is "not cloudy", the standards answer in two ways.
  ask('not cloudy', not(is('cloudCover', 'gt', 10)), { collections: L2A }),
  ask('two places', or(box(11, 48, 12, 49), box(8, 50, 9, 51))),
  ask(
    'conditions within conditions',
    and(
      or(is('platform', 'eq', 'sentinel-2a'), is('platform', 'eq', 'sentinel-1a')),
      not(is('relativeOrbit', 'lt', 100)),
      GERMANY,
    ),
  ),
  ask('published here since long ago', is('published', 'ge', new Date('2020-01-01T00:00:00Z')), { limit: 5 }),
  ask('metadata without data', is('online', 'eq', 'metadata-only'), { limit: 5, collections: GRD }),
  ask('in the order of publication', undefined, {
    sort: [{ property: 'published', direction: 'desc' }],
    collections: ['sentinel-5p-l2-ch4'],
  }),
  ask('by the end of acquisition', undefined, {
    sort: [{ property: 'acquiredTo', direction: 'asc' }],
    collections: GRD,
  }),
];

function conditions(filter: Filter): readonly Filter[] {
  return filter.op === 'and' ? filter.args : [filter];
}
