import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { StacModule } from './stac.module.js';

interface Bucket {
  readonly key: string;
  readonly frequency: number;
  readonly from?: number;
  readonly to?: number;
}

interface Aggregation {
  readonly name: string;
  readonly data_type: string;
  readonly value?: unknown;
  readonly buckets?: readonly Bucket[];
  readonly overflow?: number;
}

describe('aggregations over a real catalogue', () => {
  let service: CatalogueService;
  beforeAll(async () => {
    service = await startCatalogueService([StacModule], [SENTINEL_1, SENTINEL_2, ...manyProducts(40)]);
  }, 120_000);
  afterAll(() => service.stop());

  const get = (path: string) => fetch(`${service.url}/stac${path}`);
  const post = (path: string, body: object) =>
    fetch(`${service.url}/stac${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const told = async (answer: Promise<Response>): Promise<readonly Aggregation[]> => {
    const read = await answer;
    expect(read.status).toBe(200);
    return ((await read.json()) as { aggregations: readonly Aggregation[] }).aggregations;
  };
  const simply = (aggregations: readonly Aggregation[]) =>
    Object.fromEntries(
      aggregations.map(({ name, value, buckets }) => [
        name,
        buckets === undefined ? value : buckets.map(({ key, frequency }) => `${key} ${frequency}`),
      ]),
    );

  it('tells what can be aggregated, here and of a collection, and computes every one of it', async () => {
    const known = await told(get('/aggregations'));
    expect(known.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'total_count',
        'datetime_min',
        'datetime_max',
        'datetime_frequency',
        'collection_frequency',
        'cloud_cover_frequency',
        'platform_frequency',
        'grid_code_frequency',
        'mgrs_tile_frequency',
        'polarizations_frequency',
        'relative_orbit_frequency',
        'centroid_geohash_grid_frequency',
      ]),
    );
    expect(await told(get('/collections/sentinel-2-l1c/aggregations'))).toEqual(known);
    expect((await get('/collections/nothing/aggregations')).status).toBe(404);
    const names = known.map(({ name }) => name);
    for (const part of [names.slice(0, 20), names.slice(20)]) {
      const computed = await told(get(`/aggregate?aggregations=${part.join(',')}`));
      expect(computed.map(({ name }) => name)).toEqual(part);
    }
  });

  it('gives values and buckets of everything, from tallies and from rows', async () => {
    const names = 'total_count,datetime_min,datetime_max,datetime_frequency,collection_frequency';
    const expected = {
      total_count: 42,
      datetime_min: SENTINEL_2.acquiredFrom.toISOString(),
      datetime_max: SENTINEL_1.acquiredFrom.toISOString(),
      datetime_frequency: [
        '2022-01-01T00:00:00.000Z 1',
        '2024-01-01T00:00:00.000Z 31',
        '2024-02-01T00:00:00.000Z 9',
        '2024-03-01T00:00:00.000Z 1',
      ],
      collection_frequency: ['sentinel-2-l1c 41', 'sentinel-1-grd 1'],
    };
    expect(simply(await told(get(`/aggregate?aggregations=${names}`)))).toEqual(expected);
    // A condition that all meet: nothing is tallied by it.
    const asked = { aggregations: names.split(','), query: { 'sat:absolute_orbit': { gte: 0 } } };
    expect(simply(await told(post('/aggregate', asked)))).toEqual(expected);
  });

  it('counts what each parameter of a search leaves', async () => {
    const total = async (query: string) =>
      simply(await told(get(`/aggregate?aggregations=total_count&${query}`)))['total_count'];
    expect(await total('collections=sentinel-1-grd')).toBe(1);
    expect(await total(`ids=${SENTINEL_2.id}`)).toBe(1);
    expect(await total('datetime=2024-02-01T00:00:00Z/2024-02-03T23:59:59Z')).toBe(3);
    expect(await total('filter=eo:cloud_cover%3C20')).toBe(20);
    expect(await total('platform=sentinel-1a')).toBe(1);
    expect(await total('bbox=179,-20,-179.5,-10')).toBe(1);
    expect(await total('q=nowhere')).toBe(0);
  });

  it('tells of nothing', async () => {
    const names = 'total_count,datetime_min,datetime_max,platform_frequency,datetime_frequency';
    expect(simply(await told(get(`/aggregate?ids=nothing&aggregations=${names}`)))).toEqual({
      total_count: 0,
      datetime_min: null,
      datetime_max: null,
      platform_frequency: [],
      datetime_frequency: [],
    });
    expect(await told(get('/aggregate'))).toEqual([]);
  });

  it('takes steps, ranges and precision as asked', async () => {
    const aggregations = ['datetime_frequency', 'cloud_cover_frequency', 'centroid_geohash_grid_frequency'];
    const options = {
      datetime_frequency_interval: 'year',
      cloud_cover_frequency_ranges: [15, 30],
      centroid_geohash_grid_frequency_precision: 1,
    };
    const text = 'datetime_frequency_interval=year&cloud_cover_frequency_ranges=15,30';
    const byGet = await told(
      get(`/aggregate?aggregations=${aggregations.join()}&${text}&centroid_geohash_grid_frequency_precision=1`),
    );
    expect(await told(post('/aggregate', { aggregations, ...options }))).toEqual(byGet);
    const [years, clouds, places] = byGet;
    expect(years?.buckets).toEqual([
      { key: '2022-01-01T00:00:00.000Z', data_type: 'interval_year', frequency: 1 },
      { key: '2024-01-01T00:00:00.000Z', data_type: 'interval_year', frequency: 41 },
    ]);
    expect(clouds?.buckets?.map(({ key, from, to }) => [key, from, to])).toEqual([
      ['*-15', undefined, 15],
      ['15-30', 15, 30],
      ['30-*', 30, undefined],
    ]);
    expect(clouds?.buckets?.reduce((sum, { frequency }) => sum + frequency, 0)).toBe(41);
    expect(places?.buckets?.reduce((sum, { frequency }) => sum + frequency, 0)).toBe(42);
  });

  it('keeps to its collection', async () => {
    const expected = { collection_frequency: ['sentinel-1-grd 1'], polarizations_frequency: ['VH 1', 'VV 1'] };
    const names = ['collection_frequency', 'polarizations_frequency'];
    const path = '/collections/sentinel-1-grd/aggregate';
    expect(simply(await told(get(`${path}?aggregations=${names.join()}`)))).toEqual(expected);
    expect(simply(await told(get(`${path}?aggregations=${names.join()}&collections=sentinel-2-l1c`)))).toEqual(
      expected,
    );
    expect(simply(await told(post(path, { aggregations: names })))).toEqual(expected);
    expect((await get('/collections/nothing/aggregate')).status).toBe(404);
  });

  it.each([
    ['aggregations=secret_frequency', /secret_frequency/],
    ['aggregations=datetime_frequency&datetime_frequency_interval=minute', /interval/],
    ['aggregations=cloud_cover_frequency&cloud_cover_frequency_ranges=5,1', /ascending/],
    ['aggregations=cloud_cover_frequency&cloud_cover_frequency_ranges=x', /numbers/],
    ['aggregations=centroid_geohash_grid_frequency&centroid_geohash_grid_frequency_precision=9', /precision/],
    [`aggregations=${Array.from({ length: 30 }, (_, at) => `a${at}`).join()}`, /at most/],
    ['aggregations=total_count&filter=%7B', /filter/],
  ])('refuses %s', async (query, reason) => {
    const answer = await get(`/aggregate?${query}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, expect.stringMatching(/problem\+json/)]);
    expect(await answer.text()).toMatch(reason);
  });
});
