import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Filter } from '#domain/catalog/catalog-query.js';
import type { PropertyValue } from '#domain/product/product.js';
import { testCollection, testProduct } from '#test/support/catalogue-products.js';
import { testDatabases, type TestDatabase } from '#test/support/database.js';
import { seedCollections } from './catalog-collections.js';
import { listValues } from './catalog-values.js';
import { compileFilter } from './compile-catalog-filter.js';
import { PostgresProductStore } from './postgres-product-store.js';
import { SqlParameters } from './sql-parameters.js';

const ANY_SIZE = { small: 0 };
const PLATFORMS = ['sentinel-2a', 'sentinel-2b', 'Sentinel-1A', 'Séntinel-3', undefined];
const ORBITS = [0, 7, 22, 143, undefined];

/** Every platform with every orbit, and some without either. */
const PRODUCTS = PLATFORMS.flatMap((platform, p) =>
  ORBITS.map((relativeOrbit, o) => {
    const properties = Object.entries({ platform, relativeOrbit }).filter(([, value]) => value !== undefined);
    const acquiredFrom = new Date(Date.UTC(2020 + p, o, 1));
    return testProduct(`P${p}-${o}`, {
      acquiredFrom,
      acquiredTo: acquiredFrom,
      properties: Object.fromEntries(properties) as Record<string, PropertyValue>,
    });
  }),
);

const platform = { kind: 'property', property: 'platform' } as const;
const orbit = { kind: 'property', property: 'relativeOrbit' } as const;
const literal = (value: string | number) => ({ kind: 'literal', value }) as const;

const conditions: fc.Arbitrary<Filter> = fc.oneof(
  fc
    .constantFrom('sentinel-2_', '%2A', 'S%', '%', 'nothing%')
    .chain((pattern) =>
      fc.boolean().map((caseInsensitive): Filter => ({ op: 'like', property: 'platform', pattern, caseInsensitive })),
    ),
  fc.constantFrom('sentinel-2a', 'other').map((value): Filter => ({ op: 'ne', property: 'platform', value })),
  fc.subarray([0, 7, 9]).map((values): Filter => ({ op: 'in', property: 'relativeOrbit', values })),
  fc.constantFrom('platform', 'relativeOrbit').map((property): Filter => ({ op: 'isNull', property })),
  fc.constantFrom(0, 1, 9).map((value): Filter => ({
    op: 'computed',
    test: {
      kind: 'compare',
      operator: 'eq',
      left: { kind: 'arithmetic', operator: '%', left: orbit, right: literal(7) },
      right: literal(value),
    },
  })),
  // Divided by nothing it is neither true nor false.
  fc.constant<Filter>({
    op: 'computed',
    test: {
      kind: 'compare',
      operator: 'gt',
      left: { kind: 'arithmetic', operator: '/', left: literal(70), right: orbit },
      right: literal(5),
    },
  }),
  fc.constant<Filter>({
    op: 'computed',
    test: {
      kind: 'compare',
      operator: 'eq',
      left: { kind: 'folded', without: 'accents', text: platform },
      right: literal('Sentinel-3'),
    },
  }),
  fc.constant<Filter>({ op: 'eq', property: 'id', value: 'P0-0' }),
);

const filters = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small' },
    conditions,
    tie('filter').map((arg): Filter => ({ op: 'not', arg })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('filter'), { minLength: 1, maxLength: 3 }))
      .map(([op, args]): Filter => ({ op, args })),
  ),
})).filter;

describe.each(testDatabases().map((kind) => [kind.name, kind] as const))(
  'conditions as lists of the values there are, on %s',
  (_name, kind) => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await kind.open();
      await seedCollections(database.sql, [testCollection('a')]);
      await new PostgresProductStore(database.sql).publish(PRODUCTS, { source: 'test' });
    }, 180_000);
    afterAll(async () => {
      await database?.close();
      await kind.stop();
    }, 60_000);

    const matching = async (filter: Filter): Promise<readonly string[]> => {
      const parameters = new SqlParameters();
      const condition = compileFilter(filter, { parameters, longestMs: 0, geometries: [] });
      const text = `select p.id from catalogue.product p where ${condition} order by p.id`;
      const rows = await database.sql.query<{ id: string }>(text, parameters.values);
      return rows.map(({ id }) => id);
    };

    it.each<[string, Filter, Filter]>([
      [
        'a pattern',
        { op: 'like', property: 'platform', pattern: '%2_' },
        { op: 'in', property: 'platform', values: ['sentinel-2a', 'sentinel-2b'] },
      ],
      [
        'a pattern whatever the case, one value',
        { op: 'like', property: 'platform', pattern: 'sentinel-1%', caseInsensitive: true },
        { op: 'eq', property: 'platform', value: 'Sentinel-1A' },
      ],
      [
        'a pattern nothing meets',
        { op: 'like', property: 'platform', pattern: 'nothing%' },
        { op: 'in', property: 'platform', values: [] },
      ],
      [
        'what is none of many',
        { op: 'not', arg: { op: 'in', property: 'relativeOrbit', values: [0, 7] } },
        { op: 'in', property: 'relativeOrbit', values: [22, 143] },
      ],
      [
        'an equality, as it is',
        { op: 'eq', property: 'platform', value: 'sentinel-2a' },
        { op: 'eq', property: 'platform', value: 'sentinel-2a' },
      ],
      [
        'a property with a value for each product, as it is',
        { op: 'like', property: 'id', pattern: '%1' },
        { op: 'like', property: 'id', pattern: '%1' },
      ],
    ])('says %s', async (_what, filter, expected) => {
      expect(await listValues(database.sql, filter, ANY_SIZE)).toEqual(expected);
    });

    it('finds the same, whatever is asked', async () => {
      await fc.assert(
        fc.asyncProperty(filters, async (filter) => {
          const listed = await listValues(database.sql, filter, ANY_SIZE);
          expect(listed).toBeDefined();
          expect(await matching(listed ?? filter)).toEqual(await matching(filter));
        }),
        { numRuns: 60 },
      );
    }, 300_000);

    it('leaves the filter of a small catalogue as it is', async () => {
      const filter: Filter = { op: 'like', property: 'platform', pattern: '%2_' };
      expect(await listValues(database.sql, filter)).toBe(filter);
    });

    it('leaves a property with more values than are looked at', async () => {
      const many = Array.from({ length: 501 }, (_, n) =>
        testProduct(`M${n}`, { properties: { processingBaseline: String(n) } }),
      );
      await new PostgresProductStore(database.sql).publish(many, { source: 'test' });
      const filter: Filter = { op: 'like', property: 'processingBaseline', pattern: '%7' };
      expect(await listValues(database.sql, filter, ANY_SIZE)).toBe(filter);
    }, 60_000);
  },
);
