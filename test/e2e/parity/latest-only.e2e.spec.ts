import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Product } from '#domain/product/product.js';
import { productUuid } from '#domain/product/product-uuid.js';
import { DiscoveryModule } from '#services/discovery/src/discovery.module.js';
import { StacModule } from '#services/stac/src/stac.module.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { SENTINEL_2 } from '#test/support/sample-products.js';

const OLD = 'S2A_N0400';
const NEW = 'S2A_N0510';
const LONE = 'S2A_LONE';

function processing(id: string, scene?: Product['scene']): Product {
  const { scene: _scene, successor: _successor, ...rest } = SENTINEL_2;
  return { ...rest, id, uuid: productUuid(rest.collection, id), ...(scene === undefined ? {} : { scene }) };
}

const CSW = '/csw?service=CSW&version=2.0.2&request=GetRecords&typeNames=csw:Record&elementSetName=brief&maxRecords=50';
const CQL = `${CSW}&resultType=results&constraintLanguage=CQL_TEXT&constraint=dc:type='dataset' AND eo:Latest=`;
const FES = (value: string): string => {
  const equal = (name: string, literal: string): string =>
    `<ogc:PropertyIsEqualTo><ogc:PropertyName>${name}</ogc:PropertyName><ogc:Literal>${literal}</ogc:Literal></ogc:PropertyIsEqualTo>`;
  const filter = `<ogc:Filter xmlns:ogc="http://www.opengis.net/ogc"><ogc:And>${equal('dc:type', 'dataset')}${equal('eo:Latest', value)}</ogc:And></ogc:Filter>`;
  return `${CSW}&resultType=results&constraintLanguage=FILTER&constraint=${encodeURIComponent(filter)}`;
};
const lambda = (value: string): string =>
  `/odata/v1/Products?$filter=Attributes/OData.CSC.BooleanAttribute/any(a:a/Name eq 'latest' and a/OData.CSC.BooleanAttribute/Value eq ${value})`;

/** How each door asks for the latest processings (`true`), or those that are superseded. */
const DOORS: readonly (readonly [door: string, path: (value: string) => string])[] = [
  ['CSW by CQL', (value) => `${CQL}'${value}'`],
  ['CSW by Filter', FES],
  ['DHuS search', (value) => `/dhus/search?q=latest:${value}`],
  ['DHuS OData', (value) => `/dhus/odata/v1/Products?$format=json&$filter=Latest eq ${value}`],
  ['OData v4', (value) => `/odata/v1/Products?$filter=Latest eq ${value}`],
  ['OData v4 by attribute', lambda],
  ['STAC by filter', (value) => `/stac/search?filter=latest=${value}`],
  ['STAC by query', (value) => `/stac/search?query=${encodeURIComponent(`{"latest":{"eq":${value}}}`)}`],
];

/** These can leave out what is superseded, and that is all. */
const OPTIONS: typeof DOORS = [
  ['OpenSearch', (value) => `/opensearch/request?latestOnly=${value}`],
  ['resto', (value) => `/resto/api/collections/search.json?latestOnly=${value}`],
];

describe('the latest processing of each scene only', () => {
  let service: CatalogueService;
  beforeAll(async () => {
    const products = [
      processing(OLD, { id: 'one', version: '04.00' }),
      processing(NEW, { id: 'one', version: '05.10' }),
      processing(LONE),
    ];
    service = await startCatalogueService([DiscoveryModule, StacModule], products);
  }, 120_000);
  afterAll(() => service.stop());

  const found = async (path: string): Promise<readonly string[]> => {
    const answer = await fetch(service.url + path);
    const body = await answer.text();
    expect([answer.status, body]).toEqual([200, body]);
    // The ids as such, not within links to a predecessor or successor.
    return [OLD, NEW, LONE].filter((id) => new RegExp(`[>":/]${id}(?:\\.SAFE)?[<"]`).test(withoutHistory(body)));
  };

  it.each([...DOORS, ...OPTIONS])(
    'is asked of %s',
    async (_door, path) => {
      expect(await found(path('true'))).toEqual([NEW, LONE]);
    },
    60_000,
  );

  it.each(DOORS)(
    'is asked of %s the other way round',
    async (_door, path) => {
      expect(await found(path('false'))).toEqual([OLD]);
    },
    60_000,
  );

  it.each(OPTIONS)(
    'is not asked of %s by false',
    async (_door, path) => {
      expect(await found(path('false'))).toEqual([OLD, NEW, LONE]);
    },
    60_000,
  );

  it('is no other value', async () => {
    for (const path of [
      `${CQL}'maybe'`,
      '/dhus/search?q=latest:maybe',
      "/odata/v1/Products?$filter=Latest eq 'maybe'",
    ]) {
      expect(await (await fetch(service.url + path)).text()).toContain('is equal to true or false');
    }
  }, 60_000);
});

function withoutHistory(body: string): string {
  return body.replaceAll(/\{[^{}]*"rel":"(?:predecessor|successor|latest)-version"[^{}]*\}/g, '');
}
