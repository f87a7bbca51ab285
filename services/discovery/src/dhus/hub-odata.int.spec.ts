import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { ProductStore } from '#domain/ports/product-store.js';
import type { Product } from '#domain/product/product.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { attribute, descendants, select, textAt, textOf } from '#protocols/xml/xml-path.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { DhusModule } from './dhus.module.js';

const FOLDER = `${SENTINEL_2.id}.SAFE`;
const MANIFEST = Buffer.from('<xfdu:XFDU xmlns:xfdu="urn:ccsds:schema:xfdu:1"/>');
const BYTES = Buffer.concat([Buffer.from('PK..'), MANIFEST, Buffer.from('and the rest of the zip')]);
const hash = (algorithm: string): string => createHash(algorithm).update(BYTES).digest('hex');
const node = (path: string, offset: number, size: number) => ({
  path,
  size,
  crc32: 0,
  method: 0,
  offset,
  storedSize: size,
});
const NODES = [node(`${FOLDER}/manifest.safe`, 4, MANIFEST.length), node(`${FOLDER}/GRANULE/L1C/x.xml`, 0, 4)];

/** Online with bytes, nodes and a quick-look. */
const KEPT: Product = {
  ...SENTINEL_2,
  content: {
    ...SENTINEL_2.content!,
    size: BYTES.length,
    digests: [
      { algorithm: 'md5', value: hash('md5') },
      { algorithm: 'sha-256', value: hash('sha256') },
    ],
    nodesKey: 'products/18LTM.nodes.json',
  },
};
const GONE = manyProducts(126).at(-1)!;
const MANY = manyProducts(125);
const MD5 = hash('md5');
const KEY = `Products('${KEPT.uuid}')`;
const PICTURE = Buffer.from('a picture');

