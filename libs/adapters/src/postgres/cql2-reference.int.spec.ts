import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Geometry } from '#domain/geometry/geometry.js';
import type { Product } from '#domain/product/product.js';
import type { Cql2 } from '#protocols/cql2/cql2.js';
import { compileCql2 } from '#protocols/cql2/compile-cql2.js';
import { parseCql2Json } from '#protocols/cql2/parse-cql2-json.js';
import { parseCql2Text } from '#protocols/cql2/parse-cql2-text.js';
import { stacName } from '#protocols/stac/stac-names.js';
import { testBox, testCollection, testProduct } from '#test/support/catalogue-products.js';
import { testDatabases, type TestDatabase } from '#test/support/database.js';
import { seedCollections } from './catalog-collections.js';
import { PostgresProductCatalog } from './postgres-product-catalog.js';
import { PostgresProductStore } from './postgres-product-store.js';

const at = (text: string) => new Date(`${text}Z`);
const ring = (west: number, east: number) =>
  (testBox(west, 10, east, 11) as Extract<Geometry, { type: 'Polygon' }>).coordinates;

/** A and B overlap in Germany, R is a radar around both, P lies across the antimeridian, N is nowhere and has nothing. */
const PRODUCTS: readonly Product[] = [
  testProduct('A', {
    acquiredFrom: at('2024-06-01T10:00:00'),
    acquiredTo: at('2024-06-01T10:00:30'),
    properties: {
      platform: 'sentinel-2a',
      instrument: 'msi',
      cloudCover: 10,
      snowCover: 5,
      relativeOrbit: 22,
      absoluteOrbit: 100,
      sunElevation: 60,
      orbitDirection: 'descending',
      processed: at('2024-06-01T12:00:00'),
    },
    extra: {
      owner: 'Beyoncé',
      road: 'Straße',
      greek: 'Οδος',
      tags: ['a', 'b'],
      numbers: [1, 2, true],
      level: 3,
      ratio: 2,
      zero: 0,
      flag: true,
      begins: '2024-06-01T00:00:00Z',
      ends: '2024-06-03T00:00:00Z',
    },
  }),
  testProduct('B', {
    acquiredFrom: at('2024-06-02T10:00:00'),
    properties: { platform: 'sentinel-2a', cloudCover: 50.5, relativeOrbit: 65, absoluteOrbit: 65 },
    geometry: testBox(10.5, 50.5, 11.5, 51.5),
    extra: { owner: 'BEYONCE', road: 'STRASSE', tags: ['b', 'c'], level: '3', zero: 0, flag: false, begins: 'once' },
  }),
  testProduct('R', {
    collection: 'b',
    acquiredFrom: at('2024-05-31T23:00:00'),
    acquiredTo: at('2024-06-01T01:00:00'),
    properties: { platform: 'sentinel-1a', instrument: 'c-sar', polarisations: ['VV', 'VH'] },
    geometry: testBox(9, 49, 12, 52),
    extra: { owner: 'beyoncé', greek: 'ΟΔΟΣ', tags: [], ratio: -8, level: 2.5 },
  }),
  testProduct('P', {
    collection: 'b',
    acquiredFrom: at('2023-01-01T00:00:00'),
    geometry: { type: 'MultiPolygon', coordinates: [ring(179, 180), ring(-180, -179)] },
    properties: { cloudCover: 0 },
    extra: { tags: ['a', 'b', 'a'], ratio: 1e308, tiny: 1e-300, level: 'three' },
  }),
  testProduct('N', { geometry: null, acquiredFrom: at('1999-01-01T00:00:00') }),
];

