import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import { parseXml } from '../xml/parse-xml.js';
import { findRecords, readRecord } from './find-records.js';
import type { MetadataRecord } from './metadata-record.js';
import { recordToProduct } from './record-product.js';

const read = (xml: string): MetadataRecord => readRecord(findRecords(parseXml(xml))[0]!);
const common = (content: string, version = '2.0.2'): MetadataRecord =>
  read(`<csw:Record xmlns:csw="http://www.opengis.net/cat/csw/${version}" xmlns:ows="http://www.opengis.net/ows"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/"><dc:identifier>a</dc:identifier>${content}</csw:Record>`);
const box = (lower: string, upper: string, crs?: string): string =>
  `<ows:BoundingBox${crs === undefined ? '' : ` crs="${crs}"`}><ows:LowerCorner>${lower}</ows:LowerCorner><ows:UpperCorner>${upper}</ows:UpperCorner></ows:BoundingBox>`;
const wgs84 = (lower: string, upper: string): string => box(lower, upper).replaceAll('BoundingBox', 'WGS84BoundingBox');
const iso = (content: string, id = '<gmd:fileIdentifier>a</gmd:fileIdentifier>'): MetadataRecord =>
  read(`<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"
    xmlns:gml="http://www.opengis.net/gml">${id}<gmd:identificationInfo><gmd:MD_DataIdentification>${content}
    </gmd:MD_DataIdentification></gmd:identificationInfo></gmd:MD_Metadata>`);
const extent = (sides: readonly string[]): string => {
  const names = ['westBoundLongitude', 'southBoundLatitude', 'eastBoundLongitude', 'northBoundLatitude'];
  const written = sides.map((side, at) => `<gmd:${names[at]}><gco:Decimal>${side}</gco:Decimal></gmd:${names[at]}>`);
  return `<gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_GeographicBoundingBox>${written.join('')}</gmd:EX_GeographicBoundingBox></gmd:geographicElement></gmd:EX_Extent></gmd:extent>`;
};
const refusal = (act: () => unknown): readonly [message: string, subject: string | undefined] => {
  try {
    act();
  } catch (error) {
    if (error instanceof InvalidError) return [error.message, error.subject];
    throw error;
  }
  throw new Error('taken');
};

describe('axis order of boxes (OGC 07-006r1 §10.2.5, OGC 06-121r3 §10.2)', () => {
  it.each([
    ['no CRS: longitude first', box('10 50', '12 52'), [10, 50, 12, 52]],
    ['the URN of 6.11', box('50 10', '52 12', 'urn:x-ogc:def:crs:EPSG:6.11:4326'), [10, 50, 12, 52]],
    ['the URN without version', box('50 10', '52 12', 'urn:ogc:def:crs:EPSG::4326'), [10, 50, 12, 52]],
    ['the address', box('50 10', '52 12', 'http://www.opengis.net/def/crs/EPSG/0/4326'), [10, 50, 12, 52]],
    ['ETRS89', box('50 10', '52 12', 'urn:ogc:def:crs:EPSG::4258'), [10, 50, 12, 52]],
    ['CRS84', box('10 50', '12 52', 'urn:ogc:def:crs:OGC:1.3:CRS84'), [10, 50, 12, 52]],
    ['the bare name', box('10 50', '12 52', 'EPSG:4326'), [10, 50, 12, 52]],
    ['another CRS', box('500000 5000000', '600000 6000000', 'urn:ogc:def:crs:EPSG::32633'), undefined],
    ['WGS84BoundingBox', wgs84('10 50', '12 52'), [10, 50, 12, 52]],
    ['halves at the antimeridian', wgs84('-180 50', '-170 52') + wgs84('170 50', '180 51'), [170, 50, -170, 52]],
    ['several', wgs84('10 50', '12 52') + wgs84('11 40', '14 51'), [10, 40, 14, 52]],
    ['rounding', wgs84('-180.0000001 -90', '180 90'), [-180, -90, 180, 90]],
  ])('%s', (_name, boxes, expected) => {
    expect(common(boxes).bbox).toEqual(expected);
  });
});

