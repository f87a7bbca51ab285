import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CatalogQuery, Filter, SortKey } from '#domain/catalog/catalog-query.js';
import { latestFilter } from '#domain/catalog/latest.js';
import { InvalidError } from '#domain/errors.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import type { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Product } from '#domain/product/product.js';
import { testBox, testProduct } from '#test/support/catalogue-products.js';
import type { StartedCatalogue } from './product-store.contract.js';

const CONTEXT = { source: 'test' };
const at = (text: string) => new Date(`${text}Z`);

/** Germany, a tile cut at the antimeridian, the north pole cap, no footprint: with and without each kind of property. */
const PRODUCTS: readonly Product[] = [
  testProduct('S2A_ONE', {
    properties: {
      platform: 'sentinel-2a',
      cloudCover: 10,
      relativeOrbit: 22,
      tile: '32UPC',
      processed: at('2024-06-01T12:00:00'),
    },
    extra: { mission: 'One', level: 3, flag: true, tags: ['x', 'y'], when: '2024-06-01T00:00:00+02:00', nothing: null },
    scene: { id: 'scene', version: '1' },
  }),
  testProduct('S2A_TWO', {
    acquiredFrom: at('2024-06-02T10:00:00'),
    properties: { platform: 'sentinel-2a', cloudCover: 50.5, relativeOrbit: 65 },
    extra: { mission: 'two', level: '3', when: 'yesterday' },
    geometry: testBox(10.5, 50.5, 11.5, 51.5),
    scene: { id: 'scene', version: '2' },
  }),
  testProduct('S1A_RADAR', {
    collection: 'b',
    acquiredFrom: at('2024-05-31T23:00:00'),
    acquiredTo: at('2024-06-01T01:00:00'),
    properties: { platform: 'sentinel-1a', polarisations: ['VV', 'VH'] },
    geometry: testBox(9, 49, 12, 52),
    online: 'offline',
  }),
  testProduct('DATELINE', {
    collection: 'b',
    acquiredFrom: at('2023-01-01T00:00:00'),
    geometry: { type: 'MultiPolygon', coordinates: [boxRing(179, 10, 180, 11), boxRing(-180, 10, -179, 11)] },
    properties: { cloudCover: 0 },
  }),
  testProduct('POLAR', {
    collection: 'b',
    acquiredFrom: at('2016-01-01T00:00:00'),
    geometry: testBox(-180, 80, 180, 90),
    properties: { cloudCover: 0, platform: '100%_\\x' },
  }),
  testProduct('NOWHERE', { geometry: null, acquiredFrom: at('1999-01-01T00:00:00') }),
];

function boxRing(west: number, south: number, east: number, north: number) {
  return (testBox(west, south, east, north) as Extract<Geometry, { type: 'Polygon' }>).coordinates;
}

const ring = (...positions: [number, number][]): Geometry => ({ type: 'Polygon', coordinates: [positions] });
const related = (relation: Extract<Filter, { op: 'spatial' }>['relation'], geometry: Geometry): Filter => ({
  op: 'spatial',
  relation,
  geometry,
});
const spatial = (geometry: Geometry): Filter => related('intersects', geometry);
const point = (longitude: number, latitude: number): Geometry => ({
  type: 'Point',
  coordinates: [longitude, latitude],
});
const time = (relation: Extract<Filter, { op: 'temporal' }>['relation'], start?: string, end?: string): Filter => ({
  op: 'temporal',
  relation,
  interval: { ...(start === undefined ? {} : { start: at(start) }), ...(end === undefined ? {} : { end: at(end) }) },
});
const cloud = (op: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge', value: number | string): Filter => ({
  op,
  property: 'cloudCover',
  value,
});
const not = (arg: Filter): Filter => ({ op: 'not', arg });
const and = (...args: Filter[]): Filter => ({ op: 'and', args });
const or = (...args: Filter[]): Filter => ({ op: 'or', args });
const like = (property: string, pattern: string, caseInsensitive = false): Filter => ({
  op: 'like',
  property,
  pattern,
  caseInsensitive,
});
const text = (words: string): Filter => ({ op: 'text', text: words });