describe('DHuS OData v1 over a real catalogue', () => {
  let service: CatalogueService;

  beforeAll(async () => {
    service = await startCatalogueService([DhusModule], [SENTINEL_1, KEPT, ...MANY, GONE]);
    await service.store('products/18LTM.zip', BYTES);
    await service.store('products/18LTM.nodes.json', Buffer.from(JSON.stringify(NODES)));
    await service.store('quicklook/18LTM.jpg', PICTURE);
    await service.port(ProductStore).remove(GONE, 'Duplicated product', { source: 'test' });
  }, 120_000);

  afterAll(() => service.stop(), 60_000);

  const get = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`${service.url}/dhus/odata/v1/${path}`, init);
  const text = async (path: string): Promise<string> => (await get(path)).text();
  const json = async (path: string): Promise<Record<string, unknown>> => {
    const answer = await get(`${path}${path.includes('?') ? '&' : '?'}$format=json`);
    expect([answer.headers.get('content-type'), answer.headers.get('dataserviceversion')]).toEqual([
      'application/json',
      '2.0',
    ]);
    return ((await answer.json()) as { d: Record<string, unknown> }).d;
  };
  const names = async (query: string): Promise<readonly unknown[]> => {
    const { results } = (await json(`Products?${query}`)) as { results: readonly { Name: unknown }[] };
    return results.map(({ Name }) => Name);
  };

  it('reads a product as sentinelsat does', async () => {
    const product = await json(`${KEY}?$expand=Attributes`);
    const uri = `${service.url}/dhus/odata/v1/${KEY}`;
    expect(product).toMatchObject({
      __metadata: { id: uri, uri, type: 'DHuS.Product', media_src: `${uri}/$value` },
      Id: KEPT.uuid,
      Name: KEPT.id,
      ContentType: 'application/octet-stream',
      ContentLength: String(BYTES.length),
      EvictionDate: null,
      Online: true,
      OnDemand: false,
      ContentDate: { Start: `/Date(${KEPT.acquiredFrom.getTime()})/` },
      Checksum: { Algorithm: 'MD5', Value: MD5.toUpperCase() },
      ContentGeometry: expect.stringContaining('<gml:coordinates>-12.7,-77.7 -12.7,-76.7'),
      Nodes: { __deferred: { uri: `${uri}/Nodes` } },
    });
    const { results } = product['Attributes'] as { results: readonly Record<string, unknown>[] };
    const filename = results.find(({ Name }) => Name === 'Filename');
    expect(filename).toMatchObject({ Id: 'Filename', ContentType: 'text/plain', Value: FOLDER, Category: 'summary' });
    expect(results.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining(['Satellite', 'JTS footprint', 'Cloud cover percentage']),
    );
  });

  it('joins a footprint cut at the antimeridian, since clients read one ring', async () => {
    const { ContentGeometry } = await json(`Products('${SENTINEL_1.uuid}')`);
    expect(ContentGeometry).toContain('>-15,178 -17,178 -17,-179 -15,-179 -15,178<');
  });

  it.each([
    ['Online/$value', 'true'],
    ['ContentLength/$value', String(BYTES.length)],
    ['Checksum/Value/$value', MD5.toUpperCase()],
    ['Checksum/Algorithm/$value', 'MD5'],
    ['ContentDate/Start/$value', '2022-01-25T15:17:01.024'],
    ["Attributes('Filename')/Value/$value", FOLDER],
    ["Nodes('" + FOLDER + "')/ChildrenNumber/$value", '2'],
    ['Attributes/$count', expect.stringMatching(/^\d\d$/)],
    ['Products/$count', '1'],
    ['Class/Id/$value', 'S2MSI1C'],
  ])('gives the value of %s', async (path, value) => {
    const answer = await get(`${KEY}/${path}`);
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/plain;charset=utf-8', value]);
  });

  it('gives a property in one line, as dhusget cuts it', async () => {
    const xml = await text(`${KEY}/Checksum/Value/`);
    expect([xml.includes('\n'), xml.split('>')[2]?.split('<')[0]]).toEqual([false, MD5.toUpperCase()]);
    expect(await json(`${KEY}/Online`)).toEqual({ Online: true });
    expect(textAt(parseXml(await text(`${KEY}/Checksum`)), 'Algorithm')).toBe('MD5');
  });

  it('delivers to a synchroniser: HEAD, then a range from byte 0 to one past the last', async () => {
    const head = await get(`${KEY}/$value`, { method: 'HEAD' });
    const names = ['content-length', 'content-type', 'content-disposition', 'etag', 'accept-ranges'];
    expect([head.status, ...names.map((name) => head.headers.get(name))]).toEqual([
      200,
      String(BYTES.length),
      'application/octet-stream',
      `inline; filename="${SENTINEL_2.id}.zip"`,
      MD5,
      'bytes',
    ]);
    for (const from of [0, 7]) {
      const headers = { Range: `bytes=${from}-${BYTES.length}`, 'If-Range': MD5 };
      const part = await get(`${KEY}/$value`, { headers });
      expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, BYTES.subarray(from)]);
    }
    const whole = await get(`${KEY}/$value`);
    expect(
      createHash('md5')
        .update(Buffer.from(await whole.arrayBuffer()))
        .digest('hex'),
    ).toBe(MD5);
    const other = await get(`${KEY}/$value`, { headers: { Range: 'bytes=3-', 'If-Range': 'another' } });
    expect(other.status).toBe(200);
  });

  it('delivers the quick-look, and lists it', async () => {
    const answer = await get(`${KEY}/Products('Quicklook')/$value`);
    expect([
      answer.headers.get('content-type'),
      answer.headers.get('content-disposition'),
      await answer.text(),
    ]).toEqual(['image/jpeg', `inline; filename="${SENTINEL_2.id}-ql.jpg"`, String(PICTURE)]);
    expect(((await json(`${KEY}/Products`))['results'] as unknown[]).length).toBe(1);
  });

  it('walks the nodes down to a file', async () => {
    const roots = await json(`${KEY}/Nodes`);
    expect(roots).toMatchObject({ results: [{ Id: FOLDER, ContentType: 'Item', ChildrenNumber: '2' }] });
    const path = `${KEY}/Nodes('${FOLDER}')/Nodes('manifest.safe')`;
    expect(await json(path)).toMatchObject({
      __metadata: { type: 'DHuS.Node' },
      Name: 'manifest.safe',
      ContentLength: String(MANIFEST.length),
      ChildrenNumber: '0',
    });
    expect(await text(`${path}/$value`)).toBe(String(MANIFEST));
    expect(await text(`${KEY}/Nodes('${FOLDER}')/Nodes/$count`)).toBe('2');
  });

  it('answers the query of a synchroniser in Atom', async () => {
    const filter = encodeURIComponent("CreationDate ge datetime'2018-06-04T00:00:00.000' and (startswith(Name,'S2A'))");
    const answer = await get(
      `Products?$filter=${filter}&$top=5&$orderby=CreationDate&$expand=Class,Attributes,Products`,
      {
        headers: { Accept: 'application/atom+xml' },
      },
    );
    expect(answer.headers.get('content-type')).toBe('application/atom+xml;type=feed;charset=utf-8');
    const [entry, second] = select(parseXml(await answer.text()), 'entry');
    const properties = select(entry, 'properties')[0];
    expect([
      second,
      textAt(properties, 'Id'),
      textAt(properties, 'Checksum/Value'),
      textAt(properties, 'Online'),
    ]).toEqual([undefined, KEPT.uuid, MD5.toUpperCase(), 'true']);
    expect(textAt(properties, 'CreationDate')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
    const inline = select(entry, 'link/inline');
    expect(inline.map((link) => descendants(link, 'entry').length).toSorted((a, b) => a - b)).toEqual([
      1,
      1,
      expect.any(Number),
    ]);
    expect(textOf(descendants(entry!, 'Uri')[0])).toContain('#S2MSI1C');
  });

  it('shows its model at the service root and nowhere above', async () => {
    for (const path of ['/dhus/$metadata', '/dhus/odata/$metadata'])
      expect((await fetch(service.url + path)).status).toBe(404);
    const model = parseXml(await text('$metadata'));
    expect(descendants(model, 'EntitySet').map((set) => attribute(set, 'Name'))).toEqual([
      'Products',
      'Nodes',
      'Attributes',
      'Classes',
      'Collections',
      'DeletedProducts',
    ]);
    expect(await json('')).toEqual({ EntitySets: expect.arrayContaining(['Products']) });
  });

  it.each<[string, readonly string[] | number]>([
    [`$filter=Id eq '${KEPT.uuid}'`, [KEPT.id]],
    [`$filter=(Id eq '${KEPT.uuid}' or Id eq '${SENTINEL_1.uuid}')&$orderby=Name`, [SENTINEL_1.id, KEPT.id]],
    ["$filter=Id eq 'no uuid'", 0],
    [`$filter=Name eq '${SENTINEL_1.id}'`, [SENTINEL_1.id]],
    ["$filter=substringof('GRDH',Name)", [SENTINEL_1.id]],
    ["$filter=substringof('GRDH',Name) eq true", [SENTINEL_1.id]],
    ["$filter=startswith(Name,'S1') and not endswith(Name,'X')", [SENTINEL_1.id]],
    ["$filter=startswith(tolower(Name),'s1a')", [SENTINEL_1.id]],
    ['$filter=Online eq false', [SENTINEL_1.id]],
    ['$filter=not Online', [SENTINEL_1.id]],
    ['$filter=year(ContentDate/Start) eq 2022', [KEPT.id]],
    ['$filter=year(ContentDate/Start) lt 2024', [KEPT.id]],
    ["$filter=ContentDate/Start lt datetime'2022-02-01T00:00:00'", [KEPT.id]],
    ["$filter=datetimeoffset'2022-02-01T00:00:00Z' gt ContentDate/End", [KEPT.id]],
    [`$filter=ContentLength eq ${BYTES.length}L`, [KEPT.id]],
    ['$filter=EvictionDate ne null', 0],
    ["$filter=EvictionDate eq null and startswith(Name,'S1')", [SENTINEL_1.id]],
    ['$filter=OnDemand eq true', 0],
    [`$orderby=ContentDate/Start desc&$top=1`, [MANY.at(-1)!.id]],
    ['$orderby=ContentDate/Start&$top=2&$skip=1', [MANY[0]!.id, MANY[1]!.id]],
  ])('answers Products?%s', async (query, expected) => {
    const found = await names(query.replaceAll(' ', '%20'));
    expect(typeof expected === 'number' ? found.length : found).toEqual(expected);
  });

  it('counts, and leads on where it ends a page', async () => {
    expect(await text('Products/$count')).toBe('127');
    expect(await text("Products/$count?$filter=startswith(Name,'S1')")).toBe('1');
    const first = (await json('Products?$inlinecount=allpages&$orderby=Name&$select=Name')) as {
      __count: string;
      __next: string;
      results: readonly Record<string, unknown>[];
    };
    expect([first.__count, first.results.length, Object.keys(first.results[0]!)]).toEqual([
      '127',
      100,
      ['__metadata', 'Name'],
    ]);
    const rest = (await (await fetch(first.__next)).json()) as { d: { results: unknown[]; __next?: string } };
    expect([rest.d.results.length, rest.d.__next]).toEqual([27, undefined]);
  });

  it('lists collections with their products', async () => {
    expect(await text("Collections('S1_SAR_L1_GRD')/Products/$count")).toBe('1');
    expect(await json("Collections('S2_MSI_L1C')")).toMatchObject({ Name: 'S2_MSI_L1C', UUID: 'sentinel-2-l1c' });
    const { results } = await json(`Collections('S2_MSI_L1C')/Products?$filter=Id%20eq%20'${KEPT.uuid}'`);
    expect(results).toMatchObject([{ Name: KEPT.id }]);
  });

  it('tells what was removed', async () => {
    const filter = "$filter=DeletionDate%20ge%20datetime'2020-01-01T00:00:00'";
    const page = await json(`DeletedProducts?${filter}&$inlinecount=allpages`);
    expect(page).toMatchObject({
      __count: '1',
      results: [{ Id: GONE.uuid, Name: GONE.id, DeletionCause: 'Duplicated product' }],
    });
    expect(await text(`DeletedProducts('${GONE.uuid}')/Name/$value`)).toBe(GONE.id);
    expect(await text('DeletedProducts/$count')).toBe('1');
    expect((await get(`Products('${GONE.uuid}')`)).status).toBe(404);
  });

  it('says what is unknown as clients read it', async () => {
    const key = '1f62a176-c980-41dc-xxxx-c735d660c910';
    const answer = await get(`Products('${key}')?$format=json`);
    expect([answer.status, answer.headers.get('cause-message'), await answer.json()]).toEqual([
      404,
      `InvalidKeyException : Invalid key (${key}) to access Products`,
      { error: { code: null, message: { lang: 'en', value: `Invalid key (${key}) to access Products` } } },
    ]);
    const xml = parseXml(await text(`Products('${key}')`));
    expect([xml.name, textAt(xml, 'message')]).toEqual(['error', `Invalid key (${key}) to access Products`]);
    const foreign = await get("Products('%C3%B5%C3%A4')?$format=json");
    expect(foreign.headers.get('cause-message')).toBe('InvalidKeyException : Invalid key (õä) to access Products');
  });

  it('does not take an order it will not carry out', async () => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await get(`Products('${SENTINEL_1.uuid}')/$value`, { method, headers: { Range: 'bytes=0-1' } });
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '3600']);
      expect(answer.headers.get('cause-message')).toMatch(/^ProductNotOnlineException : .*long-term archive/);
    }
  });

  it.each([
    ["Products('x", 400],
    ["Products('a''b')", 404],
    ["Products('')", 404],
    ['Users', 404],
    [`${KEY}/Nothing`, 404],
    [`${KEY}/EvictionDate/$value`, 404],
    [`${KEY}/Nodes('${FOLDER}')/$value`, 404],
    [`${KEY}/Nodes('..')/Nodes('..')/$value`, 404],
    [`${KEY}/Attributes('constructor')`, 404],
    ['Products?$filter=Nothing%20eq%201', 400],
    ["Products?$filter=Name%20eq%20'", 400],
    ['Products?$filter=CreationDate%20ge%201', 400],
    ["Products?$filter=Name%20eq%20'%00'", 400],
    [`Products?$filter=${'('.repeat(5000)}`, 400],
    [`Products?$filter=${'not%20'.repeat(1000)}Online`, 400],
    ['Products?$orderby=Checksum/Value', 400],
    ['Products?$top=-1', 400],
    ['Products?$expand=Users', 400],
    ['Products?$select=Users', 400],
    ['Products?$inlinecount=some', 400],
    ['Products?$format=csv', 400],
    ['Products/'.repeat(100), 400],
  ])('refuses %.60s in the form of the protocol', async (path, status) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/xml;charset=utf-8']);
    expect(answer.headers.get('cause-message')).toMatch(/^\w+Exception : /);
    expect(parseXml(await answer.text()).name).toBe('error');
  });
});