describe('footprints (gmd:EX_BoundingPolygon)', () => {
  const footprint = (srsName: string, posList: string) => {
    const polygon = `<gml:Polygon srsName="${srsName}"><gml:exterior><gml:LinearRing><gml:posList>${posList}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>`;
    return iso(
      `<gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_BoundingPolygon><gmd:polygon>${polygon}</gmd:polygon></gmd:EX_BoundingPolygon></gmd:geographicElement></gmd:EX_Extent></gmd:extent>`,
    );
  };
  const ring = [[10, 50], [12, 50], [12, 52], [10, 50]]; // prettier-ignore

  it.each([
    ['urn:ogc:def:crs:EPSG::4326', '50 10 50 12 52 12 50 10'],
    ['http://www.opengis.net/def/crs/EPSG/0/4326', '50 10 50 12 52 12 50 10'],
    ['EPSG:4326', '10 50 12 50 12 52 10 50'],
    ['', '10 50 12 50 12 52 10 50'],
  ])('are read in the axis order of %j', (crs, posList) => {
    expect(footprint(crs, posList)).toMatchObject({
      footprint: { type: 'Polygon', coordinates: [ring] },
      bbox: [10, 50, 12, 52],
    });
  });

  it.each([
    ['in another CRS', 'urn:ogc:def:crs:EPSG::32633', '1 2 3 4 5 6 1 2'],
    ['open', '', '10 50 12 50 12 52 11 51'],
    ['crossing itself', '', '0 0 2 2 2 0 0 2 0 0'],
    ['without numbers', '', 'NaN a b c'],
    ['too large', '', '10 50 '.repeat(20_000)],
  ])('are left out where %s', (_name, crs, posList) => {
    expect(footprint(crs, posList).footprint).toBeUndefined();
  });
});

describe('dates', () => {
  it.each([
    ['2009', '2009'],
    ['2009-02', '2009-02'],
    ['2008-02-29', '2008-02-29'],
    ['20080721', '2008-07-21'],
    ['2008-07-21Z', '2008-07-21'],
    ['2008-07-21 10:00:00', '2008-07-21T10:00:00'],
    ['2008-07-21T10:00+0200', '2008-07-21T10:00:00+02:00'],
    ['2008-07-21T10:00:00.123+02:00', '2008-07-21T10:00:00.123+02:00'],
  ])('takes %s', (given, expected) => {
    expect(common(`<dc:date>${given}</dc:date>`).dates).toEqual({ date: expected });
  });

  it.each([
    '0000-00-00',
    '0000',
    '2009-02-30',
    '2009-13',
    '2009-1-1',
    '21/07/2008',
    'yesterday',
    '2008-07-21T25:00:00Z',
  ])('refuses %s, naming the element', (given) => {
    expect(refusal(() => common(`<dct:modified>${given}</dct:modified>`))).toEqual([
      `dct:modified is not a date of the calendar: ${JSON.stringify(given)}.`,
      'dct:modified',
    ]);
  });

  it('takes an interval in dc:date for the period', () => {
    expect(common('<dc:date>2022-01-01T00:00:00Z/2022-01-02</dc:date>')).toMatchObject({
      dates: {},
      temporal: { start: '2022-01-01T00:00:00Z', end: '2022-01-02' },
    });
  });

  it('takes what goes on as open', () => {
    const period = `<gmd:extent><gmd:EX_Extent><gmd:temporalElement><gmd:EX_TemporalExtent><gmd:extent><gml:TimePeriod>
      <gml:begin><gml:TimeInstant><gml:timePosition>2010</gml:timePosition></gml:TimeInstant></gml:begin><gml:endPosition indeterminatePosition="now"/>
      </gml:TimePeriod></gmd:extent></gmd:EX_TemporalExtent></gmd:temporalElement></gmd:EX_Extent></gmd:extent>`;
    expect(iso(period).temporal).toEqual({ start: '2010' });
  });
});

describe('hostile records', () => {
  it.each([
    ['NaN', common, box('NaN 1', '2 3'), 'ows:LowerCorner'],
    ['one number', common, box('1', '2 3'), 'ows:BoundingBox'],
    ['beyond the world', common, box('-1000 -90', '1000 90'), 'ows:BoundingBox'],
    ['upside down', common, box('0 10', '1 5'), 'ows:BoundingBox'],
    ['huge', common, box('1e308 0', '1e309 1'), 'ows:UpperCorner'],
    ['ISO NaN', iso, extent(['NaN', '0', '1', '1']), 'westBoundLongitude'],
    ['ISO beyond', iso, extent(['0', '0', '1', '91']), 'gmd:EX_GeographicBoundingBox'],
    ['ISO without a side', iso, extent(['0', '0', '1']), 'gmd:EX_GeographicBoundingBox'],
  ])('refuses a box %s by its element', (_name, parse, content, subject) => {
    expect(refusal(() => parse(content))[1]).toBe(subject);
  });

  it('takes thousands of boxes and keywords', () => {
    const record = common(wgs84('10 50', '12 52').repeat(30_000) + '<dc:subject>a</dc:subject>'.repeat(30_000));
    expect(record.bbox).toEqual([10, 50, 12, 52]);
    expect(record.keywords).toHaveLength(30_000);
  });

  it('refuses records without an identifier', () => {
    expect(refusal(() => iso('', ''))).toEqual(['gmd:fileIdentifier is missing.', 'gmd:fileIdentifier']);
    const nameless = '<Record xmlns="http://www.opengis.net/cat/csw/2.0.2"/>';
    expect(refusal(() => read(nameless))[1]).toBe('dc:identifier');
  });

  it('refuses identifiers that are none', () => {
    expect(refusal(() => recordToProduct({ ...common(''), id: 'a'.repeat(600) }))[1]).toBe('identifier');
    expect(refusal(() => recordToProduct({ ...common(''), id: 'a\nb' }))[1]).toBe('identifier');
  });

  it('finds nothing in what is no record, however deep', () => {
    expect(findRecords(parseXml('<a><b/></a>'))).toEqual([]);
    expect(findRecords(parseXml('<a>'.repeat(100) + '</a>'.repeat(100)))).toEqual([]);
  });
});

