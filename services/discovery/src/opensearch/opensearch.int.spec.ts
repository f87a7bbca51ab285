import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { attribute, child, descendants, textAt } from '#protocols/xml/xml-path.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { DiscoveryModule } from '../discovery.module.js';

const MANY = manyProducts(25);

describe('OpenSearch over a real catalogue', () => {
  let service: CatalogueService;

  beforeAll(async () => {
    service = await startCatalogueService([DiscoveryModule], [SENTINEL_1, SENTINEL_2, ...MANY]);
  }, 120_000);

  afterAll(() => service.stop());

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

  it('describes the search of all collections and of one', async () => {
    for (const query of ['', '?parentIdentifier=EOP:FROMBORK:S2_MSI_L1C']) {
      const answer = await get(`description.xml${query}`);
      expect(answer.headers.get('content-type')).toBe('application/opensearchdescription+xml; charset=utf-8');
      expect(parseXml(await answer.text()).name).toBe('OpenSearchDescription');
    }
  });

  it.each([
    ['request?bbox=1,2', 400, 'InvalidParameterValue', 'bbox'],
    ['request?parentIdentifier=EOP:X:NOTHING', 400, 'InvalidParameterValue', 'parentIdentifier'],
    ['request?geometry=POLYGON((0 0,1 1,1 0,0 1,0 0))', 400, 'InvalidParameterValue', 'geometry'],
    ['request?httpAccept=application/gml%2Bxml&uid=nothing', 404, 'NotFound', 'uid'],
    ['description.xml?parentIdentifier=NOTHING', 400, 'InvalidParameterValue', 'parentIdentifier'],
  ])('refuses %s as an exception report', async (path, status, code, locator) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    const exception = child(parseXml(await answer.text()), 'Exception');
    expect([attribute(exception, 'exceptionCode'), attribute(exception, 'locator')]).toEqual([code, locator]);
  });
});