/** Filters of each conformance class of OGC 21-065r2 and the products they let through. */
const FILTERS: Readonly<Record<string, readonly (readonly [cql2: string, ids: string])[]>> = {
  'basic-cql2 (§6)': [
    [`platform = 'sentinel-2a'`, 'A B'],
    [`platform <> 'sentinel-2a'`, 'R'],
    [`NOT platform = 'sentinel-2a'`, 'R'],
    [`eo:cloud_cover < 10 OR eo:cloud_cover > 50`, 'B P'],
    [`10 >= eo:cloud_cover`, 'A P'],
    [`eo:cloud_cover >= 10 AND properties.sat:relative_orbit <= 22`, 'A'],
    [`eo:cloud_cover IS NULL`, 'N R'],
    [`eo:cloud_cover IS NOT NULL`, 'A B P'],
    [`geometry IS NULL`, 'N'],
    [`geometry IS NOT NULL`, 'A B P R'],
    [`flag = TRUE`, 'A'],
    [`flag`, 'A'],
    [`NOT flag`, 'B'],
    [`(eo:cloud_cover < 20) = FALSE`, 'B'],
    [`TRUE`, 'A B N P R'],
    [`1 = 2`, ''],
    [`datetime = DATE('2024-06-01')`, 'A'],
    [`datetime <> DATE('2024-06-01')`, 'B N P R'],
    [`datetime <= DATE('2024-05-31')`, 'N P R'],
    [`datetime > DATE('2024-06-01')`, 'B'],
    [`datetime >= TIMESTAMP('2024-06-01T10:00:00Z')`, 'A B'],
    [`processing:datetime < TIMESTAMP('2024-06-01T12:00:00.001Z')`, 'A'],
    [`colour = 'blue'`, ''],
    [`colour IS NULL AND collection = 'b'`, 'P R'],
  ],
  'advanced-comparison-operators (§7.2)': [
    [`platform LIKE 'sentinel-_a'`, 'A B R'],
    [`platform NOT LIKE '%2_'`, 'R'],
    [`eo:cloud_cover BETWEEN 0 AND 10`, 'A P'],
    [`eo:cloud_cover NOT BETWEEN 0 AND 10`, 'B'],
    [`datetime BETWEEN DATE('2024-05-31') AND DATE('2024-06-01')`, 'A R'],
    [`id IN ('A', 'N', 'X')`, 'A N'],
    [`sat:relative_orbit NOT IN (22, 23)`, 'B'],
    [`datetime IN (DATE('2024-06-02'), TIMESTAMP('2023-01-01T00:00:00Z'))`, 'B P'],
    [`eo:cloud_cover BETWEEN eo:snow_cover AND 10`, 'A'],
  ],
  'case-insensitive-comparison (§7.3)': [
    [`CASEI(platform) = CASEI('SENTINEL-2A')`, 'A B'],
    [`CASEI(platform) IN (CASEI('Sentinel-1A'), CASEI('x'))`, 'R'],
    [`CASEI(platform) LIKE CASEI('SENT%1A')`, 'R'],
    [`CASEI(road) = CASEI('strasse')`, 'A B'],
    [`CASEI(greek) IN (CASEI('οδοσ'))`, 'A R'],
    [`CASEI(owner) = CASEI('BEYONCÉ')`, 'A R'],
    [`CASEI(id) IN (CASEI('a'), 'n', CASEI('X'))`, 'A N'],
    [`CASEI(id) = CASEI('a%')`, ''],
    [`NOT CASEI(id) = CASEI('a')`, 'B N P R'],
    [`NOT CASEI(platform) = CASEI('Nothing')`, 'A B R'],
    [`CASEI(platform) <> CASEI('SENTINEL-2A')`, 'R'],
    [`CASEI(platform) = ''`, ''],
    [`owner LIKE CASEI('BEYONC_')`, 'R'],
  ],
  'accent-insensitive-comparison (§7.4)': [
    [`ACCENTI(owner) = ACCENTI('Beyonce')`, 'A'],
    [`ACCENTI(CASEI(owner)) = ACCENTI(CASEI('BEYONCÉ'))`, 'A B R'],
    [`ACCENTI(owner) LIKE ACCENTI('%yoncé')`, 'A R'],
    [`ACCENTI(owner) <> 'Beyonce'`, 'B R'],
  ],
  'spatial functions (§7.6 to §7.8)': [
    [`S_INTERSECTS(geometry, POINT(10.2 50.2))`, 'A R'],
    [`S_INTERSECTS(BBOX(179.5, 10, -179.5, 10.5), geometry)`, 'P'],
    [`S_DISJOINT(geometry, BBOX(0, 40, 20, 60))`, 'P'],
    [`S_WITHIN(geometry, BBOX(9.5, 49.5, 11.2, 51.2))`, 'A'],
    [`S_WITHIN(POINT(11.2 51.2), geometry)`, 'B R'],
    [`S_CONTAINS(geometry, POLYGON((10.6 50.6, 10.9 50.6, 10.9 50.9, 10.6 50.6)))`, 'A B R'],
    [`S_CONTAINS(BBOX(9.5, 49.5, 11.2, 51.2), geometry)`, 'A'],
    [`S_EQUALS(geometry, POLYGON((10 50, 11 50, 11 51, 10 51, 10 50)))`, 'A'],
    [`S_TOUCHES(geometry, POINT(10 50))`, 'A'],
    [`S_OVERLAPS(geometry, POLYGON((10 50, 11 50, 11 51, 10 51, 10 50)))`, 'B'],
    [`S_CROSSES(geometry, LINESTRING(10.2 40, 10.2 60))`, 'A R'],
    [`S_INTERSECTS(geometry, geometry)`, 'A B P R'],
    [`S_INTERSECTS(POINT(1 1), BBOX(0, 0, 2, 2)) AND id = 'N'`, 'N'],
    [`S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(9.5 49.5), POINT(180 10.5)))`, 'P R'],
  ],
  'temporal-functions (§7.9)': [
    [`T_AFTER(datetime, TIMESTAMP('2024-06-01T10:00:30Z'))`, 'B'],
    [`T_BEFORE(datetime, DATE('2024-06-01'))`, 'N P'],
    [`T_INTERSECTS(datetime, DATE('2024-06-01'))`, 'A R'],
    [`T_DISJOINT(datetime, INTERVAL('2023-01-01', '2024-06-01'))`, 'B N'],
    [`T_EQUALS(datetime, INTERVAL('2024-06-01T10:00:00Z', '2024-06-01T10:00:30Z'))`, 'A'],
    [`T_DURING(INTERVAL(start_datetime, end_datetime), INTERVAL('2024-05-31T23:00:00Z', '..'))`, 'A B'],
    [`T_CONTAINS(datetime, TIMESTAMP('2024-06-01T00:30:00Z'))`, 'R'],
    [`T_CONTAINS(INTERVAL('2024-06-01', '2024-06-02'), datetime)`, 'A B'],
    [`T_STARTS(datetime, INTERVAL('2024-05-31T23:00:00Z', '2024-06-02T00:00:00Z'))`, 'R'],
    [`T_STARTEDBY(datetime, INTERVAL('2024-06-01T10:00:00Z', '2024-06-01T10:00:10Z'))`, 'A'],
    [`T_FINISHES(datetime, INTERVAL('2024-06-01', '2024-06-01T01:00:00Z'))`, ''],
    [`T_FINISHES(datetime, INTERVAL('2024-05-01', '2024-06-01T01:00:00Z'))`, 'R'],
    [`T_FINISHEDBY(datetime, INTERVAL('2024-06-01', '2024-06-01T01:00:00Z'))`, 'R'],
    [`T_MEETS(datetime, INTERVAL('2024-06-01T01:00:00Z', '..'))`, 'R'],
    [`T_METBY(datetime, INTERVAL('..', '2024-06-02T10:00:00Z'))`, 'B'],
    [`T_OVERLAPS(datetime, INTERVAL('2024-06-01', '2024-06-02'))`, 'R'],
    [`T_OVERLAPPEDBY(datetime, INTERVAL('2024-05-01', '2024-06-01'))`, ''],
    [`T_OVERLAPPEDBY(datetime, INTERVAL('2024-05-01', '2024-06-01T10:00:10Z'))`, 'A'],
    [`T_DURING(datetime, INTERVAL(begins, ends))`, 'A'],
    [`T_AFTER(processing:datetime, datetime)`, 'A'],
    [`T_INTERSECTS(INTERVAL(begins, '..'), DATE('2025-01-01'))`, 'A'],
    [`T_MEETS(datetime, INTERVAL('2024-06-01T01:00:00Z', '2024-06-02'))`, 'R'],
    [`T_METBY(datetime, INTERVAL('2024-06-01', '2024-06-02T10:00:00Z'))`, 'B'],
    [`T_AFTER(processing:datetime, TIMESTAMP('2024-06-01T11:00:00Z'))`, 'A'],
    [`T_BEFORE(processing:datetime, INTERVAL('2024-06-02', '2024-06-03'))`, 'A'],
    [`T_EQUALS(processing:datetime, TIMESTAMP('2024-06-01T12:00:00Z'))`, 'A'],
    [`T_AFTER(DATE('2024-06-02'), INTERVAL(begins, begins))`, 'A'],
  ],
  'array-functions (§7.10)': [
    [`A_CONTAINS(tags, ('a', 'b'))`, 'A P'],
    [`A_CONTAINEDBY(tags, ('a', 'b'))`, 'A P R'],
    [`A_EQUALS(tags, ('b', 'a'))`, 'A P'],
    [`A_OVERLAPS(tags, ('c', 'd', 'a'))`, 'A B P'],
    [`A_OVERLAPS(('VH', 'HH'), sar:polarizations)`, 'R'],
    [`A_EQUALS(sar:polarizations, ('VH', 'VV'))`, 'R'],
    [`A_CONTAINEDBY(('VV'), sar:polarizations)`, 'R'],
    [`A_CONTAINS(instruments, ('msi'))`, 'A'],
    [`NOT A_CONTAINS(instruments, ('msi'))`, 'R'],
    [`A_CONTAINS(instruments, ('msi', 'c-sar'))`, ''],
    [`A_CONTAINS(instruments, ())`, 'A R'],
    [`A_EQUALS(instruments, ('msi', 'msi'))`, 'A'],
    [`A_CONTAINEDBY(instruments, ('msi', 'c-sar', 'x'))`, 'A R'],
    [`A_OVERLAPS(('x', 'c-sar'), instruments)`, 'R'],
    [`A_CONTAINS(numbers, (1.0, TRUE))`, 'A'],
    [`A_CONTAINS(tags, (CASEI('B')))`, 'A B P'],
    [`NOT A_CONTAINS(tags, ('a'))`, 'B R'],
  ],
  'property-property (§7.5)': [
    [`sat:relative_orbit = sat:absolute_orbit`, 'B'],
    [`eo:snow_cover < eo:cloud_cover`, 'A'],
    [`end_datetime > start_datetime`, 'A R'],
    [`level > ratio`, 'A R'],
    [`begins < ends`, 'A'],
    [`sat:relative_orbit > level`, 'A'],
  ],
  'arithmetic (§7.12)': [
    [`eo:cloud_cover * 2 + 1 = 21`, 'A'],
    [`sat:absolute_orbit - sat:relative_orbit > 0`, 'A'],
    [`2 ^ sat:relative_orbit > 1e19`, 'B'],
    [`sat:relative_orbit % 2 = 0`, 'A'],
    [`sat:relative_orbit div 10 = 6`, 'B'],
    [`eo:cloud_cover / zero > 0`, ''],
    [`(eo:cloud_cover / zero) IS NULL`, 'A B N P R'],
    [`ratio ^ 0.5 > 1 AND ratio < 10`, 'A'],
    [`ratio * ratio * ratio > 0`, 'A'],
    [`tiny * tiny = 0`, ''],
    [`level + 1 > 3`, 'A R'],
    [`(-2) ^ 3 = ratio`, 'R'],
  ],
  'functions (§7.11)': [
    [`month(datetime) IN (6, 7, 8)`, 'A B'],
    [`year(datetime) = 1999`, 'N'],
    [`year(datetime) <> 2024`, 'N P'],
    [`year(processing:datetime) <= 2024`, 'A'],
    [`year(datetime) < 2023.5 AND year(datetime) > 1999`, 'P'],
    [`distance(geometry, POINT(10.5 50.5)) < 0`, ''],
    [`abs(ratio) = 8`, 'R'],
    [`max(eo:cloud_cover, 20) > 20`, 'B'],
    [`length(platform) = 11 AND dayOfYear(datetime) < 153`, 'R'],
    [`distance(geometry, POINT(12.5 51)) <= 100000`, 'B R'],
    [`distance(geometry, POINT(12.5 51)) < 100000 AND area(geometry) > 8000`, 'R'],
  ],
};

