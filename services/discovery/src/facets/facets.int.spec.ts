import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { DiscoveryModule } from '../discovery.module.js';

describe('facets and timeline over a real catalogue', () => {
  let service: CatalogueService;

  beforeAll(async () => {
    service = await startCatalogueService([DiscoveryModule], [SENTINEL_1, SENTINEL_2, ...manyProducts(40)]);
  }, 120_000);
  afterAll(() => service.stop());

  const get = (path: string, headers = {}) => fetch(`${service.url}/opensearch/${path}`, { headers });
  const facets = async (query: string) => {
    const answer = (await (await get(`facets?${query}`)).json()) as {
      facets: { name: string; exact: boolean; hasMore: boolean; values: { value: string; count: number }[] }[];
    };
    expect(answer.facets.every(({ exact, hasMore }) => exact && !hasMore)).toBe(true);
    return Object.fromEntries(
      answer.facets.map(({ name, values }) => [name, values.map(({ value, count }) => `${value} ${count}`)]),
    );
  };

  it('counts everything from the tallies and from the rows alike', async () => {
    const everything = await facets('facets=month,collection');
    expect(everything).toEqual({
      month: ['2022-01 1', '2024-01 31', '2024-02 9', '2024-03 1'],
      collection: ['sentinel-2-l1c 41', 'sentinel-1-grd 1'],
    });
    // A condition that all meet: nothing is tallied by it.
    expect(await facets('facets=month,collection&orbitNumber=[0,999999]')).toEqual(everything);
  });

  it.each([
    [
      'parentIdentifier=EOP:FROMBORK:S2_MSI_L1C&startDate=2024-01-30T12:00:00Z&endDate=2024-02-02T23:59:59Z&facets=day',
      { day: ['2024-01-31 1', '2024-02-01 1', '2024-02-02 1'] },
    ],
    [
      'cloudCover=[0,20[&facets=cloudCover,platform',
      { cloudCover: ['0-10 10', '10-20 10'], platform: ['sentinel-2b 20'] },
    ],
    [
      'platform=Sentinel-1&facets=polarisations,online,orbitDirection,year',
      {
        polarisations: ['VH 1', 'VV 1'],
        online: ['offline 1'],
        orbitDirection: ['ascending 1'],
        year: ['2024 1'],
      },
    ],
    ['bbox=179,-20,-179.5,-10&facets=platform', { platform: ['sentinel-1a 1'] }],
    ['cloudCover=99&facets=platform,month', { platform: [], month: [] }],
    [`uid=${SENTINEL_2.id}&facets=YEAR,Tile`, { year: ['2022 1'], tile: ['18LTM 1'] }],
  ])('counts what %s finds', async (query, expected) => {
    expect(await facets(query)).toEqual(expected);
  });

  it('draws the timeline, with tag and for pages of other origins', async () => {
    const answer = await get('timeline?interval=month&startDate=2024-01-01');
    expect([answer.headers.get('content-type'), answer.headers.get('access-control-allow-origin')]).toEqual([
      'application/json',
      '*',
    ]);
    expect(await answer.json()).toEqual({
      type: 'Timeline',
      interval: 'month',
      exact: true,
      hasMore: false,
      values: [
        { value: '2024-01', count: 31, start: '2024-01-01T00:00:00.000Z', end: '2024-02-01T00:00:00.000Z' },
        { value: '2024-02', count: 9, start: '2024-02-01T00:00:00.000Z', end: '2024-03-01T00:00:00.000Z' },
        { value: '2024-03', count: 1, start: '2024-03-01T00:00:00.000Z', end: '2024-04-01T00:00:00.000Z' },
      ],
    });
    const again = await get('timeline?interval=month&startDate=2024-01-01', {
      'If-None-Match': answer.headers.get('etag') ?? '',
    });
    expect(again.status).toBe(304);
  });

  it.each([
    ['facets?facets=secret', 'facets'],
    ['facets?facets=month&bbox=1,2', 'bbox'],
    ['timeline?interval=week', 'interval'],
    [
      `facets?facets=${'month,day,year,platform,tile,swath,online,resolution,timeliness,instrument,collection,cloudCover,snowCover'}`,
      'facets',
    ],
  ])('refuses %s as the search does', async (path, locator) => {
    const answer = await get(path);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(`locator="${locator}"`);
  });
});
