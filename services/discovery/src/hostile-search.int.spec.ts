import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { SENTINEL_2 } from '#test/support/sample-products.js';
import { DiscoveryModule } from './discovery.module.js';

const OPENSEARCH = 'opensearch/request?';
const SRU = 'opensearch/request?httpAccept=application/sru%2Bxml&';
const COLLECTIONS = 'opensearch/collections?';
const RESTO = 'resto/api/collections/search.json?';

/** A ring of many points around the Earth's middle, small enough for a request line. */
const ring = (points: number): string => {
  const around = Array.from({ length: points }, (_, at) => {
    const angle = (2 * Math.PI * at) / points;
    return `${Math.cos(angle).toFixed(2)} ${Math.sin(angle).toFixed(2)}`;
  });
  return [...around, around[0]].join(',');
};

/** Values that are wrong in every search, with the parameter they come by. */
const WRONG: readonly (readonly [name: string, value: string])[] = [
  ['geometry', `${'GEOMETRYCOLLECTION('.repeat(300)}POINT(1 1)${')'.repeat(300)}`],
  ['geometry', `POLYGON(${'('.repeat(2000)}`],
  ['geometry', 'POLYGON((0 0,1e999 1,1 1,0 0))'],
  ['geometry', 'POINT(1 1)\0'],
  ['geometry', "POINT(1 1)'; drop table catalogue.product; --"],
  ['geometry', `POLYGON((${ring(300)},${'9'.repeat(400)} 1))`],
  ['lat', '1e400'],
  ['cloudCover', '[[[[[[[['],
  ['cloudCover', `[${'9'.repeat(400)},1]`],
  ['cloudCover', "0' or '1'='1"],
  ['cloudCover', '[NaN,Infinity]'],
  ['orbitNumber', '{1,2'],
  ['startDate', '9999999999-01-01'],
  ['startDate', '2024-02-31'],
  ['startDate', '0000-00-00T99:99:99Z'],
  ['productType', 'a\0b'],
];

/** Values that are odd but can be searched for: they find nothing, or do nothing. */
const ODD: readonly (readonly [name: string, value: string])[] = [
  ['productType', `'; drop table catalogue.product; --`],
  ['productType', String.raw`\' or 1=1 --`],
  ['productType', '\u{1F600}\ud800'],
  ['productType', 'x'.repeat(8000)],
  ['q', '<!DOCTYPE a [<!ENTITY b "c">]>&b;'],
  ['__proto__', 'x'],
  ['constructor', 'x'],
  ['toString', 'x'],
];

describe('hostile searches', () => {
  let service: CatalogueService;

  beforeAll(async () => {
    service = await startCatalogueService([DiscoveryModule], [SENTINEL_2]);
  }, 120_000);

  afterAll(() => service.stop(), 60_000);

  const get = (path: string, name: string, value: string): Promise<Response> =>
    fetch(`${service.url}/${path}${new URLSearchParams({ [name]: value }).toString()}`);

  it.each(WRONG)('OpenSearch refuses %s as an exception report', async (name, value) => {
    const answer = await get(OPENSEARCH, name, value);
    expect([answer.status, parseXml(await answer.text()).qname]).toEqual([400, 'ows:ExceptionReport']);
  });

  it.each(WRONG)('SRU refuses %s as a diagnostic', async (name, value) => {
    const answer = await get(SRU, name, value);
    const body = await answer.text();
    expect([answer.status, parseXml(body).name]).toEqual([400, 'searchRetrieveResponse']);
    expect(body).toContain('info:srw/diagnostic/1/6');
  });

  it.each(WRONG)('resto refuses %s in its own words', async (name, value) => {
    const answer = await get(RESTO, name, value);
    expect([answer.status, await answer.json()]).toMatchObject([400, { ErrorCode: 400 }]);
  });

  it.each(ODD)('takes %s for what it is', async (name, value) => {
    for (const path of [OPENSEARCH, SRU, COLLECTIONS, RESTO]) {
      const answer = await get(path, name, value);
      expect(answer.status).toBe(200);
    }
    // The catalogue is as it was.
    expect(await (await get(RESTO, 'identifier', SENTINEL_2.id)).json()).toMatchObject({
      properties: { totalResults: 1 },
    });
  });

  it.each([
    ['maximumRecords', '99999999999999999999'],
    ['startRecord', '0'],
    ['startPage', '-1'],
    ['sortBy', "published'; --"],
    ['sortBy', 'creationDate,'.repeat(50)],
    ['sortKeys', 'constructor,,1'],
    ['relation', '__proto__'],
    ['timeRelation', 'constructor'],
    ['latestOnly', 'maybe'],
    ['recordSchema', '../../etc/passwd'],
    ['name', 'Frombork'],
  ])('OpenSearch refuses %s=%s', async (name, value) => {
    const answer = await get(OPENSEARCH, name, value);
    expect([answer.status, parseXml(await answer.text()).qname]).toEqual([400, 'ows:ExceptionReport']);
  });

  it('answers deep pages, and more parameters than anybody has', async () => {
    const deep = await get(`${RESTO}maxRecords=2000&`, 'page', '400000000000');
    expect(await deep.json()).toMatchObject({ features: [] });
    const many = Array.from({ length: 1500 }, (_, index) => `p${index}=1`).join('&');
    expect((await get(`${OPENSEARCH}${many}&`, 'uid', SENTINEL_2.id)).status).toBe(200);
  });

  it('takes a polygon of many points, and refuses a set of more values than can be meant', async () => {
    expect((await get(OPENSEARCH, 'geometry', `POLYGON((${ring(200)}))`)).status).toBe(200);
    const values = Array.from({ length: 2500 }, (_, index) => index).join(',');
    const answer = await fetch(`${service.url}/${OPENSEARCH}orbitNumber={${values}}`);
    expect([answer.status, parseXml(await answer.text()).qname]).toEqual([400, 'ows:ExceptionReport']);
  });
});
