import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { InvalidError } from '#domain/errors.js';
import { SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { parseAckId, writeAckId } from './ack-id.js';
import { assetIdOf, productOfAsset } from './asset-id.js';
import { writeAttributeNames } from './attribute-names.js';
import { parseODataOptions } from './odata-options.js';
import { contextOf, writeProduct } from './product-entity.js';
import { idOfName, productName } from './product-name.js';
import { productVocabulary } from './product-vocabulary.js';
import { writeODataPage, writePageText } from './products-page.js';
import { parseProductsQuery } from './products-query.js';
import { parseResourcePath } from './resource-path.js';

const SERVICE = 'https://mirror.example/odata/v1';
const UPSTREAM = join(process.cwd(), '..', 'shared', 'fixtures', 'upstream');
const RECORDED = [
  join(UPSTREAM, 'creodias-eodm', 'odata.json'),
  join(UPSTREAM, 'eodag', 'provider_responses', 'cop_dataspace_search.json'),
];

type Json = Readonly<Record<string, unknown>>;

/** Every key and the type of its value, arrays by their first element; coordinates aside, which are as deep as the geometry. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === 'coordinates' ? 'coordinates' : shapeOf(inner)]),
  );
}

const recorded = RECORDED.every((file) => existsSync(file))
  ? RECORDED.map((file) => JSON.parse(readFileSync(file, 'utf8')) as { '@odata.context': string; value: Json[] })
  : [];
if (recorded.length === 0) console.warn(`skipped: no recorded answers of CDSE at ${UPSTREAM}`);

describe('answers beside those recorded of CDSE', () => {
  it('has their keys, in their order, and their types', () => {
    for (const { value, ...page } of recorded) {
      for (const theirs of value) {
        const lists = ['Attributes', 'Assets'].filter((name) => name in theirs);
        const expand = new Set(lists.map((name) => name.toLowerCase()));
        const ours = writeProduct(SENTINEL_2, SERVICE, { expand });
        expect(shapeOf(ours)).toEqual(shapeOf(theirs));
        expect(Object.keys(ours)).toEqual(Object.keys(theirs));
        expect(contextOf('Products', { expand })).toBe(page['@odata.context']);
      }
    }
  });

  it('has every attribute it shares with them by the same name and type', () => {
    const typesOf = (product: Json): ReadonlyMap<unknown, unknown> =>
      new Map(((product['Attributes'] ?? []) as Json[]).map((each) => [each['Name'], each['@odata.type']]));
    const ours = typesOf(writeProduct(SENTINEL_2, SERVICE, { expand: new Set(['attributes']) }));
    for (const theirs of recorded.flatMap(({ value }) => value.map(typesOf))) {
      for (const [name, type] of theirs) if (ours.has(name)) expect([name, ours.get(name)]).toEqual([name, type]);
    }
    expect([...ours.keys()]).toEqual(
      expect.arrayContaining(['cloudCover', 'tileId', 'orbitNumber', 'beginningDateTime', 'productGroupId']),
    );
  });
});

describe('Products', () => {
  it('writes CDSE spellings of a mission', () => {
    const { Attributes } = writeProduct(SENTINEL_1, SERVICE, { expand: new Set(['attributes']) }) as {
      Attributes: Json[];
    };
    const values = Object.fromEntries(Attributes.map(({ Name, Value }) => [Name, Value]));
    expect(values).toMatchObject({
      platformShortName: 'SENTINEL-1',
      platformSerialIdentifier: 'A',
      instrumentShortName: 'SAR',
      orbitDirection: 'ASCENDING',
      polarisationChannels: 'VV&VH',
      processingLevel: 'LEVEL1',
      endingDateTime: '2024-03-01T06:15:25.000000Z',
    });
  });

  it('says what is not here', () => {
    expect(
      writeProduct({ ...SENTINEL_1, geometry: null }, SERVICE, { expand: new Set(['assets', 'locations']) }),
    ).toMatchObject({
      ContentLength: 0,
      Online: false,
      S3Path: null,
      Checksum: [],
      Footprint: null,
      GeoFootprint: null,
      Assets: [],
      Locations: [],
    });
  });

  it.each([
    ['S1A_X', undefined, 'S1A_X.SAFE'],
    ['S3A_X', undefined, 'S3A_X.SEN3'],
    ['S5P_X', undefined, 'S5P_X.nc'],
    ['S2A_X', 'S2A_X.SAFE.zip', 'S2A_X.SAFE'],
    ['OTHER', undefined, 'OTHER'],
  ])('names %s', (id, fileName, name) => {
    const content = fileName === undefined ? {} : { content: { ...SENTINEL_2.content!, fileName } };
    expect([productName({ id, ...content }), idOfName(name)]).toEqual([name, id]);
  });

  it('writes a next link eodag can take apart', () => {
    const options = parseODataOptions(
      "$filter=contains(Name,'A B')&$skip=20&$top=20&$count=True&$expand=Attributes&$expand=Assets",
    );
    const page = { context: 'c', entities: Array.from({ length: 20 }), options, address: `${SERVICE}/Products` };
    const written = writeODataPage({ ...page, hasNext: true, matched: { value: 99, exact: true } });
    expect(written['@odata.count']).toBe(99);
    const link = new URL(written['@odata.nextLink'] as string);
    expect(link.search).toContain('&%24skip=40');
    expect(link.searchParams.getAll('$expand')).toEqual(['Attributes', 'Assets']);
    expect(link.searchParams.get('$filter')).toBe("contains(Name,'A B')");
    const text = [
      ...writePageText({ ...page, hasNext: true, matched: { value: 99, exact: true } }, () => ({ Id: 1 })),
    ].join('');
    expect(JSON.parse(text)).toEqual({ ...written, value: page.entities.map(() => ({ Id: 1 })) });
    expect([...writePageText({ ...page, entities: [], hasNext: false }, String)].join('')).toBe(
      '{"@odata.context":"c","value":[]}',
    );
    const estimated = writeODataPage({ ...page, hasNext: false, matched: { value: 99, exact: false } });
    expect(estimated).toEqual({
      '@odata.context': 'c',
      '@odata.count': 99,
      '@frombork.countIsEstimate': true,
      value: page.entities,
    });
  });

  it('asks the catalogue for a page of a mission in an order', () => {
    const options = parseODataOptions(
      "%24filter=Collection/Name eq 'SENTINEL-1' and Online eq true&$orderby=ContentDate/Start desc,Name&$top=5&$skip=10&$count=1",
    );
    expect(parseProductsQuery(options, productVocabulary(SENTINEL_COLLECTIONS))).toEqual({
      collections: SENTINEL_COLLECTIONS.filter(({ mission }) => mission === 'Sentinel-1').map(({ id }) => id),
      filter: { op: 'eq', property: 'online', value: 'online' },
      sort: [
        { property: 'acquiredFrom', direction: 'desc' },
        { property: 'id', direction: 'asc' },
      ],
      page: { kind: 'number', limit: 5, offset: 10 },
      count: 'auto',
    });
  });
});

describe('resource paths (OData 4.01 URL Conventions §4)', () => {
  it.each<[string, unknown]>([
    ['', { kind: 'service' }],
    ['/', { kind: 'service' }],
    ['/%24metadata', { kind: 'metadata' }],
    ['/Products', { kind: 'products' }],
    ['/Products/', { kind: 'products' }],
    ['/Products(a-b)', { kind: 'product', id: 'a-b', part: 'entity' }],
    ["/Products%28'a''b'%29", { kind: 'product', id: "a'b", part: 'entity' }],
    ['/Products(1)/$value', { kind: 'product', id: '1', part: 'value' }],
    ['/Products(1)/Nodes', { kind: 'node', id: '1', path: [], part: 'children' }],
    ['/Products(1)/Nodes(A.SAFE)', { kind: 'node', id: '1', path: ['A.SAFE'], part: 'entity' }],
    [
      '/Products(1)/Nodes(A)/Nodes(b (c).jp2)/$value',
      { kind: 'node', id: '1', path: ['A', 'b (c).jp2'], part: 'value' },
    ],
    ['/Products(1)/Nodes(A)/Nodes', { kind: 'node', id: '1', path: ['A'], part: 'children' }],
    ["/Products('1')/Products('Quicklook')/$value", { kind: 'product', id: '1', part: 'quicklook' }],
    ['/Assets(1)/$value', { kind: 'asset', id: '1', part: 'value' }],
    ['/Products/OData.CSC.FilterList', { kind: 'filter-list' }],
    ['/Attributes(SENTINEL-1)', { kind: 'attribute-names', collection: 'SENTINEL-1' }],
    ['/Subscriptions(1)/Ack', { kind: 'subscription', id: '1', part: 'ack' }],
    ['/Products(1', undefined],
    ['/Products(1)/Nodes/Nodes', undefined],
    ['/Products(1)/constructor', undefined],
    ['/__proto__', undefined],
    ['/Products(%ff)', undefined],
    [`/Products(1)${'/Nodes(a)'.repeat(100)}`, undefined],
  ])('reads %s', (path, expected) => expect(parseResourcePath(path)).toEqual(expected));
});

describe('ids', () => {
  it('finds the product of a quick-look by its id alone', () => {
    expect(assetIdOf(SENTINEL_2.uuid)).not.toBe(SENTINEL_2.uuid);
    expect(productOfAsset(assetIdOf(SENTINEL_2.uuid))).toBe(SENTINEL_2.uuid);
  });

  it('gives an acknowledgement back and takes no other', () => {
    const ack = {
      count: 3,
      position: 'a-B_9',
      reached: new Date(1_700_000_000_123),
      created: [SENTINEL_1.uuid, SENTINEL_2.uuid],
    };
    expect(parseAckId(writeAckId(ack))).toEqual(ack);
    expect(writeAckId(ack)).toMatch(/^[\w-]+$/);
    for (const other of ['', 'MTcx==', Buffer.from('1 2').toString('base64url')]) {
      expect(() => parseAckId(other)).toThrow(InvalidError);
    }
  });

  it('names the attributes of a collection', () => {
    const names = (name: string) => writeAttributeNames(name, SENTINEL_COLLECTIONS)?.map(({ Name }) => Name) ?? [];
    expect(names('SENTINEL-2')).toEqual(expect.arrayContaining(['cloudCover', 'tileId', 'productGroupId']));
    expect(names('sentinel-1-grd')).toEqual(expect.arrayContaining(['polarisationChannels', 'swathIdentifier']));
    expect(writeAttributeNames('MOON-1', SENTINEL_COLLECTIONS)).toBeUndefined();
  });
});