const REFUSED: readonly string[] = [
  `eo:cloud_cover < 'clear'`,
  `buffer(geometry, 10) = 1`,
  `S_WITHIN(geometry, Buffer(geometry, 10, 'm'))`,
  `S_INTERSECTS(platform, POINT(1 1))`,
  `geometry = 1`,
  `platform + 1 = 2`,
  `platform = eo:cloud_cover`,
  `tags LIKE platform`,
  `ACCENTI(id) LIKE ACCENTI('x\uFF3C')`,
  `sar:polarizations < 'VV'`,
  `A_CONTAINS(eo:cloud_cover, (1, 2))`,
  `T_BEFORE(datetime, INTERVAL('2024-02-01', '2024-01-01'))`,
  `T_AFTER(platform, DATE('2024-01-01'))`,
  `datetime > DATE('2024-02-31')`,
  `abs(1, 2) = 1`,
  `month(datetime)`,
  `S_TOUCHES(GEOMETRYCOLLECTION(POINT(1 1), POINT(2 2)), BBOX(0, 0, 1, 1))`,
  `S_EQUALS(POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)), BBOX(0, 0, 1, 1))`,
];

/** Numbers at the edges of what a database takes, of properties and literals, in every operation, a few levels deep. */
const { number } = fc.letrec<{ number: Cql2 }>((tie) => ({
  number: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'number' },
    { arbitrary: edges(), weight: 2 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom('+', '-', '*', '/', '%', 'div', '^', 'min', 'max'), tie('number'), tie('number'))
        .map(([op, ...args]): Cql2 => ({ op, args })),
      weight: 3,
    },
    {
      arbitrary: fc
        .tuple(fc.constantFrom('abs', 'floor', 'round', 'ceil'), tie('number'))
        .map(([op, arg]): Cql2 => ({ op, args: [arg] })),
      weight: 1,
    },
  ),
}));

