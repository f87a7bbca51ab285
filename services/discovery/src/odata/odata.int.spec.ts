import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProductStore } from '#domain/ports/product-store.js';
import type { ProductNode } from '#domain/product/content.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { attribute, descendants } from '#protocols/xml/xml-path.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { DiscoveryModule } from '../discovery.module.js';

const MANY = manyProducts(45);
const ZIP = Buffer.from('the bytes of a zip, manifest inside');
const FOLDER = `${SENTINEL_2.id}.SAFE`;
const NODES: readonly ProductNode[] = [
  { path: `${FOLDER}/manifest.safe`, size: 8, crc32: 1, method: 0, offset: 20, storedSize: 8 },
  {
    path: `${FOLDER}/GRANULE/L1C_T18LTM/IMG_DATA/B01 (60m).jp2`,
    size: 4,
    crc32: 2,
    method: 0,
    offset: 0,
    storedSize: 4,
  },
];
const HELD = {
  ...SENTINEL_2,
  content: { ...SENTINEL_2.content!, key: 'products/a.zip', size: ZIP.length, nodesKey: 'products/a.json' },
};

interface Page {
  readonly value: readonly Record<string, unknown>[];
  readonly '@odata.count'?: number;
  readonly '@odata.nextLink'?: string;
}

interface Entity {
  readonly '@odata.context': string;
  readonly Assets: readonly { readonly DownloadLink: string }[];
  readonly Attributes: readonly unknown[];
}

interface Node {
  readonly Name: string;
  readonly ContentLength: number;
  readonly Nodes: { readonly uri: string };
}

