import { describe, expect, it } from '@jest/globals';
import { SENTINEL_2, SENTINEL_2_L1C } from '#test/support/sample-products.js';
import { writeItemCollection } from './item-collection.js';
import { writeLandingPage } from './landing-page.js';
import { conformanceOf, STAC_PARTS } from './stac-conformance.js';
import { writeCollectionPage } from './collection-page.js';
import { writeChildren, writeCollection } from './stac-collection.js';
import { writeFunctions } from './stac-functions.js';
import type { StacLink } from './stac-link.js';
import { writeQueryables } from './stac-queryables.js';

const ADDRESS = 'https://mirror.example';
const SUMMARY = {
  collection: SENTINEL_2_L1C,
  count: 2,
  acquiredFrom: new Date('2022-01-01T00:00:00Z'),
  acquiredTo: new Date('2022-02-01T00:00:00Z'),
  bbox: [5, 47, 15, 55],
} as const;

const linksOf = (document: object): readonly StacLink[] => (document as { links: StacLink[] }).links;
const link = (document: object, rel: string) => linksOf(document).filter((candidate) => candidate.rel === rel);

describe('the landing page (STAC API Core)', () => {
  const page = writeLandingPage([SUMMARY], ADDRESS);

  it('has the links validators and clients ask for', () => {
    expect(link(page, 'search').map(({ href, method }) => [method, href])).toEqual([
      ['GET', `${ADDRESS}/stac/search`],
      ['POST', `${ADDRESS}/stac/search`],
    ]);
    expect(link(page, 'data')[0]?.href).toBe(`${ADDRESS}/stac/collections`);
    expect(link(page, 'service-desc')[0]?.type).toBe('application/vnd.oai.openapi+json;version=3.0');
    expect(link(page, 'child')[0]?.href).toBe(`${ADDRESS}/stac/collections/sentinel-2-l1c`);
  });

  it('claims each class in v1.0.0, which pystac-client looks for, and v1.1.0', () => {
    const claims = conformanceOf(STAC_PARTS);
    for (const name of [
      'core',
      'collections',
      'ogcapi-features',
      'item-search',
      'children',
      'item-search#sort',
      'item-search#fields',
      'item-search#query',
      'item-search#filter',
      'item-search#free-text',
    ]) {
      expect(claims).toContain(`https://api.stacspec.org/v1.0.0/${name}`);
      expect(claims).toContain(`https://api.stacspec.org/v1.1.0/${name}`);
    }
  });

  it('claims no class of a part it does not have', () => {
    expect(conformanceOf(['core'])).toEqual([
      'https://api.stacspec.org/v1.0.0/core',
      'https://api.stacspec.org/v1.1.0/core',
    ]);
  });
});

describe('a collection (STAC Collection 1.1.0)', () => {
  it('has the extent of what is there, and the promised one while there is nothing', () => {
    expect(writeCollection(SUMMARY, ADDRESS)).toMatchObject({
      license: 'other',
      extent: {
        spatial: { bbox: [[5, 47, 15, 55]] },
        temporal: { interval: [['2022-01-01T00:00:00.000Z', '2022-02-01T00:00:00.000Z']] },
      },
    });
    expect(writeCollection({ collection: SENTINEL_2_L1C, count: 0 }, ADDRESS)).toMatchObject({
      extent: {
        spatial: { bbox: [[-180, -84, 180, 84]] },
        temporal: { interval: [['2015-07-04T00:00:00.000Z', null]] },
      },
    });
  });

  it('is the same among the collections and the children', () => {
    const collection = writeCollection(SUMMARY, ADDRESS);
    expect(writeChildren([SUMMARY], ADDRESS)).toMatchObject({ children: [collection] });
    const page = writeCollectionPage(
      { summaries: [SUMMARY], matched: 1 },
      { url: `${ADDRESS}/c?limit=1`, address: ADDRESS },
    );
    expect(page).toMatchObject({ collections: [collection], numberMatched: 1, numberReturned: 1 });
    expect([link(page, 'self')[0]?.href, link(page, 'next')]).toEqual([`${ADDRESS}/c?limit=1`, []]);
  });
});

describe('a page of items (STAC API §Paging)', () => {
  const url = `${ADDRESS}/stac/search?collections=a&limit=1`;
  const page = { products: [SENTINEL_2], next: 'n+1', previous: 'p', matched: { value: 3, exact: true } };

  it('repeats the query of a GET with another token', () => {
    const document = writeItemCollection(page, { method: 'GET', url, address: ADDRESS });
    expect(link(document, 'next')[0]).toMatchObject({ method: 'GET', href: `${url}&token=n%2B1` });
    expect(link(document, 'prev')[0]).toMatchObject({ href: `${url}&token=p` });
    expect(document).toMatchObject({ numberMatched: 3, numberReturned: 1 });
  });

  it('gives a POST the token to merge into its body, under the key eodag knows', () => {
    const document = writeItemCollection(page, { method: 'POST', url: `${ADDRESS}/stac/search`, address: ADDRESS });
    expect(link(document, 'next')[0]).toMatchObject({
      method: 'POST',
      href: `${ADDRESS}/stac/search`,
      body: { token: 'n+1' },
      merge: true,
    });
  });

  it('ends without a next link, and tells no estimate as a count', () => {
    const last = { products: [], matched: { value: 1000, exact: false } };
    const document = writeItemCollection(last, { method: 'GET', url, address: ADDRESS });
    expect(link(document, 'next')).toEqual([]);
    expect(document).not.toHaveProperty('numberMatched');
  });
});

describe('the queryables (OGC 19-079r2 §6.2)', () => {
  it('are the vocabulary under its STAC names', () => {
    const href = `${ADDRESS}/stac/queryables`;
    expect(writeQueryables(href)).toMatchObject({
      $id: href,
      type: 'object',
      properties: {
        'eo:cloud_cover': { type: 'number', title: 'Cloud cover (%)' },
        instruments: { type: 'array' },
        updated: { type: 'string', format: 'date-time' },
      },
    });
  });

  it('of a collection are those its items can have, with the values they can have', () => {
    const document = writeQueryables(`${ADDRESS}/q`, SENTINEL_2_L1C) as { properties: Record<string, unknown> };
    expect(document.properties).toMatchObject({
      platform: { enum: ['sentinel-2a', 'sentinel-2b', 'sentinel-2c'] },
      'product:type': { enum: ['S2MSI1C'] },
      'eo:cloud_cover': { minimum: 0, maximum: 100 },
      instruments: { type: 'array', items: { enum: ['msi'] } },
    });
    expect(document.properties).not.toHaveProperty('sar:polarizations');
    const radar = { ...SENTINEL_2_L1C, sensorType: 'RADAR' } as const;
    expect(writeQueryables(ADDRESS, radar)).not.toHaveProperty(['properties', 'eo:cloud_cover']);
  });
});

describe('the functions of filters (OGC 19-079r2 §7.5)', () => {
  it('are told with what they take and give', () => {
    expect(writeFunctions()).toMatchObject({
      functions: expect.arrayContaining([
        expect.objectContaining({
          name: 'month',
          arguments: [{ title: 'instant', type: ['datetime'] }],
          returns: ['number'],
        }),
      ]) as unknown,
    });
  });
});
