import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { InvalidError } from '#domain/errors.js';
import type { Product } from '#domain/product/product.js';
import { SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { describeEntry } from '../opensearch/product-entry.js';
import { parseKvp } from '../ows/kvp.js';
import { findRestoCollections, restoCollectionName } from './resto-collections.js';
import { writeRestoFeature } from './resto-feature.js';
import { writeRestoPage } from './resto-page.js';
import { parseRestoSearch } from './resto-request.js';

const UPSTREAM = '../shared/fixtures/upstream';
const there = existsSync(UPSTREAM);
if (!there) console.warn('skipped: the recorded answers of resto services are not here');

const MIRROR = { address: 'https://mirror.example', name: 'FROMBORK' };
const parse = (query: string) => parseRestoSearch(parseKvp(query), [...new URLSearchParams(query)]);

const entryOf = (product: Product) => {
  const collection = SENTINEL_COLLECTIONS.find(({ id }) => id === product.collection);
  if (collection === undefined) throw new Error(product.collection);
  return describeEntry(product, collection, MIRROR);
};

type Json = Readonly<Record<string, unknown>>;
const propertiesOf = (product: Product): Json =>
  (writeRestoFeature(entryOf(product)) as { properties: Json }).properties;

/** What one service alone has: its own states, and contents of scenes nobody else works out. */
const OF_SARA = new Set(
  'bareSoil dhusIngestDate highProbaClouds isNrt isRefined lowProbaClouds mediumProbaClouds mgrs newVersion nrtResource realtime s2TakeId snowIce useDatalake vegetation visible water'.split(
    ' ',
  ),
);
const OF_CDSE = new Set(['missionTakeId']);
/** What our sample of the mission has no value of. */
const WITHOUT_VALUE = new Set(['timeliness', 'processingBaseline']);

(there ? describe : describe.skip)('a feature has what recorded answers have', () => {
  const sara = (): { properties: Json; features: readonly { properties: Json }[] } =>
    JSON.parse(readFileSync(`${UPSTREAM}/eodag/provider_responses/sara_search.json`, 'utf8'));

  it('of SARA (resto 2.2)', () => {
    const ours = new Set(Object.keys(propertiesOf(SENTINEL_2)));
    const [feature] = sara().features;
    const missing = Object.keys(feature?.properties ?? {}).filter((key) => !ours.has(key) && !OF_SARA.has(key));
    expect(missing).toEqual([]);
  });

  it('of CDSE (resto as CREODIAS extended it)', () => {
    const lines = gunzipSync(readFileSync(`${UPSTREAM}/cdse-resto/all-features.ndjson.gz`))
      .toString()
      .trim()
      .split('\n');
    const missing = new Set(
      lines.flatMap((line) => {
        const { properties } = JSON.parse(line) as { properties: Json };
        const sample = { 'SENTINEL-1': SENTINEL_1, 'SENTINEL-2': SENTINEL_2 }[String(properties['collection'])];
        const ours = sample === undefined ? properties : propertiesOf(sample);
        return Object.keys(properties).filter((key) => !(key in ours));
      }),
    );
    expect(lines.length).toBeGreaterThan(3000);
    expect([...missing].filter((key) => !OF_CDSE.has(key) && !WITHOUT_VALUE.has(key))).toEqual([]);
  });

  it('and a page what a page of SARA has', () => {
    const page = writeRestoPage({
      request: parse('productType=S2MSI1C&maxRecords=2&page=1'),
      entries: [entryOf(SENTINEL_2)],
      hasNext: true,
      matched: { value: 47, exact: true },
      mirror: MIRROR,
      processingTime: 0.01,
    }) as { properties: Json & { query: Json; links: readonly { rel: string; href: string }[] } };
    const recorded = sara().properties;
    const optional = new Set(['title', 'totalItemsPerPage']);
    expect(Object.keys(recorded).filter((key) => !optional.has(key) && !(key in page.properties))).toEqual([]);
    expect(Object.keys(page.properties.query)).toEqual([
      'originalFilters',
      'appliedFilters',
      'analysis',
      'processingTime',
    ]);
    const pages = page.properties.links.map(({ rel, href }) => [rel, new URL(href).searchParams.get('page')]);
    expect(pages).toEqual([
      ['self', '1'],
      ['search', null],
      ['first', '1'],
      ['next', '2'],
      ['last', '24'],
    ]);
  });
});

describe('a feature', () => {
  it('says what eodag, WaCoDiS and peps_download read', () => {
    expect(propertiesOf(SENTINEL_2)).toMatchObject({
      collection: 'Sentinel2',
      status: 'ONLINE',
      productIdentifier: SENTINEL_2.id,
      platform: 'S2A',
      instrument: 'MSI',
      startDate: '2022-01-25T15:17:01.024Z',
      cloudCover: 23.5,
      orbitNumber: 34445,
      relativeOrbitNumber: 125,
      tileId: '18LTM',
      quicklook: `https://mirror.example/dl/sentinel-2-l1c/${SENTINEL_2.id}/asset/quicklook`,
      storage: { mode: 'disk' },
      resourceSize: 768_614_400,
      services: {
        download: {
          url: `https://mirror.example/resto/collections/Sentinel2/${SENTINEL_2.uuid}/download`,
          mimeType: 'application/zip',
          size: 768_614_400,
          checksum: 'md5=9e107d9d372bb6826bd81d3542a419d6',
        },
      },
    });
  });

  it('has its keywords in an array, each with the search for its like', () => {
    const keywords = propertiesOf(SENTINEL_2)['keywords'] as readonly { name: string; type: string; href: string }[];
    expect(keywords.find(({ type }) => type === 'platform')).toMatchObject({
      name: 'S2A',
      href: 'https://mirror.example/resto/api/collections/Sentinel2/search.json?platform=S2A',
    });
    for (const { href } of keywords) expect(() => parse(new URL(href).search.slice(1))).not.toThrow();
  });

  it('has its GML in longitude,latitude and its centre between the parts across the antimeridian', () => {
    const { gmlgeometry, centroid } = propertiesOf(SENTINEL_1);
    expect(gmlgeometry).toContain('<gml:coordinates>178,-17 180,-17');
    expect(centroid).toEqual({ type: 'Point', coordinates: [179.5, -16] });
  });
});

describe('the names of collections', () => {
  it.each(['Sentinel1', 'Sentinel2', 'Sentinel3', 'Sentinel5P', 'SENTINEL-5P', 's5p'])('%s is a mission', (name) => {
    const found = findRestoCollections(name, SENTINEL_COLLECTIONS);
    const [, number] = /(\dp?)$/i.exec(name) ?? [];
    expect(new Set(found.map(restoCollectionName))).toEqual(new Set([`Sentinel${number?.toUpperCase()}`]));
  });

  it('are all found again by what features call themselves', () => {
    for (const collection of SENTINEL_COLLECTIONS) {
      for (const name of [restoCollectionName(collection), collection.id, collection.shortName]) {
        expect(findRestoCollections(name, SENTINEL_COLLECTIONS)).toContain(collection);
      }
    }
    expect(findRestoCollections('Landsat8', SENTINEL_COLLECTIONS)).toEqual([]);
  });
});

describe('a request', () => {
  it.each([
    ['', 20, 0, 'page'],
    ['maxRecords=5000', 2000, 0, 'page'],
    ['maxRecords=10&page=3&index=7', 10, 20, 'page'],
    ['maxRecords=10&index=7', 10, 6, 'index'],
  ])('%s asks for the right page', (query, count, offset, paging) => {
    expect(parse(query)).toMatchObject({ count, offset, paging, query: { page: { limit: count, offset } } });
  });

  it('has everything eodag sends for SARA', () => {
    const query =
      'startDate=2020-08-08&completionDate=2020-08-16&geometry=POLYGON ((137.7729 13.1342, 137.7729 23.8860, 153.7491 23.8860, 137.7729 13.1342))' +
      '&productType=S2MSI1C&cloudCover=[0,20]&sortParam=startDate&sortOrder=asc&maxRecords=2&page=1';
    const { query: compiled } = parse(query);
    expect(compiled.sort).toEqual([{ property: 'acquiredFrom', direction: 'asc' }]);
    expect(compiled.filter).toMatchObject({
      args: [
        { op: 'ge', property: 'acquiredFrom', value: new Date('2020-08-08T00:00:00Z') },
        { op: 'le', property: 'acquiredFrom', value: new Date('2020-08-16T23:59:59.999Z') },
        { op: 'spatial', relation: 'intersects' },
        { op: 'eq', property: 'productType', value: 'S2MSI1C' },
        {
          op: 'and',
          args: [
            { op: 'ge', value: 0 },
            { op: 'le', value: 20 },
          ],
        },
      ],
    });
  });

  it.each([
    'maxRecords=x',
    'page=0',
    'box=1',
    'lat=1',
    'status=9',
    'sortOrder=up&sortParam=updated',
    'iceCover=a',
    'name=X',
  ])('%s is refused, naming the parameter', (query) => {
    const [name = ''] = query.split('=');
    const attempt = () => parse(query);
    expect(attempt).toThrow(InvalidError);
    expect(attempt).toThrow(new RegExp(name.replace('lat', 'lon'), 'i'));
  });

  it('is read or refused, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('cloudCover', 'box', 'geometry', 'startDate', 'productIdentifier', 'status', 'page', 'updated'),
        fc.string(),
        (name, value) => {
          try {
            parse(new URLSearchParams({ [name]: value }).toString());
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidError);
          }
        },
      ),
    );
  });
});