describe('OData 4 over a real catalogue', () => {
  let service: CatalogueService;
  let root: string;

  beforeAll(async () => {
    service = await startCatalogueService([DiscoveryModule], [SENTINEL_1, HELD, ...MANY]);
    root = `${service.url}/odata/v1`;
    await service.store('products/a.zip', ZIP);
    await service.store('products/a.json', Buffer.from(JSON.stringify(NODES)));
    await service.store('quicklook/18LTM.jpg', Buffer.from('a picture'));
  }, 120_000);

  afterAll(() => service.stop(), 60_000);

  const page = async (query: string): Promise<Page> => {
    const answer = await fetch(`${root}/Products?${query}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
    return (await answer.json()) as Page;
  };
  const names = async (filter: string): Promise<readonly unknown[]> =>
    (await page(`$filter=${encodeURIComponent(filter)}&$orderby=ContentDate/Start`)).value.map(({ Name }) => Name);
  const S1 = `${SENTINEL_1.id}.SAFE`;
  const S2 = `${SENTINEL_2.id}.SAFE`;
  const string = (name: string, value: string): string =>
    `Attributes/OData.CSC.StringAttribute/any(att:att/Name eq '${name}' and att/OData.CSC.StringAttribute/Value eq '${value}')`;

  it.each<[string, readonly string[]]>([
    ["Collection/Name eq 'SENTINEL-1'", [S1]],
    ["Collection/Name eq 'SENTINEL-2' and ContentDate/Start lt 2023-01-01T00:00:00.000Z", [S2]],
    [`Name eq '${S2}'`, [S2]],
    [`Id eq ${SENTINEL_1.uuid}`, [S1]],
    ['Online eq false', [S1]],
    ["contains(tolower(Name),'s1a_iw')", [S1]],
    ["endswith(Name,'T18LTM_20220125T190036.SAFE')", [S2]],
    [string('productType', 'IW_GRDH_1S'), [S1]],
    [string('orbitDirection', 'ASCENDING'), [S1]],
    [string('platformShortName', 'SENTINEL-1'), [S1]],
    [string('platformSerialIdentifier', 'A'), [S2, S1]],
    [string('instrumentShortName', 'SAR'), [S1]],
    [string('polarisationChannels', 'VV&VH'), [S1]],
    [`${string('processingLevel', 'S2MSI1C')} and ContentDate/End lt 2023-01-01`, [S2]],
    [
      "Attributes/OData.CSC.IntegerAttribute/any(i:i/Name eq 'orbitNumber' and i/OData.CSC.StringAttribute/Value eq '52789')",
      [S1],
    ],
    [
      "Attributes/any(a:a/Name eq 'eopf:origin_datetime' and a/Value eq '2022-01-25T21:00:00Z') and ContentDate/Start lt 2023-01-01",
      [S2],
    ],
    ["not Attributes/any(a:a/Name eq 'cloudCover' and a/Value ge 0)", [S1]],
    ["OData.CSC.Intersects(area=geography'SRID=4326;POLYGON((179 -17,181 -17,181 -16,179 -16,179 -17))')", [S1]],
    ["OData.CSC.Intersects(area=geography'SRID=4326;POINT(-77 -12)') and contains(Name,'S2A')", [S2]],
    ["Collection/Name eq 'LANDSAT-8'", []],
  ])('finds by %s', async (filter, expected) => expect(await names(filter)).toEqual(expected));

  it('pages through everything by the next link, pages full to the last', async () => {
    const seen: unknown[] = [];
    const sizes: number[] = [];
    let next: string | undefined =
      `${root}/Products?$filter=Collection/Name eq 'SENTINEL-2'&$orderby=ContentDate/Start asc&$count=True&$top=10&$expand=Attributes&$expand=Assets`;
    while (next !== undefined) {
      const answer = (await (await fetch(next)).json()) as Page;
      expect(answer['@odata.count']).toBe(46);
      sizes.push(answer.value.length);
      seen.push(...answer.value.map(({ Id }) => Id));
      next = answer['@odata.nextLink'];
      // As eodag takes it apart: encoded, and a number.
      if (next !== undefined) expect(next).toMatch(/&%24top=10&.*&%24skip=\d+$/);
    }
    expect([seen.length, new Set(seen).size, sizes]).toEqual([46, 46, [10, 10, 10, 10, 6]]);
  });

  it('answers every way of saying the options', async () => {
    const exact = await page('%24filter=Online%20eq%20true&%24top=1&%24count=true&%24format=json&token=abc');
    expect([exact['@odata.count'], exact.value.length]).toEqual([46, 1]);
    const plain = await page('$top=0&$count=1');
    expect([plain['@odata.count'], plain.value, plain['@odata.nextLink']]).toEqual([47, [], undefined]);
    expect((await page('$skip=1000000')).value).toEqual([]);
    expect(await page(`$filter=Name eq '${S2}'&$select=Name,ContentDate/Start`)).toEqual({
      '@odata.context': '$metadata#Products(Name,ContentDate/Start)',
      value: [
        {
          '@odata.mediaContentType': 'application/octet-stream',
          Name: S2,
          ContentDate: { Start: '2022-01-25T15:17:01.024000Z', End: '2022-01-25T15:17:01.024000Z' },
        },
      ],
    });
    const count = await fetch(`${root}/Products/$count?$filter=Online eq true`);
    expect([count.headers.get('content-type'), await count.text()]).toEqual(['text/plain; charset=utf-8', '46']);
  });

  it('shows one product, its lists, and delivers it', async () => {
    const product = `${root}/Products(${HELD.uuid})`;
    const entity = (await (await fetch(`${product}?$expand=Attributes,Assets,Locations`)).json()) as Entity;
    expect(entity['@odata.context']).toBe('$metadata#Products(Attributes(),Assets(),Locations())/$entity');
    expect(entity.Assets[0]?.DownloadLink).toMatch(/\/odata\/v1\/Assets\(.{36}\)\/\$value$/);
    const picture = await fetch(entity.Assets[0]!.DownloadLink);
    expect([picture.headers.get('content-type'), await picture.text()]).toEqual(['image/jpeg', 'a picture']);
    expect(await (await fetch(`${root}/Products('${HELD.uuid}')/Attributes`)).json()).toMatchObject({
      value: entity.Attributes,
    });

    const whole = await fetch(`${product}/$value?token=secret`);
    expect(whole.headers.get('content-disposition')).toContain(`${S2}.zip`);
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(ZIP);
    const part = await fetch(`${product}/$value`, { headers: { range: 'bytes=4-8' } });
    expect([part.status, await part.text()]).toEqual([206, 'bytes']);
    const head = await fetch(`${product}/$zip`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(ZIP.length)]);
  });

  it('lists the nodes of a product down to the file', async () => {
    const list = async (url: string): Promise<readonly Node[]> =>
      ((await (await fetch(url)).json()) as { result: readonly Node[] }).result;
    const [folder] = await list(`${root}/Products(${HELD.uuid})/Nodes`);
    expect(folder).toEqual({
      Id: FOLDER,
      Name: FOLDER,
      ContentLength: 0,
      ChildrenNumber: 2,
      Nodes: { uri: `${root}/Products(${HELD.uuid})/Nodes(${FOLDER})/Nodes` },
    });
    let uri = folder!.Nodes.uri;
    const seen: unknown[] = [];
    for (let inside = await list(uri); inside.length > 0; inside = await list(uri)) {
      seen.push(inside.map(({ Name, ContentLength }) => [Name, ContentLength]));
      uri = inside.at(-1)!.Nodes.uri;
    }
    expect(seen).toEqual([
      [
        ['manifest.safe', 8],
        ['GRANULE', 0],
      ],
      [['L1C_T18LTM', 0]],
      [['IMG_DATA', 0]],
      [['B01 (60m).jp2', 4]],
    ]);
    expect(await (await fetch(uri.replace(/\/Nodes$/, '/$value'))).text()).toBe('the ');
    const manifest = await fetch(`${root}/Products(${HELD.uuid})/Nodes('${FOLDER}')/Nodes('manifest.safe')/$value`);
    expect(await manifest.text()).toBe('manifest'.slice(0, 8));
  });

  it('finds products by a list of names', async () => {
    const answer = await fetch(`${root}/Products/OData.CSC.FilterList?$expand=Attributes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ FilterProducts: [{ Name: S1 }, { Name: SENTINEL_2.id }, { Name: 'xxxxxxxx.06.tar' }] }),
    });
    const found = (await answer.json()) as Page;
    expect([answer.status, found.value.map(({ Name }) => Name)]).toEqual([200, [S1, S2]]);
  });

  it('tells what was deleted', async () => {
    const gone = MANY.at(-1)!;
    const store = service.port(ProductStore);
    await store.publish([{ ...gone, id: `${gone.id}_X`, uuid: '11111111-0000-5000-8000-000000000000' }], {
      source: 'test',
    });
    await store.remove({ collection: gone.collection, id: `${gone.id}_X` }, 'Corrupted product', { source: 'test' });
    const query = `$filter=${encodeURIComponent("Collection/Name eq 'SENTINEL-2' and DeletionCause eq 'Corrupted product' and DeletionDate gt 2024-01-01 and startswith(Name,'S2B')")}`;
    const answer = (await (
      await fetch(`${root}/DeletedProducts?${query}&$count=true&$expand=Attributes&$orderby=DeletionDate desc`)
    ).json()) as Page;
    expect(answer).toEqual({
      '@odata.context': '$metadata#DeletedProducts',
      '@odata.count': 1,
      value: [
        {
          '@odata.mediaContentType': 'application/octet-stream',
          Id: '11111111-0000-5000-8000-000000000000',
          Name: `${gone.id}_X.SAFE`,
          ContentType: 'application/octet-stream',
          DeletionDate: expect.stringMatching(/^\d{4}-.*\.\d{6}Z$/),
          DeletionCause: 'Corrupted product',
        },
      ],
    });
    expect((await fetch(`${root}/DeletedProducts(11111111-0000-5000-8000-000000000000)`)).status).toBe(200);
    expect(await (await fetch(`${root}/DeletedProducts/$count`)).text()).toBe('1');
  });

  it('describes itself', async () => {
    const sets = (await (await fetch(root)).json()) as Page;
    expect(sets.value.map(({ name }) => name)).toEqual(['Products', 'DeletedProducts', 'Subscriptions']);
    const metadata = parseXml(await (await fetch(`${root}/$metadata`)).text());
    expect(descendants(metadata, 'EntitySet').map((set) => attribute(set, 'Name'))).toHaveLength(3);
    const attributes = (await (await fetch(`${root}/Attributes(SENTINEL-1)`)).json()) as Record<string, string>[];
    expect(attributes).toContainEqual({ Name: 'relativeOrbitNumber', ValueType: 'Integer' });
    expect(attributes).not.toContainEqual({ Name: 'cloudCover', ValueType: 'Double' });
  });

  const polygon = Array.from({ length: 500 }, (_, index) => `${index / 10} ${index / 100}`).join(',');
  it.each<[string, string, number, string | undefined]>([
    ['an open quote', "Products?$filter=Name eq 'x", 400, '$filter'],
    ['an unknown property', "Products?$filter=Colour eq 'red'", 400, '$filter'],
    ['a bad date', 'Products?$filter=PublicationDate gt 2024-13-01', 400, '$filter'],
    ['a number that is none', "Products?$filter=ContentLength gt 'many'", 400, undefined],
    ['NUL in a literal', "Products?$filter=Name eq 'a%00b'", 400, undefined],
    ['a lone surrogate', "Products?$filter=Name eq '%ED%A0%80'", 200, undefined],
    ['backslashes and quotes', "Products?$filter=contains(Name,'\\''%25_\"')", 200, undefined],
    ['depth', `Products?$filter=${'('.repeat(2000)}Online${')'.repeat(2000)}`, 400, '$filter'],
    [
      '2 000 conditions',
      `Products?$filter=${Array.from({ length: 1000 }, () => 'Online').join(' or ')}`,
      200,
      undefined,
    ],
    [
      'a polygon that crosses itself',
      `Products?$filter=OData.CSC.Intersects(area=geography'POLYGON((0 0,1 1,1 0,0 1,0 0))')`,
      400,
      undefined,
    ],
    [
      'a polygon of a thousand numbers',
      `Products?$filter=OData.CSC.Intersects(area=geography'POLYGON((${polygon}))')`,
      400,
      undefined,
    ],
    ['a huge number', 'Products?$filter=ContentLength gt 1e400', 400, undefined],
    ['too large a page', 'Products?$top=1001', 422, '$top'],
    ['a negative skip', 'Products?$skip=-1', 422, '$skip'],
    ['a count that is none', 'Products?$count=perhaps', 422, '$count'],
    ['an unknown option', 'Products?$serch=x', 400, '$serch'],
    ['an unknown list', 'Products?$expand=Nodes', 400, '$expand'],
    ['an unknown selection', 'Products?$select=Colour', 400, '$select'],
    ['an unknown order', 'Products?$orderby=Colour', 400, '$orderby'],
    ['two filters', 'Products?$filter=Online&$filter=not Online', 400, '$filter'],
    ['another format', 'Products?$format=atom', 400, '$format'],
    ['no product', 'Products(00000000-0000-0000-0000-000000000000)', 404, 'Id'],
    ['no id', 'Products(x)/$value', 404, 'Id'],
    ['an offline product', `Products(${SENTINEL_1.uuid})/$value`, 409, undefined],
    ['no node', `Products(${HELD.uuid})/Nodes(a)/Nodes(..)/$value`, 404, 'Nodes'],
    ['no resource', 'Nothing', 404, undefined],
    ['a path of another kind', 'Products(a%2Fb)/Nodes/x', 404, undefined],
    ['a collection there is none of', 'Attributes(MOON-1)', 404, 'Attributes'],
    ['tombstones by cloud cover', "DeletedProducts?$filter=Attributes/any(a:a/Name eq 'x')", 400, '$filter'],
  ])('says what is wrong with %s', async (_what, path, status, target) => {
    const started = performance.now();
    const answer = await fetch(`${root}/${path}`);
    expect(answer.status).toBe(status);
    // A second is the promise; ten times as much tells a runaway from a busy machine.
    expect(performance.now() - started).toBeLessThan(10_000);
    if (status === 200) return;
    expect(await answer.json()).toMatchObject({
      error: { code: expect.any(String), message: expect.any(String), ...(target === undefined ? {} : { target }) },
      detail: { message: expect.any(String), request_id: answer.headers.get('x-request-id') },
    });
  });

  const post = (body: string, type = 'text/plain'): Promise<Response> =>
    fetch(`${root}/Products/$query?$top=5`, { method: 'POST', headers: { 'content-type': type }, body });
  const area = (points: number): string => {
    const ring = Array.from({ length: points }, (_, at) => `${Math.cos(at) * 9} ${Math.sin(at) * 9}`).join(',');
    return `$filter=OData.CSC.Intersects(area=geography'SRID=4326;POLYGON((${ring}))')`;
  };

  it('takes the options in the body where no address can hold them', async () => {
    const names = Array.from({ length: 3000 }, (_, at) => `Name eq 'S2A_${at}.SAFE'`).join(' or ');
    const answer = await post(`$filter=${names} or Name eq '${S2}'&$count=true`);
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ '@odata.count': 1 })]);
  });

  it.each([
    [
      '10 000 conditions',
      `$filter=${Array.from({ length: 10_000 }, (_, at) => `ContentLength gt ${at}`).join(' and ')}`,
    ],
    [
      '3 000 different conditions',
      `$filter=${Array.from({ length: 3_000 }, (_, at) => `ContentLength gt ${at}`).join(' or ')}`,
    ],
    ['100 000 brackets', `$filter=${'('.repeat(100_000)}`],
    ['a polygon of 100 000 points', area(100_000)],
    ['a ring that crosses itself thousands of times', area(5_000)],
    ['five megabytes of text', `$filter=Name eq '${'a'.repeat(5 << 20)}'`],
    [
      '100 lambdas over 100 names',
      `$filter=${Array.from({ length: 100 }, () => `Attributes/any(a:(${Array.from({ length: 100 }, (_, at) => `a/Name eq 'n${at}'`).join(' or ')}) and a/Value gt 1)`).join(' and ')}`,
    ],
  ])('refuses %s in its own form', async (_what, body) => {
    const answer = await post(body);
    expect([answer.status, await answer.json()]).toEqual([
      400,
      {
        error: expect.objectContaining({ code: 'invalid' }),
        detail: expect.objectContaining({ message: expect.any(String) }),
      },
    ]);
  });

  it('refuses a list that is none', async () => {
    const list = (body: string): Promise<Response> =>
      fetch(`${root}/Products/OData.CSC.FilterList`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    for (const body of ['{}', '[]', '{"FilterProducts":[{}]}', '{"FilterProducts":"all"}']) {
      const answer = await list(body);
      expect([answer.status, await answer.json()]).toEqual([
        400,
        expect.objectContaining({ error: expect.anything(), detail: expect.anything() }),
      ]);
    }
    expect((await fetch(`${root}/Products`, { method: 'POST' })).status).toBe(404);
  });
});