const ALL = 'DATELINE NOWHERE POLAR S1A_RADAR S2A_ONE S2A_TWO';

/** Filter and the ids it lets through, in order of id. */
const FILTERS: readonly (readonly [string, Filter, string])[] = [
  ['eq', cloud('eq', 10), 'S2A_ONE'],
  ['eq with a number as text', cloud('eq', '50.5'), 'S2A_TWO'],
  ['ne leaves out absent values', cloud('ne', 10), 'DATELINE POLAR S2A_TWO'],
  ['not of a comparison leaves out absent values (CQL2 §6.5)', not(cloud('eq', 10)), 'DATELINE POLAR S2A_TWO'],
  ['lt', cloud('lt', 10), 'DATELINE POLAR'],
  ['le', cloud('le', 10), 'DATELINE POLAR S2A_ONE'],
  ['gt', cloud('gt', 10), 'S2A_TWO'],
  ['ge', cloud('ge', 50.5), 'S2A_TWO'],
  ['an integer against a fraction', { op: 'gt', property: 'relativeOrbit', value: 22.5 }, 'S2A_TWO'],
  ['an integer never equals a fraction', { op: 'eq', property: 'relativeOrbit', value: 22.5 }, ''],
  ['an integer against more than int8 holds', { op: 'lt', property: 'relativeOrbit', value: 1e300 }, 'S2A_ONE S2A_TWO'],
  [
    'text in any case',
    { op: 'eq', property: 'platform', value: 'SENTINEL-2A', caseInsensitive: true },
    'S2A_ONE S2A_TWO',
  ],
  ['text in its case', { op: 'eq', property: 'platform', value: 'SENTINEL-2A' }, ''],
  ['a date as text', { op: 'ge', property: 'processed', value: '2024-06-01T14:00:00+02:00' }, 'S2A_ONE'],
  ['a core date', { op: 'lt', property: 'acquiredFrom', value: at('2000-01-01T00:00:00') }, 'NOWHERE'],
  ['online state', { op: 'eq', property: 'online', value: 'offline' }, 'S1A_RADAR'],
  ['in', { op: 'in', property: 'cloudCover', values: [10, '50.5', 99] }, 'S2A_ONE S2A_TWO'],
  ['in, any case', { op: 'in', property: 'tile', values: ['32upc'], caseInsensitive: true }, 'S2A_ONE'],
  [
    'not in leaves out absent values',
    not({ op: 'in', property: 'cloudCover', values: [10] }),
    'DATELINE POLAR S2A_TWO',
  ],
  ['in nothing', { op: 'in', property: 'cloudCover', values: [] }, ''],
  [
    'not in nothing: every known value',
    not({ op: 'in', property: 'cloudCover', values: [] }),
    'DATELINE POLAR S2A_ONE S2A_TWO',
  ],
  ['between, both ends in', { op: 'between', property: 'cloudCover', lower: 10, upper: 50.5 }, 'S2A_ONE S2A_TWO'],
  ['like', like('id', 'S_A\\_%'), 'S1A_RADAR S2A_ONE S2A_TWO'],
  ['like, escaped wildcards', like('platform', '100\\%\\_\\\\_'), 'POLAR'],
  ['like, any case', like('id', 's2a%', true), 'S2A_ONE S2A_TWO'],
  ['isNull', { op: 'isNull', property: 'cloudCover' }, 'NOWHERE S1A_RADAR'],
  ['not isNull', not({ op: 'isNull', property: 'cloudCover' }), 'DATELINE POLAR S2A_ONE S2A_TWO'],
  ['a list holds a value', { op: 'eq', property: 'polarisations', value: 'VH' }, 'S1A_RADAR'],
  ['a list does not hold a value', { op: 'ne', property: 'polarisations', value: 'HH' }, 'S1A_RADAR'],
  [
    'a list holds one of',
    { op: 'in', property: 'polarisations', values: ['hh', 'vv'], caseInsensitive: true },
    'S1A_RADAR',
  ],
  ['a list holds one like', like('polarisations', '_H'), 'S1A_RADAR'],
  ['extra text', { op: 'eq', property: 'extra:mission', value: 'two' }, 'S2A_TWO'],
  ['extra text, any case', { op: 'eq', property: 'extra:mission', value: 'ONE', caseInsensitive: true }, 'S2A_ONE'],
  ['extra text in order', { op: 'gt', property: 'extra:mission', value: 'a' }, 'S2A_TWO'],
  ['extra number is not text', { op: 'ge', property: 'extra:level', value: 3 }, 'S2A_ONE'],
  ['extra boolean', { op: 'eq', property: 'extra:flag', value: true }, 'S2A_ONE'],
  ['extra list holds', { op: 'in', property: 'extra:tags', values: ['y', 'z'] }, 'S2A_ONE'],
  [
    'extra instant, and text that is none',
    { op: 'le', property: 'extra:when', value: at('2024-05-31T22:00:00') },
    'S2A_ONE',
  ],
  ['extra like', like('extra:mission', 'T%', true), 'S2A_TWO'],
  ['one text of an extra list like', like('extra:tags', 'Y%', true), 'S2A_ONE'],
  ['an extra list holds, any case', { op: 'eq', property: 'extra:tags', value: 'Y', caseInsensitive: true }, 'S2A_ONE'],
  ['an extra list not like leaves out absent values', not(like('extra:tags', 'q%')), 'S2A_ONE'],
  ['no footprint', { op: 'isNull', property: 'footprint' }, 'NOWHERE'],
  ['extra ne leaves out absent values', { op: 'ne', property: 'extra:mission', value: 'two' }, 'S2A_ONE'],
  [
    'extra isNull: absent or null',
    and({ op: 'isNull', property: 'extra:nothing' }, like('id', 'S2A%')),
    'S2A_ONE S2A_TWO',
  ],
  ['and', and(cloud('ge', 0), cloud('lt', 20), like('id', 'S2%')), 'S2A_ONE'],
  [
    'or with an unknown side',
    or(cloud('eq', 10), { op: 'eq', property: 'online', value: 'offline' }),
    'S1A_RADAR S2A_ONE',
  ],
  ['nested not, or, and', not(or(cloud('lt', 20), not(like('id', 'S2%')))), 'S2A_TWO'],
  ['empty and', and(), ALL],
  ['empty or', or(), ''],
  ['constant', { op: 'constant', value: false }, ''],
  ['overlaps', time('overlaps', '2024-06-01T00:30:00', '2024-06-01T10:00:00'), 'S1A_RADAR S2A_ONE'],
  ['overlaps, open start', time('overlaps', undefined, '2020-01-01T00:00:00'), 'NOWHERE POLAR'],
  ['overlaps, open end', time('overlaps', '2024-06-01T10:00:00'), 'S2A_ONE S2A_TWO'],
  ['within', time('within', '2024-05-31T23:00:00', '2024-06-01T01:00:00'), 'S1A_RADAR'],
  ['contains', time('contains', '2024-05-31T23:30:00', '2024-06-01T00:30:00'), 'S1A_RADAR'],
  ['after', time('after', '2024-06-01T00:00:00', '2024-06-01T10:00:00'), 'S2A_TWO'],
  ['before', time('before', '2016-01-01T00:00:00'), 'NOWHERE'],
  ['equals', time('equals', '2024-06-01T10:00:00', '2024-06-01T10:00:00'), 'S2A_ONE'],
  ['disjoint', time('disjoint', '2016-01-01T00:00:00', '2024-06-01T10:00:00'), 'NOWHERE S2A_TWO'],
  ['intersects', spatial(testBox(11.2, 50.6, 11.3, 50.7)), 'S1A_RADAR S2A_TWO'],
  ['intersects a point on the edge', spatial(point(10, 50)), 'S1A_RADAR S2A_ONE'],
  ['disjoint', related('disjoint', testBox(0, 0, 20, 60)), 'DATELINE POLAR'],
  ['within', related('within', testBox(9.5, 49.5, 11.2, 51.2)), 'S2A_ONE'],
  ['contains', related('contains', testBox(10.6, 50.6, 10.9, 50.9)), 'S1A_RADAR S2A_ONE S2A_TWO'],
  ['overlaps', related('overlaps', testBox(10, 50, 11, 51)), 'S2A_TWO'],
  ['touches', related('touches', testBox(11, 50, 12, 50.2)), 'S2A_ONE'],
  [
    'crosses',
    related('crosses', {
      type: 'LineString',
      coordinates: [
        [10.2, 40],
        [10.2, 60],
      ],
    }),
    'S1A_RADAR S2A_ONE',
  ],
  ['equals', related('equals', testBox(10, 50, 11, 51)), 'S2A_ONE'],
  ['a box across the antimeridian', spatial(boundingBoxArea([179.5, 10, -179.5, 10.5])), 'DATELINE'],
  ['within a box across the antimeridian', related('within', boundingBoxArea([170, 0, -170, 20])), 'DATELINE'],
  ['positions past 180', spatial(testBox(175, 10, 185, 10.5)), 'DATELINE'],
  ['positions past -180', spatial(testBox(-185, 10, -179.5, 10.5)), 'DATELINE'],
  ['only the far part past 180', spatial(testBox(180.5, 10, 185, 10.5)), 'DATELINE'],
  ['an uncut ring that jumps', spatial(ring([175, 9], [-179.5, 9], [-179.5, 12], [175, 12], [175, 9])), 'DATELINE'],
  ['a wide box as written', spatial(testBox(-170, 0, 170, 60)), 'S1A_RADAR S2A_ONE S2A_TWO'],
  ['a ring around the north pole', spatial(ring([45, 85], [135, 85], [-135, 85], [-45, 85], [45, 85])), 'POLAR'],
  ['the pole itself', spatial(point(0, 90)), 'POLAR'],
  ['a ring around the south pole', spatial(ring([45, -80], [-45, -80], [-135, -80], [135, -80], [45, -80])), ''],
  [
    'a collection',
    spatial({ type: 'GeometryCollection', geometries: [point(10.1, 50.1), point(180, 10.5)] }),
    'DATELINE S1A_RADAR S2A_ONE',
  ],
  ['the whole world', spatial(testBox(-180, -90, 180, 90)), 'DATELINE POLAR S1A_RADAR S2A_ONE S2A_TWO'],
  ['distance', { op: 'distance', geometry: point(12.5, 51), distance: 100_000 }, 'S1A_RADAR S2A_TWO'],
  ['distance across the antimeridian', { op: 'distance', geometry: point(-178, 10.5), distance: 120_000 }, 'DATELINE'],
  ['distance near the pole', { op: 'distance', geometry: point(100, 89.9), distance: 1_000 }, 'POLAR'],
  ['distance to a parallel', { op: 'distance', geometry: point(5, 79.5), distance: 60_000 }, 'POLAR'],
  ['not quite that far', { op: 'distance', geometry: point(5, 79.5), distance: 50_000 }, ''],
  ['free text', text('s2a'), 'S2A_ONE S2A_TWO'],
  ['free text, all words, any case', text('S2A one'), 'S2A_ONE'],
  ['free text, a prefix', text('RAD*'), 'S1A_RADAR'],
  ['free text in properties', text('sentinel 1a'), 'S1A_RADAR'],
  ['free text that is no tsquery', text(`'s2a' & !(|:* "one"`), 'S2A_ONE'],
];

