import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { ProductStore } from '#domain/ports/product-store.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { attribute, child, childrenOf, descendants, textAt } from '#protocols/xml/xml-path.js';
import { testCollection } from '#test/support/catalogue-products.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { DiscoveryModule } from '../discovery.module.js';

const MANY = manyProducts(25);

describe('OpenSearch over a real catalogue', () => {
  let service: CatalogueService;

  beforeAll(async () => {
    service = await startCatalogueService([DiscoveryModule], [SENTINEL_1, SENTINEL_2, ...MANY]);
  }, 120_000);

  afterAll(() => service.stop(), 60_000);

  const get = (path: string): Promise<Response> => fetch(`${service.url}/opensearch/${path}`);
  const feed = async (query: string) => {
    const answer = await get(`request/?${query}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8']);
    return parseXml(await answer.text());
  };
  const downloads = async (query: string): Promise<readonly (string | undefined)[]> =>
    descendants(await feed(query), 'link')
      .filter((link) => attribute(link, 'title') === 'Download')
      .map((link) => attribute(link, 'href')?.split('/').at(-1));

  it('answers the request of code-de-query-download.sh', async () => {
    const found = await downloads(
      'httpAccept=application/atom%2Bxml&parentIdentifier=EOP:CODE-DE:S2_MSI_L1C&startDate=2024-01-03T00:00:00.000Z' +
        '&endDate=2024-01-07T23:59:59.999&bbox=5.9,47.2,15.2,55&cloudCover=[0,4]&maximumRecords=100',
    );
    const expected = MANY.filter(({ properties }) => [2, 3, 4].includes(Number(properties['cloudCover'])));
    // Newest first.
    expect(found).toEqual(expected.map(({ content }) => content?.fileName).toReversed());
  });

  it('does so without the slash before the question mark, and by WKT', async () => {
    const wkt = 'POLYGON((-78%20-13,-76%20-13,-76%20-11,-78%20-11,-78%20-13))';
    const answer = await get(`request?geometry=${wkt}&parentIdentifier=EOP:FROMBORK:S2_MSI_L1C`);
    expect(await answer.text()).toContain(`/download/${SENTINEL_2.id}.SAFE.zip`);
  });

  it('pages through every product once, the total always told', async () => {
    const seen: (string | undefined)[] = [];
    for (let page = 1; page <= 4; page++) {
      const query = `parentIdentifier=EOP:FROMBORK:S2_MSI_L1C&maximumRecords=7&startPage=${page}`;
      seen.push(...(await downloads(query)));
      expect(textAt(await feed(query), 'totalResults')).toBe('26');
    }
    expect([seen.length, new Set(seen).size]).toEqual([26, 26]);
    const none = await feed('parentIdentifier=EOP:FROMBORK:S2_MSI_L1C&maximumRecords=0');
    expect([textAt(none, 'totalResults'), child(none, 'entry')]).toEqual(['26', undefined]);
  });

  it.each([
    ['platform=Sentinel-1', [SENTINEL_1.id]],
    ['polarisationChannels=VV,VH', [SENTINEL_1.id]],
    ['platformSerialIdentifier=1A', [SENTINEL_1.id]],
    ['orbitDirection=ASCENDING', [SENTINEL_1.id]],
    ['sensorType=RADAR', [SENTINEL_1.id]],
    ['orbitNumber=[52000,53000]', [SENTINEL_1.id]],
    ['productionStatus=offline', [SENTINEL_1.id]],
    [`uid=EOP:FROMBORK:S2_MSI_L1C:/${SENTINEL_2.id}`, [SENTINEL_2.id]],
    ['startDate=2022-01-25&endDate=2022-01-25', [SENTINEL_2.id]],
    ['bbox=179,-20,-179.5,-10', [SENTINEL_1.id]],
    ['lat=-16&lon=179.9&radius=20000', [SENTINEL_1.id]],
    ['cloudCover=99', []],
    ['searchTerms=T18LTM', [SENTINEL_2.id]],
    ['bbox=-90,-20,-70,0&relation=within', [SENTINEL_2.id]],
    ['bbox=-77.3,-12.3,-77.2,-12.2&relation=contains', [SENTINEL_2.id]],
    ['bbox=-180,-90,180,0&relation=disjoint&orbitNumber=52789', []],
    ['startDate=2022-01-01&endDate=2022-12-31&timeRelation=during', [SENTINEL_2.id]],
    ['startDate=2023-01-01T00:00:00Z&timeRelation=before', [SENTINEL_2.id]],
    ['platform=S2&processingLevel=1C&platformSerialIdentifier=S2A', [SENTINEL_2.id]],
    ['productType=GRD', [SENTINEL_1.id]],
    ['productionStatus=ARCHIVED&sensorMode=IW', [SENTINEL_1.id]],
    ['swathIdentifier=IW&acquisitionStation=nowhere', [SENTINEL_1.id]],
    ['track=125&illuminationElevationAngle=[61,62]&platformSerialIdentifier=A', [SENTINEL_2.id]],
    ['creationDate=[2022-01-25&latestOnly=false&sensorType=OPTICAL&tileId=18LTM', [SENTINEL_2.id]],
  ])('finds by %s', async (query, ids) => {
    const entries = descendants(await feed(query), 'entry');
    expect(entries.map((entry) => textAt(entry, 'identifier')?.split(':/').at(-1))).toEqual(ids);
  });

  it('gives new products to those who follow by creation date, oldest first', async () => {
    const query = 'creationDate=[2020-01-01T00:00:00.000&sortBy=creationDate&sortDir=ASC&maximumRecords=500';
    const published = descendants(await feed(query), 'entry').map((entry) => textAt(entry, 'published') ?? '');
    expect(published).toHaveLength(27);
    expect(published).toEqual(published.toSorted((a, b) => a.localeCompare(b)));
  });

  it('answers in GeoJSON and O&M where they are asked for', async () => {
    const json = await get('request?httpAccept=application/geo%2Bjson&maximumRecords=3');
    expect(json.headers.get('content-type')).toBe('application/geo+json');
    expect(await json.json()).toMatchObject({ totalResults: 27, itemsPerPage: 3, features: [{}, {}, {}] });
    const observation = await get(`request?httpAccept=application/gml%2Bxml&uid=${SENTINEL_2.id}`);
    expect(parseXml(await observation.text()).qname).toBe('opt:EarthObservation');
  });

  it('searches in two steps: collections, the description of one, its products (CEOS-BP-001)', async () => {
    const first = parseXml(await (await get('collections?platform=Sentinel-2&processingLevel=L1C')).text());
    const search = descendants(child(first, 'entry')!, 'link').find((link) => attribute(link, 'rel') === 'search');
    const description = parseXml(await (await fetch(attribute(search, 'href') ?? '')).text());
    const results = childrenOf(description, 'Url').find((url) => attribute(url, 'type') === 'application/atom+xml');
    const template = attribute(results, 'template') ?? '';
    const filled = template
      .replace('{count?}', '5')
      .replace('{startIndex?}', '2')
      .replaceAll(/\{[^}]*\?\}/g, '');
    const products = parseXml(await (await fetch(filled)).text());
    expect([textAt(products, 'totalResults'), textAt(products, 'startIndex')]).toEqual(['26', '2']);
    expect(childrenOf(products, 'entry')).toHaveLength(5);
  });

  it('lists collections as GeoJSON, and where the request names the step by its type', async () => {
    const json = await get('request?type=collection&httpAccept=application/geo%2Bjson&count=3');
    const total = SENTINEL_COLLECTIONS.length;
    expect(await json.json()).toMatchObject({ totalResults: total, features: [{}, {}, {}] });
  });

  it('answers SRU with O&M records and their number', async () => {
    const answer = await get('request?httpAccept=application/sru%2Bxml&recordSchema=om10&maximumRecords=2');
    expect(answer.headers.get('content-type')).toBe('application/sru+xml; charset=utf-8');
    const response = parseXml(await answer.text());
    expect([textAt(response, 'numberOfRecords'), textAt(response, 'nextRecordPosition')]).toEqual(['27', '3']);
    expect(descendants(response, 'EarthObservation')).toHaveLength(2);
  });

  it('describes the search of all collections and of one', async () => {
    for (const query of ['', '?parentIdentifier=EOP:FROMBORK:S2_MSI_L1C']) {
      const answer = await get(`description.xml${query}`);
      expect(answer.headers.get('content-type')).toBe('application/opensearchdescription+xml; charset=utf-8');
      expect(parseXml(await answer.text()).name).toBe('OpenSearchDescription');
    }
  });

  it('knows a collection as soon as it is registered, after having said that there is none', async () => {
    const request = 'request?parentIdentifier=EOP:FROMBORK:LATE';
    expect((await get(request)).status).toBe(400);
    await service.port(ProductStore).registerCollection({ ...testCollection('late'), shortName: 'LATE' });
    expect((await get(request)).status).toBe(200);
  });

  it.each([
    ['request?bbox=1,2', 400, 'InvalidParameterValue', 'bbox'],
    ['request?parentIdentifier=EOP:X:NOTHING', 400, 'InvalidParameterValue', 'parentIdentifier'],
    ['request?geometry=POLYGON((0 0,1 1,1 0,0 1,0 0))', 400, 'InvalidParameterValue', 'geometry'],
    ['request?httpAccept=application/gml%2Bxml&uid=nothing', 404, 'NotFound', 'uid'],
    ['request?httpAccept=text/turtle', 415, 'InvalidParameterValue', 'httpAccept'],
    ['request?name=Lima', 400, 'InvalidParameterValue', 'name'],
    ['collections?httpAccept=application/gml%2Bxml', 415, 'InvalidParameterValue', 'httpAccept'],
    ['description.xml?parentIdentifier=NOTHING', 400, 'InvalidParameterValue', 'parentIdentifier'],
  ])('refuses %s as an exception report', async (path, status, code, locator) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    const exception = child(parseXml(await answer.text()), 'Exception');
    expect([attribute(exception, 'exceptionCode'), attribute(exception, 'locator')]).toEqual([code, locator]);
  });
});
