import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Product } from '#domain/product/product.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import type { XmlElement } from '#protocols/xml/xml-element.js';
import { select, selectFirst, textAt, textOf } from '#protocols/xml/xml-path.js';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { testBox, testProduct } from '#test/support/catalogue-products.js';
import { MAP_CONFIG, mapConfig } from '../view.config.js';
import { ViewModule } from '../view.module.js';

/** Forty of Sentinel-2, a day apart, each a degree further east than the last but one in eight; three radar scenes. */
const OPTICAL: readonly Product[] = Array.from({ length: 40 }, (_, index) =>
  testProduct(`S2A_MSIL1C_${index}`, {
    collection: 'sentinel-2-l1c',
    acquiredFrom: new Date(Date.UTC(2024, 4, 1 + index, 10)),
    geometry: testBox(6 + (index % 8), 48, 7 + (index % 8), 49),
    properties: { cloudCover: index, tile: `32U${String.fromCharCode(65 + (index % 8))}C`, platform: 'sentinel-2a' },
  }),
);
const RADAR: readonly Product[] = ['A', 'B', 'a product: "C"'].map((id) =>
  testProduct(id, {
    collection: 'sentinel-1-grd',
    acquiredFrom: new Date('2024-05-10T06:00:00Z'),
    geometry: {
      type: 'MultiPolygon',
      coordinates: [
        [ring(178, -17, 180, -15)],
        [ring(-180, -17, -179, -15)],
      ],
    },
    properties: { polarisations: ['VV', 'VH'] },
  }),
); // prettier-ignore
const PATIENCE = 120_000;

