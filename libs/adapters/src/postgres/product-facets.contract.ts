import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FacetDefinition } from '#domain/catalog/facets.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import { testBox, testProduct } from '#test/support/catalogue-products.js';
import type { StartedCatalogue } from './product-store.contract.js';

/** Ground on either side of the antimeridian, more of it in the west of it. */
const CUT: Geometry = {
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [177, 10],
        [180, 10],
        [180, 11],
        [177, 11],
        [177, 10],
      ],
    ],
    [
      [
        [-180, 10],
        [-179, 10],
        [-179, 11],
        [-180, 11],
        [-180, 10],
      ],
    ],
  ],
};

const PRODUCTS = [
  testProduct('one', { acquiredFrom: new Date('2024-02-29T23:59:59Z'), properties: { cloudCover: 5, tile: '32UQD' } }),
  testProduct('two', { acquiredFrom: new Date('2024-03-01T00:00:00Z'), properties: { cloudCover: 40, tile: '32UQD' } }),
  testProduct('three', { acquiredFrom: new Date('2024-03-04T00:10:00Z'), properties: { tile: '33UUU' } }),
  testProduct('four', {
    collection: 'b',
    acquiredFrom: new Date('2024-03-04T00:50:00Z'),
    geometry: testBox(-60, -10, -59, -9),
    properties: { cloudCover: -1 },
  }),
  testProduct('five', { acquiredFrom: new Date('2024-04-01T12:00:00Z'), geometry: null }),
  testProduct('six', { acquiredFrom: new Date('2024-04-01T12:00:00Z'), geometry: CUT }),
];

/** Counting by the ProductCatalog port. */
export function productFacetsContract(name: string, start: () => Promise<StartedCatalogue>): void {
  describe(`ProductCatalog facets contract: ${name}`, () => {
    let started: StartedCatalogue;
    beforeAll(async () => {
      started = await start();
      await started.store.publish(PRODUCTS, { source: 'test' });
    }, 180_000);
    afterAll(() => started?.stop());

    const count = async (facet: FacetDefinition, collections?: string[]) => {
      const query = collections === undefined ? {} : { collections };
      const [counted] = await started.catalog.facets({ query, facets: [facet] });
      const { values, others, exact, hasMore } = counted!;
      expect(exact).toBe(true);
      return [...values.map((each) => `${each.value} ${each.count}`), ...(hasMore ? [`others ${others}`] : [])];
    };

    it.each<[FacetDefinition, string[]]>([
      [{ name: 'year', kind: 'time' }, ['2024 6']],
      [{ name: 'quarter', kind: 'time' }, ['2024-01 4', '2024-04 2']],
      [{ name: 'month', kind: 'time' }, ['2024-02 1', '2024-03 3', '2024-04 2']],
      [{ name: 'week', kind: 'time' }, ['2024-02-26 2', '2024-03-04 2', '2024-04-01 2']],
      [{ name: 'hour', kind: 'time' }, ['2024-02-29T23 1', '2024-03-01T00 1', '2024-03-04T00 2', '2024-04-01T12 2']],
      [
        { name: 'cloudCover', kind: 'range', bounds: [0, 5, 20.5, 40] },
        ['*-0 1', '0-5 0', '5-20.5 1', '20.5-40 0', '40-* 1'],
      ],
      [{ name: 'cloudCover', kind: 'range', bounds: [5] }, ['*-5 1', '5-* 2']],
      [{ name: 'tile', kind: 'value' }, ['32UQD 2', '33UUU 1']],
      [{ name: 'tile', kind: 'value', most: 1 }, ['32UQD 2', 'others 1']],
      [{ name: 'collection', kind: 'value', most: 1 }, ['a 5', 'others 1']],
      [{ name: 'footprint', kind: 'place', precision: 1 }, ['u 3', '6 1', 'x 1']],
      [{ name: 'footprint', kind: 'place', precision: 3 }, ['u0z 3', '6wm 1', 'xcy 1']],
    ])('counts by %j', async (facet, expected) => {
      expect(await count(facet)).toEqual(expected);
    });

    it('counts several facets of one property in the order asked, some by tallies and some by rows', async () => {
      const facets: FacetDefinition[] = [
        { name: 'hour', kind: 'time' },
        { name: 'cloudCover', kind: 'decile' },
        { name: 'year', kind: 'time' },
        { name: 'cloudCover', kind: 'range', bounds: [10] },
      ];
      const counted = await started.catalog.facets({ query: { collections: ['b'] }, facets });
      expect(counted.map(({ values }) => values.filter(({ count: n }) => n > 0).map(({ value }) => value))).toEqual([
        ['2024-03-04T00'],
        ['0-10'],
        ['2024'],
        ['*-10'],
      ]);
    });

    it.each<FacetDefinition>([
      { name: 'constructor', kind: 'time' },
      { name: 'cloudCover', kind: 'range', bounds: [] },
      { name: 'cloudCover', kind: 'range', bounds: [2, 1] },
      { name: 'cloudCover', kind: 'range', bounds: [Number.NaN] },
      { name: 'footprint', kind: 'place', precision: 13 },
      { name: "x'; select", kind: 'value' },
    ])('refuses %j', async (facet) => {
      await expect(count(facet)).rejects.toMatchObject({ name: 'InvalidError' });
    });
  });
}
