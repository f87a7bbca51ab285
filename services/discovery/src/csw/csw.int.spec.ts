import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { XmlElement } from '#protocols/xml/xml-element.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { attribute, child, childrenOf, descendants, selectFirst, textAt } from '#protocols/xml/xml-path.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { DiscoveryModule } from '../discovery.module.js';

const MANY = manyProducts(25);
const AUTHORIZED = { Authorization: 'Bearer operator-token-of-this-test' };
const CSW = 'http://www.opengis.net/cat/csw/2.0.2';
const RECORD = `<csw:Record xmlns:csw="${CSW}" xmlns:ows="http://www.opengis.net/ows" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/">
  <dc:identifier>urn:x:lakes</dc:identifier><dc:title>Lakes of Masuria</dc:title><dc:type>dataset</dc:type><dc:subject>Hydrography</dc:subject>
  <dc:subject>Inland waters</dc:subject><dc:date>2006-05-12</dc:date><dct:abstract>Where to sail.</dct:abstract>
  <ows:BoundingBox crs="urn:ogc:def:crs:EPSG::4326"><ows:LowerCorner>53 21</ows:LowerCorner><ows:UpperCorner>54 22</ows:UpperCorner></ows:BoundingBox></csw:Record>`;

describe('CSW over a real catalogue', () => {
  let service: CatalogueService;

  beforeAll(async () => {
    service = await startCatalogueService([DiscoveryModule], [SENTINEL_1, SENTINEL_2, ...MANY]);
  }, 180_000);

  afterAll(() => service.stop());

  const get = (query: string, headers = {}): Promise<Response> => fetch(`${service.url}/csw?${query}`, { headers });
  const post = (body: string, headers = {}): Promise<Response> =>
    fetch(`${service.url}/csw`, { method: 'POST', headers: { 'Content-Type': 'application/xml', ...headers }, body });
  const parsed = async (answer: Promise<Response>): Promise<XmlElement> => parseXml(await (await answer).text());
  const records = (parameters: string): Promise<XmlElement> =>
    parsed(get(`service=CSW&version=2.0.2&request=GetRecords&typenames=csw:Record&resulttype=results&${parameters}`));
  const matched = (root: XmlElement): number =>
    Number(attribute(child(root, 'SearchResults'), 'numberOfRecordsMatched'));
  const where = async (cql: string): Promise<number> =>
    matched(await records(`constraintLanguage=CQL_TEXT&constraint=${encodeURIComponent(cql)}`));
  const filtered = (condition: string): string =>
    `<csw:GetRecords xmlns:csw="${CSW}" xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml" service="CSW" version="2.0.2"
      resultType="results"><csw:Query typeNames="csw:Record"><csw:ElementSetName>brief</csw:ElementSetName><csw:Constraint version="1.1.0">
      <ogc:Filter>${condition}</ogc:Filter></csw:Constraint></csw:Query></csw:GetRecords>`;
  const transact = (actions: string, headers: Record<string, string> = AUTHORIZED): Promise<Response> =>
    post(
      `<csw:Transaction xmlns:csw="${CSW}" xmlns:ogc="http://www.opengis.net/ogc" service="CSW" version="2.0.2">${actions}</csw:Transaction>`,
      headers,
    );
  const constraint = (id: string): string =>
    `<csw:Constraint version="1.1.0"><ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>dc:identifier</ogc:PropertyName>
      <ogc:Literal>${id}</ogc:Literal></ogc:PropertyIsEqualTo></ogc:Filter></csw:Constraint>`;

  it('answers the sample requests of EODC: series, an instrument, a parent, blanks unencoded', async () => {
    const series = await records(
      "typenames=gmd:MD_Metadata&elementSetName=full&constraintLanguage=CQL_TEXT&startposition=1&constraint=apiso:Type%20=%20'series'",
    );
    expect([
      matched(series),
      descendants(series, 'Record')
        .map((record) => textAt(record, 'identifier'))
        .toSorted(),
    ]).toEqual([2, ['EOP:FROMBORK:S1_SAR_L1_GRD', 'EOP:FROMBORK:S2_MSI_L1C']]);
    expect(await where("apiso:Type = 'dataset'")).toBe(27);
    expect(await where("apiso:Instrument = 'MSI' and apiso:Type = 'dataset'")).toBe(26);
    expect(await where("apiso:ParentIdentifier = 'EOP:FROMBORK:S2_MSI_L1C'")).toBe(26);
    const id = `service=CSW&version=3.0.0&request=GetRecordById&id=${SENTINEL_2.id}&elementSetName=full&outputSchema=http://www.isotc211.org/2005/gmd`;
    const record = await parsed(get(id));
    expect([record.qname, textAt(record, 'fileIdentifier')]).toEqual(['gmd:MD_Metadata', SENTINEL_2.id]);
  });

  it.each([
    ['cloudCover < 3', 3],
    ["platform = 'Sentinel-1'", 2],
    ["dc:identifier like 'S1A%'", 1],
    ['not cloudCover < 3', 26],
    ['cloudCover is null', 3],
    ['BBOX(ows:BoundingBox, 179, -20, -179.5, -10)', 2],
    ["BBOX(ows:BoundingBox, -16, 178, -15, 180, 'urn:ogc:def:crs:EPSG::4326')", 2],
    ['INTERSECTS(ows:BoundingBox, POLYGON((-78 -13,-76 -13,-76 -11,-78 -11,-78 -13)))', 2],
    ["apiso:TempExtent_begin >= '2024-01-10' and apiso:TempExtent_begin <= '2024-01-12'", 3],
    ["csw:AnyText like '%S2A_MSIL1C%'", 1],
    ["apiso:OrbitDirection in ('ASCENDING', 'nothing')", 1],
    ['orbitNumber between 52000 and 53000', 1],
    ["dc:title = 'it''s; drop table \\ %'", 0],
  ])('counts %s', async (cql, count) => {
    expect(await where(cql)).toBe(count);
  }); // prettier-ignore

  it('pages through series and products once each, the count always exact', async () => {
    const seen: (string | undefined)[] = [];
    for (let position = 1; position > 0;) {
      const page = await records(`startPosition=${position}&maxRecords=7&elementSetName=brief`);
      expect(matched(page)).toBe(29);
      seen.push(...descendants(page, 'BriefRecord').map((record) => textAt(record, 'identifier')));
      position = Number(attribute(child(page, 'SearchResults'), 'nextRecord'));
    }
    expect([seen.length, new Set(seen).size]).toEqual([29, 29]);
  });

  it.each([
    ['http://www.isotc211.org/2005/gmd', 'gmd:MD_Metadata'],
    ['http://www.isotc211.org/2005/gmi', 'gmi:MI_Metadata'],
    ['http://standards.iso.org/iso/19115/-3/mdb/2.0', 'mdb:MD_Metadata'],
    ['http://www.opengis.net/cat/csw/3.0', 'csw30:SummaryRecord'],
    ['http://www.w3.org/2005/Atom', 'entry'],
  ])('writes records in %s', async (schema, qname) => {
    const answer = await records(`maxRecords=3&outputSchema=${encodeURIComponent(schema)}`);
    expect(childrenOf(child(answer, 'SearchResults')!).map((record) => record.qname)).toEqual([qname, qname, qname]);
  });

  it('describes itself in both versions, with INSPIRE in it', async () => {
    for (const version of ['2.0.2', '3.0.0']) {
      const root = await parsed(get(`service=CSW&request=GetCapabilities&version=${version}`));
      expect([root.name, attribute(root, 'version')]).toEqual(['Capabilities', version]);
      expect(textAt(root, '//ExtendedCapabilities/ResponseLanguage/Language')).toBe('eng');
    }
    expect((await parsed(get(''))).name).toBe('Capabilities');
    const description = await get('', { Accept: 'application/opensearchdescription+xml' });
    expect(parseXml(await description.text()).name).toBe('OpenSearchDescription');
  });

  it('describes unknown types by nothing and lists the values of parameters and properties', async () => {
    const types = await parsed(get('service=CSW&version=2.0.2&request=DescribeRecord&typename=csw:DummyRecord'));
    expect([types.name, childrenOf(types)]).toEqual(['DescribeRecordResponse', []]);
    const domain = await parsed(get('service=CSW&version=2.0.2&request=GetDomain&propertyname=apiso:Type'));
    expect(descendants(domain, 'Value').flatMap(({ children }) => children)).toEqual(['dataset', 'series']);
  });

  it('speaks SOAP 1.1 and 1.2, errors too', async () => {
    for (const namespace of ['http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope']) {
      const wrap = (body: string) => `<s:Envelope xmlns:s="${namespace}"><s:Body>${body}</s:Body></s:Envelope>`;
      const found = await parsed(
        post(
          wrap(
            filtered(
              '<ogc:PropertyIsLessThan><ogc:PropertyName>CloudCover</ogc:PropertyName><ogc:Literal>3</ogc:Literal></ogc:PropertyIsLessThan>',
            ),
          ),
        ),
      );
      expect([found.namespace, matched(selectFirst(found, '//GetRecordsResponse')!)]).toEqual([namespace, 3]);
      const fault = await parsed(post(wrap(filtered('<ogc:Nonsense/>'))));
      expect(attribute(selectFirst(fault, '//Fault//Exception'), 'exceptionCode')).toBe('InvalidParameterValue');
    }
  });

  it('searches by OpenSearch: words, box, uid, 404 for what is not there', async () => {
    const feed = await parsed(
      get(
        'service=CSW&version=3.0.0&request=GetRecords&outputFormat=application/atom%2Bxml&bbox=-78,-13,-76,-11&q=MSIL1C',
      ),
    );
    expect([feed.name, textAt(feed, 'totalResults')]).toEqual(['feed', '1']);
    expect((await get('service=CSW&version=3.0.0&request=GetRecords&uid=nothing')).status).toBe(404);
    expect((await get('service=CSW&version=3.0.0&request=GetRecordById&id=nothing')).status).toBe(404);
    const none = await parsed(get('service=CSW&version=2.0.2&request=GetRecordById&id=nothing'));
    expect([none.name, childrenOf(none)]).toEqual(['GetRecordByIdResponse', []]);
  });

  it('takes records in, changes and removes them, for operators only', async () => {
    const insert = `<csw:Insert>${RECORD}</csw:Insert>`;
    expect((await transact(insert, {})).status).toBe(401);
    expect(await where("dc:identifier = 'urn:x:lakes'")).toBe(0);
    expect(textAt(await parsed(transact(insert)), '//totalInserted')).toBe('1');
    const counts = [
      "dc:subject = 'inland waters'",
      "dc:subject like 'Inland%'",
      "dc:title like '%Masuria'",
      "dc:date > '2006-05-11' and dc:date <= '2006-05-12'",
      "csw:AnyText like '%sail%'",
    ];
    expect(await Promise.all(counts.map(where))).toEqual([0, 1, 1, 1, 1]);
    expect(await where("BBOX(ows:BoundingBox, 20, 50, 23, 55) and dc:date = '2006-05-12'")).toBe(1);
    const item = await get('service=CSW&version=2.0.2&request=GetRepositoryItem&id=urn:x:lakes');
    expect(textAt(parseXml(await item.text()), 'title')).toBe('Lakes of Masuria');
    const again = parseXml(await (await transact(insert)).text());
    expect(again.name).toBe('ExceptionReport');
    const update = `<csw:Update><csw:RecordProperty><csw:Name>dc:title</csw:Name><csw:Value>Lakes</csw:Value></csw:RecordProperty>${constraint('urn:x:lakes')}</csw:Update>`;
    expect(textAt(await parsed(transact(update)), '//totalUpdated')).toBe('1');
    expect(await where("dc:title = 'Lakes'")).toBe(1);
    expect(
      textAt(await parsed(transact(`<csw:Delete>${constraint('urn:x:lakes')}</csw:Delete>`)), '//totalDeleted'),
    ).toBe('1');
    expect(await where("dc:identifier = 'urn:x:lakes'")).toBe(0);
  });

  it('does not let a Transaction touch a product whose data is held', async () => {
    const answer = await transact(`<csw:Delete>${constraint(SENTINEL_2.id)}</csw:Delete>`);
    expect([answer.status, parseXml(await answer.text()).name]).toEqual([403, 'ExceptionReport']);
    expect(await where(`dc:identifier = '${SENTINEL_2.id}'`)).toBe(1);
  });

  it.each([
    ['request=GetCapabilities', 'MissingParameterValue', 'service'],
    ['service=CSW&request=Nothing', 'InvalidParameterValue', 'request'],
    ['service=CSW&request=GetCapabilities&acceptVersions=1.0', 'VersionNegotiationFailed', 'acceptVersions'],
    ['service=CSW&version=3.0.0&request=GetRecords&typeNames=X', 'InvalidParameterValue', 'typeNames'],
    ["service=CSW&version=3.0.0&request=GetRecords&constraint=nothing='x'", 'InvalidParameterValue', 'nothing'],
    ['service=CSW&version=3.0.0&request=GetRecords&constraint=((((', 'InvalidParameterValue', 'CONSTRAINT'],
    ['service=CSW&version=3.0.0&request=GetRecords&bbox=1,2,3', 'InvalidParameterValue', 'bbox'],
    ['service=CSW&version=3.0.0&request=GetRecords&startPosition=-1', 'InvalidParameterValue', 'startPosition'],
    [
      'service=CSW&version=3.0.0&request=GetRecordById&id=x&outputSchema=urn:x',
      'InvalidParameterValue',
      'outputSchema',
    ],
  ])('refuses %s', async (query, code, locator) => {
    const answer = await get(query);
    const report = parseXml(await answer.text());
    const exception = child(report, 'Exception');
    expect([answer.status, report.namespace]).toEqual([400, 'http://www.opengis.net/ows/2.0']);
    expect([attribute(exception, 'exceptionCode'), attribute(exception, 'locator')]).toEqual([code, locator]);
  });

  it.each([
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['10 000 conditions', filtered(`<ogc:Or>${'<ogc:PropertyIsNull><ogc:PropertyName>dc:title</ogc:PropertyName></ogc:PropertyIsNull>'.repeat(10_000)}</ogc:Or>`)],
    ['deep nesting', filtered(`${'<ogc:Not>'.repeat(5000)}<ogc:Nothing/>${'</ogc:Not>'.repeat(5000)}`)],
    ['a polygon of 100 000 points', filtered(`<ogc:Intersects><ogc:PropertyName>ows:BoundingBox</ogc:PropertyName><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>${'1 2 '.repeat(100_000)}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></ogc:Intersects>`)],
    ['a huge number', filtered('<ogc:PropertyIsEqualTo><ogc:PropertyName>CloudCover</ogc:PropertyName><ogc:Literal>1e999999</ogc:Literal></ogc:PropertyIsEqualTo>')],
  ])('answers %s with an exception report', async (_what, body) => {
    const answer = await post(body);
    expect(parseXml(await answer.text()).name).toBe('ExceptionReport');
    expect(answer.status).toBeLessThan(500);
  }); // prettier-ignore
});