describe('findRecords', () => {
  it('gives each record of an answer a text that stands alone', () => {
    const answer = `<r:Answer xmlns:r="urn:r" xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <csw:Record><dc:identifier>a</dc:identifier></csw:Record><r:x><csw:BriefRecord><dc:identifier>b &amp; c</dc:identifier></csw:BriefRecord></r:x></r:Answer>`;
    const found = findRecords(parseXml(answer));
    expect(found.map((one) => readRecord(one).id)).toEqual(['a', 'b & c']);
    const again = found.map(({ xml }) => findRecords(parseXml(xml))[0]!);
    expect(again.map((one) => readRecord(one).id)).toEqual(['a', 'b & c']);
    expect(again.map(({ schema }) => schema)).toEqual(Array(2).fill('http://www.opengis.net/cat/csw/2.0.2'));
  });

  it('takes the text of the record in its own language', () => {
    const title = `<gmd:citation><gmd:CI_Citation><gmd:title><gco:CharacterString>Wald</gco:CharacterString>
      <gmd:PT_FreeText><gmd:textGroup><gmd:LocalisedCharacterString>Forest</gmd:LocalisedCharacterString></gmd:textGroup></gmd:PT_FreeText>
      </gmd:title></gmd:CI_Citation></gmd:citation>`;
    expect(iso(title).title).toBe('Wald');
  });
});

describe('recordToProduct', () => {
  it('makes a Sentinel name a product of its collection', () => {
    const name = 'S2B_MSIL2A_20200902T090559_N0214_R050_T34SFG_20200902T113910';
    const product = recordToProduct({ ...common(wgs84('22 36', '23 37')), id: `urn:EOP:X:S2:/${name}.SAFE` });
    expect(product).toMatchObject({ collection: 'sentinel-2-l2a', id: name, extra: {}, online: 'metadata-only' });
    expect(product.properties).toMatchObject({ platform: 'sentinel-2b', tile: '34SFG', relativeOrbit: 50 });
    expect(product.acquiredFrom.toISOString()).toBe('2020-09-02T09:05:59.000Z');
    expect(product.geometry?.type).toBe('Polygon');
  });

  it('leaves a series of that title a record', () => {
    const series = {
      ...common('<dc:type>series</dc:type>'),
      id: 'S2B_MSIL2A_20200902T090559_N0214_R050_T34SFG_20200902T113910',
    };
    expect(recordToProduct(series).collection).toBe('records');
  });

  it.each([
    ['a period', '<dct:temporal>start=2010; end=2011-02</dct:temporal>', '2010-01-01T00:00:00.000Z', '2011-02-28T23:59:59.999Z'],
    ['an open period with a later date', '<dct:temporal>start=2010</dct:temporal><dct:modified>2012-01-01T00:00:00Z</dct:modified>', '2010-01-01T00:00:00.000Z', '2012-01-01T00:00:00.000Z'],
    ['a date', '<dc:date>2006-03-26</dc:date>', '2006-03-26T00:00:00.000Z', '2006-03-26T23:59:59.999Z'],
    ['no time at all', '', '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'],
  ])('takes %s for the acquisition', (_name, content, from, to) => {
    const { acquiredFrom, acquiredTo } = recordToProduct(common(content));
    expect([acquiredFrom.toISOString(), acquiredTo.toISOString()]).toEqual([from, to]);
  }); // prettier-ignore

  it('keeps Dublin Core by name', () => {
    const record =
      common(`<dc:title>T</dc:title><dc:subject>k</dc:subject><dc:type>http://purl.org/dc/dcmitype/Image</dc:type>
      <dc:format>image/jpeg</dc:format><dc:creator>A</dc:creator><dc:creator>B</dc:creator><dct:spatial>IT-FI</dct:spatial><dct:abstract>D</dct:abstract>`);
    expect(recordToProduct(record, { xml: '<x/>', schema: 'urn:x' }).extra).toMatchObject({
      title: 'T',
      description: 'D',
      keywords: ['k'],
      'dc:type': 'http://purl.org/dc/dcmitype/Image',
      'dc:format': 'image/jpeg',
      'dc:creator': ['A', 'B'],
      'dct:spatial': 'IT-FI',
      record: '<x/>',
      recordSchema: 'urn:x',
    });
  });
});