describe('WFS 2.0 and 1.1', () => {
  let service: ArchiveService;

  beforeAll(async () => {
    service = await startArchiveService({
      modules: [ViewModule],
      config: mapConfig,
      configTokens: [MAP_CONFIG],
      environment: { VIEW_MAX_FEATURES: '25', FROMBORK_CONTACT_EMAIL: 'help@mirror.example' },
    });
    await service.publish([...OPTICAL, ...RADAR]);
  }, PATIENCE);
  afterAll(() => service.stop(), PATIENCE);

  const get = (parameters: Record<string, string>): Promise<Response> =>
    fetch(`${service.url}/wfs?${new URLSearchParams({ SERVICE: 'WFS', VERSION: '2.0.0', ...parameters }).toString()}`);
  const post = (body: string | Buffer, type = 'text/xml'): Promise<Response> =>
    fetch(`${service.url}/wfs`, { method: 'POST', headers: { 'Content-Type': type }, body });
  const read = async (answer: Promise<Response>): Promise<XmlElement> => parseXml(await (await answer).text());
  const features = (parameters: Record<string, string>): Promise<XmlElement> =>
    read(get({ REQUEST: 'GetFeature', TYPENAMES: 'frombork:sentinel-2-l1c', ...parameters }));
  const idsOf = (root: XmlElement): (string | undefined)[] =>
    select(root, 'member/*').map((feature) => textAt(feature, 'id'));
  const code = (report: XmlElement): string | undefined =>
    selectFirst(report, 'Exception')?.attributes.get('exceptionCode');

  it('tells its feature types and limits in both versions (09-025r2 §8.3, 04-094 §13.3)', async () => {
    const wfs20 = await read(get({ REQUEST: 'GetCapabilities' }));
    expect(select(wfs20, '//FeatureType/Name').map(textOf)).toEqual([
      'frombork:sentinel-1-grd',
      'frombork:sentinel-2-l1c',
    ]);
    const constraints = Object.fromEntries(
      select(wfs20, 'OperationsMetadata/Constraint').map((one) => [one.attributes.get('name'), textAt(one, 'DefaultValue')]),
    );
    expect(constraints).toMatchObject({ CountDefault: '25', ImplementsResultPaging: 'TRUE', ImplementsBasicWFS: 'FALSE' });
    const wfs11 = await read(get({ REQUEST: 'GetCapabilities', VERSION: '1.1.0' }));
    expect([wfs11.namespace, wfs11.attributes.get('version')]).toEqual(['http://www.opengis.net/wfs', '1.1.0']);
    const [address] = select(wfs11, '//Get').map(({ attributes }) => attributes.get('xlink:href'));
    expect(address).toBe(`${service.url}/wfs?`);
    const only = await read(get({ REQUEST: 'GetCapabilities', SECTIONS: 'FeatureTypeList' }));
    expect(only.children.map((child) => (typeof child === 'string' ? '' : child.name))).toEqual(['FeatureTypeList']);
  }); // prettier-ignore

  it('gives every feature once by following its links, as many as match (09-025r2 §7.7.4.4)', async () => {
    let root = await features({ COUNT: '7', SORTBY: 'cloudCover' });
    const seen = idsOf(root);
    expect([root.attributes.get('numberMatched'), root.attributes.get('previous')]).toEqual(['40', undefined]);
    for (let next = root.attributes.get('next'); next !== undefined; next = root.attributes.get('next')) {
      root = await read(fetch(next));
      seen.push(...idsOf(root));
    }
    expect(seen).toEqual(OPTICAL.map(({ id }) => id));
    const back = await read(fetch(root.attributes.get('previous')!));
    expect(idsOf(back)).toEqual(OPTICAL.slice(28, 35).map(({ id }) => id));
  });

  it('gives at most what it announces, and says how many there are', async () => {
    const root = await features({ COUNT: '1000000' });
    expect([root.attributes.get('numberReturned'), root.attributes.get('numberMatched')]).toEqual(['25', '40']);
    const hits = await features({ RESULTTYPE: 'hits', BBOX: '48.2,6.2,48.8,6.8' });
    expect([hits.attributes.get('numberReturned'), hits.attributes.get('numberMatched')]).toEqual(['0', '5']);
    const none = await features({ STARTINDEX: '4000' });
    expect([none.attributes.get('numberReturned'), idsOf(none)]).toEqual(['0', []]);
  });

  // QGIS asks for as many as the capabilities of 1.1 allow.
  it.each([
    [{ MAXFEATURES: '3' }, 3, '3'],
    [{ MAXFEATURES: '25' }, 25, '25'],
    [{ MAXFEATURES: '30' }, 30, undefined],
    [{ MAXFEATURES: '250' }, 40, undefined],
    [{ MAXFEATURES: '9999' }, 40, undefined],
    [{}, 40, undefined],
  ])('gives clients of 1.1, which know no pages, as many as they want: %p', async (limit, given, told) => {
    const asked = { VERSION: '1.1.0', REQUEST: 'GetFeature', TYPENAME: 'sentinel-2-l1c', ...limit };
    const root = await read(get(asked as Record<string, string>));
    expect([select(root, 'featureMembers/*').length, root.attributes.get('numberOfFeatures')]).toEqual([given, told]);
  });

  it.each<[string, Record<string, string>, number]>([
    ['a box, latitude first', { BBOX: '48.2,6.2,48.8,7.8,urn:ogc:def:crs:EPSG::4326' }, 10],
    ['a box of web Mercator', { BBOX: '690191,6140000,868301,6240000,EPSG:3857' }, 10],
    ['a box of a zone', { BBOX: '300000,5330000,310000,5400000,EPSG:32632' }, 5],
    ['a box beside all', { BBOX: '10,10,11,11' }, 0],
    ['ids', { RESOURCEID: 'sentinel-2-l1c.S2A_MSIL1C_3,sentinel-2-l1c.S2A_MSIL1C_4,sentinel-2-l1c.none' }, 2],
    ['a filter of 2.0', { FILTER: fes('<fes:PropertyIsLessThan><fes:ValueReference>cloudCover</fes:ValueReference><fes:Literal>4</fes:Literal></fes:PropertyIsLessThan>') }, 4],
    ['a filter and a box', { FILTER: fes('<fes:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!"><fes:ValueReference>tile</fes:ValueReference><fes:Literal>32UA*</fes:Literal></fes:PropertyIsLike>'), BBOX: '40,0,50,20' }, 5],
    ['a time', { FILTER: fes('<fes:During><fes:ValueReference>acquiredFrom</fes:ValueReference><gml:TimePeriod><gml:beginPosition>2024-05-02</gml:beginPosition><gml:endPosition>2024-05-04</gml:endPosition></gml:TimePeriod></fes:During>') }, 3],
  ])('finds by %s', async (_title, parameters, count) => {
    expect((await features({ RESULTTYPE: 'hits', ...parameters })).attributes.get('numberMatched')).toBe(String(count));
    expect(idsOf(await features(parameters))).toHaveLength(Math.min(count, 25));
  }); // prettier-ignore

  it('finds the same by POST, and goes on to its next page with the filter', async () => {
    const root = await read(
      post(
        `<wfs:GetFeature xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0" service="WFS" version="2.0.0" count="3"><wfs:Query typeNames="sentinel-2-l1c"><fes:Filter><fes:PropertyIsLessThan><fes:ValueReference>cloudCover</fes:ValueReference><fes:Literal>5</fes:Literal></fes:PropertyIsLessThan></fes:Filter></wfs:Query></wfs:GetFeature>`,
      ),
    );
    expect([root.attributes.get('numberMatched'), root.attributes.get('numberReturned')]).toEqual(['5', '3']);
    expect(idsOf(await read(fetch(root.attributes.get('next')!)))).toHaveLength(2);
  });

  it('answers GetFeatureById with the feature, whatever its id (09-025r2 §7.9.3.6)', async () => {
    const all = await features({ TYPENAMES: 'sentinel-1-grd' });
    for (const feature of select(all, 'member/*')) {
      const answer = await get({
        REQUEST: 'GetFeature',
        STOREDQUERY_ID: 'urn:ogc:def:query:OGC-WFS::GetFeatureById',
        ID: feature.attributes.get('gml:id')!,
      });
      const root = parseXml(await answer.text());
      expect([root.name, textAt(root, 'id')]).toEqual(['sentinel-1-grd', textAt(feature, 'id')]);
    }
    const missing = await get({
      REQUEST: 'GetFeature',
      STOREDQUERY_ID: 'http://www.opengis.net/def/query/OGC-WFS/0/GetFeatureById',
      ID: 'sentinel-1-grd.none',
    });
    expect([missing.status, code(parseXml(await missing.text()))]).toEqual([404, 'NotFound']);
  });

  it('writes GeoJSON with the same numbers and links', async () => {
    const answer = await get({ REQUEST: 'GetFeature', TYPENAMES: 'sentinel-1-grd', OUTPUTFORMAT: 'application/json', COUNT: '2' });
    expect(answer.headers.get('content-type')).toBe('application/geo+json; charset=utf-8');
    const document = (await answer.json()) as { links: { href: string }[]; features: { properties: object; geometry: object }[] };
    expect(document).toMatchObject({ numberMatched: 3, numberReturned: 2 });
    expect(document.features[0]!.properties).toMatchObject({ collection: 'sentinel-1-grd', polarisations: ['VV', 'VH'] });
    expect(document.features[0]!.geometry).toMatchObject({ type: 'MultiPolygon' });
    const next = (await (await fetch(document.links[0]!.href)).json()) as { features: object[] };
    expect(next.features).toHaveLength(1);
  }); // prettier-ignore

  it('lists and describes stored queries and feature types', async () => {
    expect(select(await read(get({ REQUEST: 'ListStoredQueries' })), 'StoredQuery')).toHaveLength(2);
    expect(select(await read(get({ REQUEST: 'DescribeStoredQueries' })), 'StoredQueryDescription')).toHaveLength(2);
    const schema = await read(get({ REQUEST: 'DescribeFeatureType', TYPENAMES: 'frombork:sentinel-1-grd' }));
    expect(select(schema, 'element').map(({ attributes }) => attributes.get('name'))).toEqual(['sentinel-1-grd']);
    expect(select(await read(get({ REQUEST: 'DescribeFeatureType' })), 'element')).toHaveLength(2);
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['a type there is not', { TYPENAMES: "x'; drop table catalogue.product; --" }, 400, 'InvalidParameterValue'],
    ['a type with markup', { TYPENAMES: '"><script>alert</script>' }, 400, 'InvalidParameterValue'],
    ['NUL', { TYPENAMES: 'sentinel-2-l1c\u0000' }, 400, 'InvalidParameterValue'],
    ['a filter that is no XML', { FILTER: '<Filter' }, 400, 'InvalidParameterValue'],
    ['a value with quotes', { RESOURCEID: `sentinel-2-l1c.' or ''='` }, 200, ''],
    ['an operation that writes', { REQUEST: 'Transaction' }, 501, 'OperationNotSupported'],
    ['a literal of the wrong type', { FILTER: fes('<fes:PropertyIsEqualTo><fes:ValueReference>cloudCover</fes:ValueReference><fes:Literal>much</fes:Literal></fes:PropertyIsEqualTo>') }, 400, 'InvalidParameterValue'],
    ['huge numbers', { BBOX: '-1e308,-1e308,1e308,1e308' }, 200, ''],
    ['1500 ids', { RESOURCEID: Array.from({ length: 1500 }, (_, index) => `a.${index}`).join() }, 400, 'InvalidParameterValue'],
  ])('answers %s in its own form', async (_title, parameters, status, exception) => {
    const answer = await get({ REQUEST: 'GetFeature', TYPENAMES: 'sentinel-2-l1c', ...parameters });
    const text = await answer.text();
    expect([answer.status, code(parseXml(text)) ?? '']).toEqual([status, exception]);
    expect(text).not.toContain('<script>');
  }); // prettier-ignore

  it.each<[string, () => string | Buffer]>([
    ['a bomb of entities', () => `<!DOCTYPE a [<!ENTITY b "${'c'.repeat(1000)}">]><wfs:GetFeature xmlns:wfs="http://www.opengis.net/wfs/2.0">&b;</wfs:GetFeature>`],
    ['10 000 levels', () => getFeature(`${'<fes:Not>'.repeat(10_000)}${'</fes:Not>'.repeat(10_000)}`)],
    ['a polygon of 30 000 positions', () => getFeature(`<fes:Intersects><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>${circle(30_000)}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></fes:Intersects>`)],
    ['3000 conditions', () => getFeature(`<fes:Or>${'<fes:PropertyIsNull><fes:ValueReference>id</fes:ValueReference></fes:PropertyIsNull>'.repeat(3000)}</fes:Or>`)],
    ['garbage', () => Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41])],
    ['nothing', () => ''],
    ['a join', () => '<wfs:GetFeature xmlns:wfs="http://www.opengis.net/wfs/2.0"><wfs:Query typeNames="a b"/></wfs:GetFeature>'],
  ])('refuses %s', async (_title, body) => {
    const answer = await post(body());
    expect([400, 501]).toContain(answer.status);
    expect(code(parseXml(await answer.text()))).toMatch(/^(Operation(Parsing|Processing)Failed|InvalidParameterValue|MissingParameterValue|OptionNotSupported)$/);
  }); // prettier-ignore

  it('refuses two megabytes, and says faults of 1.1 with 200, as its clients read them', async () => {
    expect((await post(`<a>${' '.repeat(2 << 20)}</a>`)).status).toBe(413);
    const answer = await get({ VERSION: '1.1.0', REQUEST: 'GetFeature', TYPENAME: 'none' });
    const report = parseXml(await answer.text());
    expect([answer.status, report.namespace, code(report)]).toEqual([
      200,
      'http://www.opengis.net/ows',
      'InvalidParameterValue',
    ]);
  });
});

function fes(condition: string): string {
  return `<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2">${condition}</fes:Filter>`;
}

function getFeature(condition: string): string {
  return `<wfs:GetFeature xmlns:wfs="http://www.opengis.net/wfs/2.0" service="WFS" version="2.0.0"><wfs:Query typeNames="sentinel-2-l1c">${fes(condition)}</wfs:Query></wfs:GetFeature>`;
}

/** A ring about 48.5 N 10 E, latitude first. */
function circle(count: number): string {
  const at = (index: number): string => {
    const angle = (2 * Math.PI * (index % count)) / count;
    return `${(48.5 + Math.sin(angle)).toFixed(5)} ${(10 + Math.cos(angle)).toFixed(5)}`;
  };
  return Array.from({ length: count + 1 }, (_, index) => at(index)).join(' ');
}

function ring(west: number, south: number, east: number, north: number): [number, number][] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}
