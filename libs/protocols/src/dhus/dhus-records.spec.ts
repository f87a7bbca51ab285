import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MultiPolygon } from '#domain/geometry/geometry.js';
import { SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { parseByteSize, sizesWrittenAs, writeByteSize } from './byte-size.js';
import { dhusSpelling, storedSpellings } from './dhus-spelling.js';
import { writeGmlFootprint } from './gml-footprint.js';
import { productFileName, productRecord, writeRecordSummary } from './product-record.js';
import { parseQueryString } from './query-string.js';
import { writeSearchAtom } from './search-atom.js';
import { writeCauseMessage } from './search-error.js';
import { writeSearchJson } from './search-json.js';
import type { DhusPage } from './search-page.js';
import { parseDhusSearch } from './search-request.js';

describe('sizes as DHuS writes them', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.00 KB'],
    [10_906, '10.65 KB'],
    [768_914_000, '733.29 MB'],
    [1.62 * 1024 ** 3, '1.62 GB'],
  ])('%d', (bytes, text) => {
    expect(writeByteSize(bytes)).toBe(text);
  });

  it('finds again what it wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 45 }), (bytes) => {
        const { from, before } = sizesWrittenAs(writeByteSize(bytes))!;
        expect([bytes >= from, bytes <= before, parseByteSize(String(bytes))]).toEqual([true, true, bytes]);
      }),
    );
  });
});

describe('words that DHuS spells its own way', () => {
  it.each([SENTINEL_1, SENTINEL_2])('are found again for $id', (product) => {
    for (const property of [
      'constellation',
      'platform',
      'instrument',
      'processingLevel',
      'orbitDirection',
      'tile',
      'timeliness',
    ]) {
      const value = product.properties[property];
      if (value === undefined) continue;
      expect([property, storedSpellings(property, dhusSpelling(product, property)!)]).toEqual([
        property,
        expect.arrayContaining([value]),
      ]);
    }
  });

  it.each([
    ['constellation', 'Sentinel-5 Precursor', ['sentinel-5p']],
    ['platform', 'S1A', ['sentinel-1a']],
    ['platform', '5P', ['sentinel-5p']],
    ['instrument', 'SAR', ['c-sar']],
    ['processingLevel', 'L1C', ['L1C']],
    ['processingLevel', 'Level-2Ap', ['L2AP']],
    ['processingLevel', '1', ['L1']],
    ['timeliness', 'Near Real Time', ['Near Real Time', 'NR', 'NRTI']],
    ['id', 'A.SAFE.zip', ['A']],
    ['other', 'x', ['x']],
    ['constructor', 'x', ['x']],
  ])('%s %s', (property, text, stored) => {
    expect(storedSpellings(property, text)).toEqual(stored);
  });
});

describe('a footprint in GML 2', () => {
  it('is one ring in latitude, longitude', () => {
    expect(writeGmlFootprint(SENTINEL_2.geometry)).toContain(
      '>-12.7,-77.7 -12.7,-76.7 -11.7,-76.7 -11.7,-77.7 -12.7,-77.7<',
    );
    expect(writeGmlFootprint(null)).toBeUndefined();
    expect(writeGmlFootprint({ type: 'Point', coordinates: [1, 2] })).toBeUndefined();
  });

  it('is joined across the antimeridian, whichever half comes first', () => {
    const halves = (SENTINEL_1.geometry as MultiPolygon).coordinates;
    for (const coordinates of [halves, halves.toReversed()]) {
      expect(writeGmlFootprint({ type: 'MultiPolygon', coordinates })).toContain(
        '>-15,178 -17,178 -17,-179 -15,-179 -15,178<',
      );
    }
  });

  it('is the first polygon of several that do not meet', () => {
    const square = (x: number) =>
      [
        [
          [x, 0],
          [x + 1, 0],
          [x + 1, 1],
          [x, 0],
        ],
      ] as never;
    expect(writeGmlFootprint({ type: 'MultiPolygon', coordinates: [square(0), square(5)] })).toContain(
      '>0,0 0,1 1,1 0,0<',
    );
  });
});

describe('a result', () => {
  it('names the folder of the product, with or without its bytes', () => {
    expect(productFileName(SENTINEL_2)).toBe(`${SENTINEL_2.id}.SAFE`);
    expect(productFileName(SENTINEL_1)).toBe(`${SENTINEL_1.id}.SAFE`);
    const properties = { constellation: 'sentinel-5p' };
    expect(productFileName({ ...SENTINEL_1, properties })).toBe(`${SENTINEL_1.id}.nc`);
  });

  it('says what people read first', () => {
    expect(writeRecordSummary(SENTINEL_2)).toBe(
      'Date: 2022-01-25T15:17:01.024Z, Instrument: MSI, Mode: INS-NOBS, Satellite: Sentinel-2, Size: 733.01 MB',
    );
  });

  it('has every name once', () => {
    for (const product of [SENTINEL_1, SENTINEL_2]) {
      const names = productRecord(product).map(([, name]) => name);
      expect(names).toEqual([...new Set(names)]);
    }
  });
});

describe('query strings', () => {
  it.each([
    ['q=a+b%20c', 'a b c'],
    ['q=%F5%E4', 'õä'],
    ['q=%C3%B5%C3%A4', 'õä'],
    ['q=100%', '100%'],
    ['q=a=b&q=c', 'a=b'],
    ['x=1', undefined],
    ['%71=1', '1'],
  ])('%s', (query, q) => {
    expect(parseQueryString(query).get('q')).toBe(q);
  });
});

describe('a total that is an estimate', () => {
  const page = (isEstimate: boolean): DhusPage => ({
    search: parseDhusSearch(new Map([['q', '*']]), new Date(0)),
    mirror: { address: 'https://mirror.example', name: 'FROMBORK' },
    products: [SENTINEL_1],
    total: 1_700_000,
    isEstimate,
    now: new Date(0),
    seconds: 5,
  });

  it('has a word beside it in both forms, where the numbers are read as ever', () => {
    expect(writeSearchAtom(page(true))).toMatch(
      /<opensearch:totalResults>1700000<[^]*<frombork:totalIsEstimate [^>]*>true</,
    );
    expect(JSON.parse(writeSearchJson(page(true)))).toMatchObject({
      feed: { 'opensearch:totalResults': '1700000', 'frombork:totalIsEstimate': 'true' },
    });
    expect(writeSearchAtom(page(false)) + writeSearchJson(page(false))).not.toContain('Estimate');
  });

  it('is never told where the number is all that is asked', () => {
    const counted = (rows: string) => parseDhusSearch(new Map([['q', '*'], ['rows', rows]]), new Date(0)).query.count; // prettier-ignore
    expect([counted('0'), counted('10')]).toEqual(['exact', 'patient']);
  });
});

describe('the cause of an error', () => {
  it('is one line a header can hold, however long', () => {
    const line = writeCauseMessage('X', `a\r\nSet-Cookie: b\0€õ${'x'.repeat(5000)}`);
    expect([line.startsWith('X : a??Set-Cookie: b??õxxx'), line.length]).toEqual([true, 1003]);
  });
});