function edges(): fc.Arbitrary<Cql2> {
  const literals = fc.constantFrom<Cql2>(0, 1, -1, 0.5, -2.5, 1e308, -1e308, 1e-308, 5e-324, 1e15, 3);
  const properties = ['eo:cloud_cover', 'sat:relative_orbit', 'ratio', 'tiny', 'zero', 'level', 'tags'];
  const calls = fc.constantFrom<Cql2>(
    { op: 'month', args: [named('datetime')] },
    { op: 'length', args: [{ op: 'accenti', args: [named('owner')] }] },
    { op: 'area', args: [named('geometry')] },
  );
  return fc.oneof(literals, fc.constantFrom(...properties).map(named), calls);
}

function named(property: string): Cql2 {
  return { property };
}

const TABLE = Object.entries(FILTERS).flatMap(([name, rows]) => rows.map(([cql2, ids]) => [name, cql2, ids] as const));

describe.each(testDatabases().map((kind) => [kind.name, kind] as const))('CQL2 on a reference set: %s', (_, kind) => {
  let database: TestDatabase;
  let catalog: PostgresProductCatalog;

  beforeAll(async () => {
    database = await kind.open();
    await seedCollections(database.sql, ['a', 'b'].map(testCollection));
    await new PostgresProductStore(database.sql).publish(PRODUCTS, { source: 'test' });
    catalog = new PostgresProductCatalog(database.sql, 'secret');
  }, 180_000);

  afterAll(async () => {
    await database?.close();
    await kind.stop();
  }, 60_000);

  const search = async (filter: ReturnType<typeof compileCql2>): Promise<string> => {
    const sort = [{ property: 'id', direction: 'asc' }] as const;
    const { products } = await catalog.search({ filter, sort, page: { kind: 'keyset', limit: 10 } });
    return products.map(({ id }) => id).join(' ');
  };

  it.each(TABLE)('%s: %s', async (_class, cql2, ids) => {
    const expression = parseCql2Text(cql2);
    expect(await search(compileCql2(expression, stacName))).toBe(ids);
    const json = parseCql2Json(JSON.parse(JSON.stringify(expression)));
    expect(compileCql2(json, stacName)).toEqual(compileCql2(expression, stacName));
  });

  it('computes whatever it is asked to: on every row it is true, false or absent, and never fails', async () => {
    const comparison = fc.tuple(fc.constantFrom('=', '<>', '<', '>='), number, number);
    await fc.assert(
      fc.asyncProperty(comparison, async ([op, ...operands]) => {
        const args = operands.map((each): Cql2 => ({ op: 'max', args: [each, each] }));
        const filter = compileCql2({ op, args }, stacName);
        const absent = args.map((arg): Cql2 => ({ op: 'isNull', args: [arg] }));
        const outcomes = [
          filter,
          { op: 'not', arg: filter } as const,
          compileCql2({ op: 'or', args: absent }, stacName),
        ];
        const found = await Promise.all(outcomes.map(search));
        const products = found.join(' ').split(' ').filter(Boolean);
        expect(products.toSorted()).toEqual(['A', 'B', 'N', 'P', 'R']);
      }),
      { numRuns: 50 },
    );
  }, 120_000);

  it.each(REFUSED)('refuses %s', async (cql2) => {
    const answer = (async () => search(compileCql2(parseCql2Text(cql2), stacName)))();
    await expect(answer).rejects.toMatchObject({ kind: 'invalid' });
  });
});