/** What is refused, and the subject that says where. */
const REFUSED: readonly (readonly [string, Filter, string])[] = [
  ['an unknown property', { op: 'eq', property: 'eo:cloud_cover', value: 1 }, 'eo:cloud_cover'],
  ['SQL as a property', { op: 'eq', property: 'id; drop table', value: 1 }, 'id; drop table'],
  ['__proto__ as a property', { op: 'eq', property: '__proto__', value: 1 }, '__proto__'],
  ['text for a number', cloud('lt', 'clear'), 'cloudCover'],
  ['NaN', cloud('lt', Number.NaN), 'cloudCover'],
  ['31 February', { op: 'lt', property: 'processed', value: '2024-02-31' }, 'processed'],
  ['NUL in text', { op: 'eq', property: 'platform', value: 'a\0' }, 'platform'],
  ['half a character', { op: 'eq', property: 'extra:x', value: '\udc00' }, 'extra:x'],
  ['a pattern for a number', like('cloudCover', '1%'), 'cloudCover'],
  ['a pattern that ends in its escape', like('id', 'a\\'), 'id'],
  ['order of a list', { op: 'lt', property: 'polarisations', value: 'VV' }, 'polarisations'],
  ['a uuid that is none', { op: 'eq', property: 'uuid', value: 'x' }, 'uuid'],
  [
    'an interval that ends before it starts',
    time('overlaps', '2024-01-02T00:00:00', '2024-01-01T00:00:00'),
    'datetime',
  ],
  ['a ring that is not closed', spatial(ring([0, 0], [1, 0], [1, 1], [0, 1])), 'geometry'],
  ['a polygon that crosses itself', spatial(ring([0, 0], [2, 2], [2, 0], [0, 2], [0, 0])), 'geometry'],
  ['latitude 91', spatial(point(0, 91)), 'geometry'],
  ['a geometry of NaN', spatial(point(Number.NaN, 0)), 'geometry'],
  [
    'too many positions',
    spatial({ type: 'MultiPoint', coordinates: Array.from({ length: 30_000 }, () => [0, 0] as const) }),
    'geometry',
  ],
  ['a collection within', related('within', { type: 'GeometryCollection', geometries: [point(0, 0)] }), 'geometry'],
  ['a negative distance', { op: 'distance', geometry: point(0, 0), distance: -1 }, 'distance'],
  ['10 000 conditions', and(...Array.from({ length: 10_000 }, () => cloud('lt', 1))), 'filter'],
  ['10 000 levels', Array.from({ length: 10_000 }).reduce<Filter>((inner) => not(inner), cloud('lt', 1)), 'filter'],
];

