import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { attribute, childrenOf, descendants, textAt } from '#protocols/xml/xml-path.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { DiscoveryModule } from '../discovery.module.js';

const MANY = manyProducts(25);
const BYTES = Buffer.from('the deliverable of a product, byte by byte');
const HELD = {
  ...MANY[3]!,
  content: {
    ...MANY[3]!.content!,
    key: 'products/held',
    size: BYTES.length,
    digests: [{ algorithm: 'sha-256', value: createHash('sha256').update(BYTES).digest('hex') }] as const,
  },
};

interface Feature {
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>> & {
    readonly productIdentifier: string;
    readonly services: { readonly download?: { readonly url: string; readonly size: number } };
    readonly storage: { readonly mode: string };
  };
}

interface Answer {
  readonly properties: {
    readonly totalResults: number;
    readonly exactCount: boolean;
    readonly startIndex: number;
    readonly itemsPerPage: number;
    readonly query: Readonly<Record<string, unknown>>;
    readonly links: readonly { readonly rel: string; readonly href: string }[];
  };
  readonly features: readonly Feature[];
}

describe('resto over a real catalogue', () => {
  let service: CatalogueService;

  beforeAll(async () => {
    service = await startCatalogueService([DiscoveryModule], [SENTINEL_1, SENTINEL_2, ...MANY]);
    await service.store(HELD.content.key, BYTES);
    await service.publish([HELD]);
  }, 120_000);

  afterAll(() => service.stop(), 60_000);

  const get = (path: string, init?: RequestInit): Promise<Response> => fetch(`${service.url}/resto/${path}`, init);
  const search = async (query: string, collection = 'Sentinel2'): Promise<Answer> => {
    const answer = await get(`api/collections/${collection}/search.json?${query}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as Answer;
  };
  const names = async (query: string, collection = 'Sentinel2'): Promise<readonly string[]> =>
    (await search(query, collection)).features.map(({ properties }) => properties.productIdentifier);

  it.each([
    ['Sentinel2', 26],
    ['SENTINEL-2', 26],
    ['S2ST', 26],
    ['sentinel-2-l1c', 26],
    ['S2_MSI_L1C', 26],
    ['Sentinel1', 1],
    ['Sentinel3', 0],
  ])('knows the collection %s', async (collection, count) => {
    const { properties } = await search('', collection);
    expect([properties.totalResults, properties.exactCount]).toEqual([count, true]);
  });

  it.each([
    [`identifier=${SENTINEL_2.uuid}`, [SENTINEL_2.id]],
    [`identifier=${SENTINEL_2.id}`, [SENTINEL_2.id]],
    [`productIdentifier=${SENTINEL_2.id}`, [SENTINEL_2.id]],
    ['productIdentifier=%25T18LTM%25', [SENTINEL_2.id]],
    ['productIdentifier=/eodata/Sentinel-2/%25/S2A_MSIL1C_20220125T151701%25.SAFE', [SENTINEL_2.id]],
    ['tileid=18LTM', [SENTINEL_2.id]],
    [
      'tileId=18LTM&cloudCover=[0,40]&processingLevel=LEVEL1C&productType=S2MSIL1C&platform=S2A&instrument=MSI',
      [SENTINEL_2.id],
    ],
    ['platform=S2A&status=ONLINE', [SENTINEL_2.id]],
    ['platform=S2A&status=0|34|37', [SENTINEL_2.id]],
    ['platform=S2A&status=OFFLINE', []],
    ['orbitNumber=]34444,34445]&sensorMode=INS-NOBS&platform=S2A', [SENTINEL_2.id]],
    ['relativeOrbitNumber=125&processingBaseline=4.0&platform=S2A', [SENTINEL_2.id]],
    ['box=-78,-13,-76,-11', [SENTINEL_2.id]],
    ['lat=-12&lon=-77', [SENTINEL_2.id]],
    ['lat=-12&lon=-76.5&radius=50000', [SENTINEL_2.id]],
    ['geometry=POLYGON((-78 -13,-76 -13,-76 -11,-78 -11,-78 -13))', [SENTINEL_2.id]],
    ['startDate=2022-01-25T15:17:01Z&completionDate=2022-01-25T15:17:02Z', [SENTINEL_2.id]],
    ['startDate=2022-01-25&completionDate=2022-01-25', [SENTINEL_2.id]],
    ['organisationName=ESA&snowCover=[0,20]', []],
    ['forestCover=[20', []],
    ['noSuchParameter=1&_pretty=true&location=all&dataset=ESA-DATASET&lang=de&platform=S2A', [SENTINEL_2.id]],
    ['q=T18LTM', [SENTINEL_2.id]],
    ['sunElevation=[61,62]&platform=S2A', [SENTINEL_2.id]],
  ])('finds by %s', async (query, found) => {
    expect(await names(query)).toEqual(found);
  });

  it.each(['VV,VH', 'VV%26VH', 'VV'])('finds the polarisation %s', async (channels) => {
    expect(await names(`polarisation=${channels}&productType=GRD`, 'Sentinel1')).toEqual([SENTINEL_1.id]);
  });

  it('takes both dates for the begin of the acquisition', async () => {
    // The acquisition runs from 06:15:00 to 06:15:25.
    expect(await names('startDate=2024-03-01T06:15:10Z', 'Sentinel1')).toEqual([]);
    expect(await names('completionDate=2024-03-01T06:15:00Z', 'Sentinel1')).toEqual([SENTINEL_1.id]);
  });

  it('pages through every product once, by page, which wins over index', async () => {
    const seen: string[] = [];
    for (let page = 1; page <= 4; page++) {
      const answer = await search(`maxRecords=7&page=${page}&index=2&sortParam=startDate&sortOrder=asc`);
      expect([answer.properties.totalResults, answer.properties.startIndex]).toEqual([26, (page - 1) * 7 + 1]);
      seen.push(...answer.features.map(({ id }) => id));
    }
    expect([seen.length, new Set(seen).size, seen[0]]).toEqual([26, 26, SENTINEL_2.uuid]);
    const byIndex = await search('maxRecords=7&index=3');
    expect([byIndex.properties.startIndex, byIndex.features.length]).toEqual([3, 7]);
    const following = byIndex.properties.links.find(({ rel }) => rel === 'next');
    expect(new URL(following?.href ?? '').searchParams.get('index')).toBe('10');
    expect((await search('')).features).toHaveLength(20);
    expect((await search('maxRecords=0')).properties.totalResults).toBe(26);
  });

  it('sorts as it is told', async () => {
    const all = await names('sortParam=startDate&sortOrder=ascending&maxRecords=2000');
    expect(all).toEqual([SENTINEL_2.id, ...MANY.map(({ id }) => id)]);
    expect(await names('sortParam=startDate&sortOrder=desc&maxRecords=2000')).toEqual(all.toReversed());
    expect((await names('sortParam=cloudCover&maxRecords=1'))[0]).toBe(MANY[24]?.id);
  });

  it('is read as peps_download does: search, storage, size, download with issuerId after a slash', async () => {
    const query =
      'box=5,47,15,55&startDate=2024-01-04&completionDate=2024-01-04&maxRecords=500&productType=S2MSI1C&sensorMode=INS-NOBS';
    const [feature] = (await search(query, 'S2ST')).features;
    expect(feature?.properties).toMatchObject({
      productIdentifier: HELD.id,
      storage: { mode: 'disk' },
      resourceSize: BYTES.length,
      platform: 'S2B',
      orbitNumber: 34445,
      cloudCover: 3,
    });
    const basic = { headers: { Authorization: `Basic ${Buffer.from('somebody:secret').toString('base64')}` } };
    const answer = await get(`collections/S2ST/${feature?.id}/download/?issuerId=peps`, basic);
    expect(answer.headers.get('content-disposition')).toContain(HELD.content.fileName);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(BYTES);
  });

  it('delivers by range, tells size by HEAD, and the same under the address it gives', async () => {
    const [feature] = (await search(`identifier=${HELD.id}`)).features;
    const url = feature?.properties.services.download?.url ?? '';
    expect(url).toBe(`${service.url}/resto/collections/Sentinel2/${HELD.uuid}/download`);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(BYTES.length)]);
    const part = await fetch(url, { headers: { Range: 'bytes=4-14' } });
    expect([part.status, await part.text()]).toEqual([206, 'deliverable']);
  });

  it('shows a product that is on tape as such, and does not deliver it', async () => {
    const [feature] = (await search('', 'Sentinel1')).features;
    expect([feature?.properties.storage.mode, feature?.properties['status']]).toEqual(['tape', 'OFFLINE']);
    const answer = await get(`collections/Sentinel1/${SENTINEL_1.uuid}/download`);
    expect([answer.status, await answer.json()]).toMatchObject([409, { ErrorCode: 409 }]);
  });

  it('gives a product as JSON and Atom by its own address', async () => {
    const json = await get(`collections/Sentinel2/${SENTINEL_2.uuid}.json`);
    expect(await json.json()).toMatchObject({ id: SENTINEL_2.uuid, properties: { title: SENTINEL_2.id } });
    const atom = parseXml(await (await get(`collections/Sentinel2/${SENTINEL_2.id}.atom`)).text());
    expect(textAt(atom, 'entry/title')).toBe(SENTINEL_2.id);
  });

  it('answers in Atom: polygons in latitude longitude, GML in longitude,latitude, the enclosure with its length', async () => {
    const answer = await get(`api/collections/Sentinel2/search.atom?identifier=${SENTINEL_2.id}`);
    expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const feed = parseXml(await answer.text());
    expect([textAt(feed, 'totalResults'), textAt(feed, 'entry/polygon')?.slice(0, 11)]).toEqual(['1', '-12.7 -77.7']);
    expect(textAt(feed, 'entry//coordinates')).toMatch(/^-77\.7,-12\.7 /);
    const enclosure = descendants(feed, 'link').find((link) => attribute(link, 'rel') === 'enclosure');
    expect(attribute(enclosure, 'length')).toBe('768614400');
  });

  it('lists and describes its collections', async () => {
    const list = (await (await get('api/collections.json')).json()) as { collections: { name: string }[] };
    expect(list.collections.map(({ name }) => name)).toEqual(['Sentinel1', 'Sentinel2', 'Sentinel3', 'Sentinel5P']);
    for (const path of ['api/collections/describe.xml', 'api/collections/Sentinel2/describe.xml']) {
      const description = parseXml(await (await get(path)).text());
      expect(childrenOf(description, 'Url')).toHaveLength(2);
    }
  });

  it.each([
    ['api/collections/Sentinel9/search.json', 404],
    ['api/collections/Sentinel9/describe.xml', 404],
    ['api/collections/search.json?box=1,2', 400],
    ['api/collections/search.json?name=Berlin', 400],
    ['api/collections/search.json?geometry=POLYGON((0', 400],
    ['api/collections/search.json?startDate=yesterday', 400],
    ['api/collections/search.json?cloudCover=much', 400],
    ['api/collections/search.json?status=BROKEN', 400],
    ['api/collections/search.json?sortParam=colour', 400],
    ['api/collections/search.json?maxRecords=-1', 400],
    ['api/collections/search.json?page=99999999999999999999', 400],
    ['api/collections/search.json?parentIdentifier=EOP:X:NOTHING', 400],
    ['collections/Sentinel2/00000000-0000-0000-0000-000000000000/download', 404],
    ['collections/Sentinel2/nothing.json', 404],
    ['collections/Sentinel2/nothing.exe', 404],
  ])('refuses %s with its own error', async (path, status) => {
    const answer = await get(path);
    const body = (await answer.json()) as { ErrorMessage: string; ErrorCode: number };
    expect([answer.status, body.ErrorCode]).toEqual([status, status]);
    expect(body.ErrorMessage.length).toBeGreaterThan(10);
  });
});
