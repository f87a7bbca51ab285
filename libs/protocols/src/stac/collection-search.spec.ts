import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidError } from '#domain/errors.js';
import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import { testCollection } from '#test/support/catalogue-products.js';
import { writeCollectionPage } from './collection-page.js';
import { collectionsParameters, searchCollections } from './collection-search.js';

const ALPS: CollectionSummary = {
  collection: { ...testCollection('alps'), title: 'Snow of the Alps', keywords: ['snow', 'ice'], resolution: 10 },
  count: 3,
  acquiredFrom: new Date('2020-01-01T00:00:00Z'),
  acquiredTo: new Date('2021-01-01T00:00:00Z'),
  bbox: [5, 44, 16, 48],
};
const FIJI: CollectionSummary = {
  collection: {
    ...testCollection('fiji'),
    title: 'Reefs of Fiji',
    mission: 'Sentinel-1',
    platforms: ['sentinel-1a'],
    processingLevel: 'L2A',
    productTypes: ['S2MSI2A'],
  },
  count: 1,
  acquiredFrom: new Date('2023-01-01T00:00:00Z'),
  acquiredTo: new Date('2024-01-01T00:00:00Z'),
  bbox: [177, -20, -178, -15],
};
/** Without a product: where and when its mission promises. */
const EMPTY: CollectionSummary = { collection: { ...testCollection('nowhere'), resolution: 60 }, count: 0 };
const ALL = [FIJI, EMPTY, ALPS];

const search = (query: string, all: readonly CollectionSummary[] = ALL) =>
  searchCollections(all, collectionsParameters.parse(Object.fromEntries(new URLSearchParams(query))));
const ids = (query: string) => search(query).summaries.map(({ collection }) => collection.id);

describe('collection search (extension 1.0.0)', () => {
  it.each([
    ['', ['alps', 'fiji', 'nowhere']],
    ['bbox=10,45,11,46', ['alps', 'nowhere']],
    ['bbox=170,-25,-170,-10', ['fiji', 'nowhere']],
    ['bbox=-179.5,-16,-179,-15', ['fiji', 'nowhere']],
    ['datetime=2020-06-01T00:00:00Z', ['alps', 'nowhere']],
    ['datetime=../2019-01-01T00:00:00Z', ['nowhere']],
    ['datetime=2025-01-01T00:00:00Z/..', ['nowhere']],
    ['q=snow', ['alps']],
    ['q=reefs fiji,ice', ['alps', 'fiji']],
    ['q=ree*', ['fiji']],
    ['q=snow reefs', []],
    ["filter=title LIKE 'Snow%25'", ['alps']],
    ["filter=title LIKE '%25Fiji' OR gsd > 20", ['fiji', 'nowhere']],
    ['filter=gsd BETWEEN 5 AND 15', ['alps']],
    ['filter=gsd IS NULL', ['fiji']],
    ["filter=platform = 'sentinel-1a' AND NOT id = 'alps'", ['fiji']],
    ["filter=\"processing:level\" IN ('L2A','L3')", ['fiji']],
    ['filter=S_INTERSECTS(geometry,POINT(10 45))', ['alps', 'nowhere']],
    ["filter=end_datetime < TIMESTAMP('2022-01-01T00:00:00Z')", ['alps']],
    ['filter={"op":"=","args":[{"property":"id"},"fiji"]}', ['fiji']],
    ['sortby=-title', ['nowhere', 'alps', 'fiji']],
    ['sortby=gsd', ['alps', 'nowhere', 'fiji']],
    ['sortby=-start_datetime,id', ['fiji', 'alps', 'nowhere']],
    ['sortby= properties.processing:level,-id', ['nowhere', 'alps', 'fiji']],
  ])('%s', (query, expected) => {
    expect(ids(query)).toEqual(expected);
  });

  it.each([
    ['sortby=secret', 'sortby'],
    ["filter=secret = 'x'", 'filter'],
    ['filter=gsd * 2 > 3', 'filter'],
    ['token=x', 'token'],
    [`token=${Buffer.from('["a","b"]').toString('base64url')}`, 'token'],
  ])('refuses %s', (query, subject) => {
    expect(() => search(query)).toThrow(
      expect.objectContaining({ name: InvalidError.name, subject }) as unknown as Error,
    );
  });

  it('counts what matches whatever the page, and selects fields', () => {
    const found = search('limit=1&bbox=10,45,11,46');
    expect([found.summaries.length, found.matched]).toEqual([1, 2]);
    const url = 'https://mirror.example/stac/collections?limit=1';
    const page = writeCollectionPage(found, {
      url,
      address: 'https://mirror.example',
      fields: { include: ['title'], exclude: [] },
    });
    expect(page).toMatchObject({ numberMatched: 2, numberReturned: 1 });
    expect(page).toHaveProperty('collections', [
      { type: 'Collection', stac_version: '1.1.0', id: 'alps', title: 'Snow of the Alps' },
    ]);
    expect(JSON.stringify(page)).toContain(`${url}&token=`);
  });

  it('pages through each collection once, in any order, while others come and go', () => {
    const summary = fc.record({
      id: fc.string({ unit: fc.constantFrom('a', 'b', 'ü'), minLength: 1, maxLength: 4 }),
      resolution: fc.option(fc.constantFrom(10, 20), { nil: undefined }),
      stays: fc.boolean(),
    });
    const sort = fc.constantFrom('', 'sortby=gsd&', 'sortby=-gsd,title&', 'sortby=-id&');
    fc.assert(
      fc.property(
        fc.uniqueArray(summary, { selector: ({ id }) => id }),
        sort,
        fc.integer({ min: 1, max: 3 }),
        (given, by, limit) => {
          const made = given.map(({ id, resolution, stays }) => ({
            stays,
            summary: {
              collection: { ...testCollection(id), ...(resolution === undefined ? {} : { resolution }) },
              count: 0,
            },
          }));
          const staying = made.filter(({ stays }) => stays).map((each) => each.summary);
          const all = made.map((each) => each.summary);
          const seen: string[] = [];
          let token: string | undefined = '';
          for (let at = 0; token !== undefined; at++) {
            const query: string = `${by}limit=${limit}${token === '' ? '' : `&token=${token}`}`;
            const found = search(query, at % 2 === 0 ? all : staying);
            seen.push(...found.summaries.map(({ collection }) => collection.id));
            token = found.next;
          }
          const order = search(by, staying).summaries.map(({ collection }) => collection.id);
          expect(seen.filter((id) => order.includes(id))).toEqual(order);
          expect(new Set(seen).size).toBe(seen.length);
        },
      ),
    );
  });
});