/** Every promise of the ProductCatalog port, but paging. */
export function productCatalogContract(name: string, start: () => Promise<StartedCatalogue>): void {
  describe(`ProductCatalog contract: ${name}`, () => {
    let started: StartedCatalogue;
    let catalog: ProductCatalog;
    beforeAll(async () => {
      started = await start();
      ({ catalog } = started);
      await started.store.publish(PRODUCTS, CONTEXT);
    }, 180_000);
    afterAll(() => started?.stop());

    const search = (query: Partial<CatalogQuery>) => catalog.search({ page: { kind: 'keyset', limit: 100 }, ...query });
    const ids = async (query: Partial<CatalogQuery>) => (await search(query)).products.map(({ id }) => id);
    const byId: SortKey[] = [{ property: 'id', direction: 'asc' }];

    it.each(FILTERS)('filters by %s', async (_title, filter, expected) => {
      expect((await ids({ filter, sort: byId })).join(' ')).toBe(expected);
      const { matched } = await search({ filter, count: 'exact', page: { kind: 'keyset', limit: 0 } });
      expect(matched).toEqual({ value: expected.split(' ').filter(Boolean).length, exact: true });
    });

    it.each(REFUSED)('refuses %s', async (_title, filter, subject) => {
      const started = performance.now();
      const searching = search({ filter });
      await expect(searching).rejects.toThrow(InvalidError);
      await expect(searching).rejects.toMatchObject({ subject });
      expect(performance.now() - started).toBeLessThan(1_000);
    });

    it('says why a polygon is not valid', async () => {
      const bowtie = ring([0, 0], [2, 2], [2, 0], [0, 2], [0, 0]);
      await expect(search({ filter: spatial(bowtie) })).rejects.toThrow(/Self-intersection/);
    });

    it('keeps to collections, ids and the latest processing', async () => {
      expect(await ids({ collections: ['b'], sort: byId })).toEqual(['DATELINE', 'POLAR', 'S1A_RADAR']);
      expect(await ids({ collections: [] })).toEqual([]);
      expect(await ids({ ids: ['S2A_ONE', 'POLAR', 'none', 'a\0'], sort: byId })).toEqual(['POLAR', 'S2A_ONE']);
      expect(await ids({ filter: like('id', 'S2A%'), latestOnly: true })).toEqual(['S2A_TWO']);
      const latest = (isLatest: boolean): Filter => ({ op: 'and', args: [like('id', 'S2A%'), latestFilter(isLatest)] });
      expect(await ids({ filter: latest(true) })).toEqual(['S2A_TWO']);
      expect(await ids({ filter: latest(false) })).toEqual(['S2A_ONE']);
    });

    it('sorts newest first, or by any queryable with absent values last both ways', async () => {
      expect(await ids({})).toEqual(['S2A_TWO', 'S2A_ONE', 'S1A_RADAR', 'DATELINE', 'POLAR', 'NOWHERE']);
      const clouds = (direction: 'asc' | 'desc') => ids({ sort: [{ property: 'cloudCover', direction }] });
      expect(await clouds('asc')).toEqual(['POLAR', 'DATELINE', 'S2A_ONE', 'S2A_TWO', 'NOWHERE', 'S1A_RADAR']);
      expect(await clouds('desc')).toEqual(['S2A_TWO', 'S2A_ONE', 'DATELINE', 'POLAR', 'S1A_RADAR', 'NOWHERE']);
      const mixed: SortKey[] = [
        { property: 'cloudCover', direction: 'asc' },
        { property: 'acquiredFrom', direction: 'desc' },
      ];
      expect((await ids({ sort: mixed })).slice(0, 2)).toEqual(['DATELINE', 'POLAR']);
      await expect(ids({ sort: [{ property: 'extra:x', direction: 'asc' }] })).rejects.toThrow(InvalidError);
    });

    it('finds many by their keys at once, each as it finds it alone', async () => {
      const keys = [...PRODUCTS, { collection: 'a', id: 'none' }, { collection: 'a', id: 'a\0b' }];
      const found = await catalog.findAll(keys);
      expect(found).toHaveLength(PRODUCTS.length);
      for (const product of found) expect(product).toEqual(await catalog.find(product));
      expect(await catalog.findAll([])).toEqual([]);
    });

    it('finds by key, uuid and id, and nothing where there is none', async () => {
      const { uuid } = PRODUCTS[0]!;
      expect((await catalog.find({ collection: 'a', id: 'S2A_ONE' }))?.uuid).toBe(uuid);
      expect((await catalog.findByUuid(uuid.toUpperCase()))?.id).toBe('S2A_ONE');
      expect((await catalog.findById('POLAR'))?.collection).toBe('b');
      for (const none of ['none', '', 'a\0b', "'"]) {
        expect(await catalog.find({ collection: 'a', id: none })).toBeUndefined();
        expect(await catalog.findByUuid(none)).toBeUndefined();
        expect(await catalog.findById(none)).toBeUndefined();
        expect(await catalog.collection(none)).toBeUndefined();
      }
    });

    it('sums up collections', async () => {
      const all = await catalog.collections();
      expect(all.map(({ collection, count }) => [collection.id, count])).toEqual([
        ['a', 3],
        ['b', 3],
      ]);
      expect(await catalog.collection('b')).toMatchObject({
        collection: { shortName: 'B' },
        count: 3,
        acquiredFrom: at('2016-01-01T00:00:00'),
        acquiredTo: at('2024-06-01T01:00:00'),
        bbox: [-180, 10, 180, 90],
      });
    });

    it.each(['none', 'auto', 'exactOrNone', 'exact'] as const)('counts: %s', async (count) => {
      const { matched } = await search({ count, page: { kind: 'keyset', limit: 2 }, filter: cloud('ge', 0) });
      expect(matched).toEqual(count === 'none' ? undefined : { value: 4, exact: true });
      const ofB = await search({ count, page: { kind: 'keyset', limit: 1 }, collections: ['b'] });
      expect(ofB.matched).toEqual(count === 'none' ? undefined : { value: 3, exact: true });
    });

    it('counts an interval of time by days and rows alike', async () => {
      for (const [start, end] of [
        ['2024-05-31T23:30:00', '2024-06-02T10:00:00'],
        ['2016-01-01T00:00:00', '2024-05-31T23:00:00'],
        ['2024-06-01T00:00:00', '2024-06-01T23:59:59.999'],
        ['2024-06-01T01:00:00', '2024-06-01T01:00:00'],
      ] as const) {
        const filter = time('overlaps', start, end);
        const { matched } = await search({ filter, count: 'exact', page: { kind: 'keyset', limit: 0 } });
        expect(matched?.value).toBe((await ids({ filter })).length);
      }
    });
  });
}
