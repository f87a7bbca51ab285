import { describe, expect, it } from '@jest/globals';
import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { parseKvp } from '../ows/kvp.js';
import { parseXml } from '../xml/parse-xml.js';
import { compileFeatureFilter } from './compile-feature-filter.js';
import { parseWfsRequest, versionToAnswer } from './parse-request.js';
import { xmlRequest } from './parse-xml-request.js';
import { WfsError } from './wfs-error.js';
import type { GetFeatureRequest, WfsRequest } from './wfs-request.js';

/** Thousands of metres as degrees: enough to see that it was asked. */
const boundsOf = (crs: string, [minX, minY, maxX, maxY]: readonly [number, number, number, number]) => {
  const unit = crs === 'EPSG:4326' || crs === 'CRS:84' ? 1 : 1000;
  return minX > 1e9 ? undefined : ([minX / unit, minY / unit, maxX / unit, maxY / unit] as const);
};
const parse = (query: string): WfsRequest => parseWfsRequest({ kvp: parseKvp(query) }, boundsOf);
const features = (query: string): GetFeatureRequest =>
  parse(`SERVICE=WFS&REQUEST=GetFeature&TYPENAMES=frombork:s2&${query}`) as GetFeatureRequest;
const box = (west: number, south: number, east: number, north: number) => ({
  op: 'spatial',
  relation: 'intersects',
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  },
});
const codeOf = (act: () => unknown): string | undefined => {
  try {
    act();
  } catch (error) {
    if (error instanceof WfsError) return error.code;
    if (error instanceof InvalidError) return `invalid ${error.subject}`;
    throw error;
  }
  return undefined;
};
/** The one condition that was asked for. */
const conditionOf = ({ query }: GetFeatureRequest): Filter | undefined =>
  query.filter !== undefined && 'args' in query.filter ? query.filter.args[0] : undefined;

describe('versions (OWS Common 06-121r3 §7.3.2)', () => {
  it.each([
    ['', '2.0.0'],
    ['VERSION=2.0.0', '2.0.0'],
    ['VERSION=2.0.2', '2.0.0'],
    ['VERSION=1.1.0', '1.1.0'],
    ['VERSION=1.0.0', '1.1.0'],
    ['VERSION=3.0', '2.0.0'],
    ['ACCEPTVERSIONS=1.0.0,1.1.0,2.0.0', '1.1.0'],
    ['ACCEPTVERSIONS=2.0.2,1.1.0', '2.0.0'],
  ])('GetCapabilities with "%s" is answered in %s', (query, version) => {
    expect(parse(`service=wfs&request=getcapabilities&${query}`).version).toBe(version);
  });

  it('refuses what is not spoken, and says so in the version asked for', () => {
    expect(codeOf(() => parse('REQUEST=GetCapabilities&ACCEPTVERSIONS=3.0.0'))).toBe('VersionNegotiationFailed');
    expect(codeOf(() => parse('REQUEST=GetFeature&TYPENAMES=a&VERSION=1.0.0'))).toBe('InvalidParameterValue');
    expect(versionToAnswer(parseKvp('version=1.1.0&request=nonsense'))).toBe('1.1.0');
  });
});

describe('operations (OGC 09-025r2 §7)', () => {
  it.each([
    ['SERVICE=WMS&REQUEST=GetFeature', 'InvalidParameterValue'],
    ['SERVICE=WFS', 'MissingParameterValue'],
    ['REQUEST=Transaction', 'OperationNotSupported'],
    ['REQUEST=LockFeature', 'OperationNotSupported'],
    ['REQUEST=Nonsense', 'InvalidParameterValue'],
    ['REQUEST=GetFeature', 'MissingParameterValue'],
    ['REQUEST=GetFeature&TYPENAMES=a,b', 'OptionNotSupported'],
    ['REQUEST=GetFeature&TYPENAMES=(a)(b)', 'OptionNotSupported'],
    ['REQUEST=GetFeature&TYPENAMES=a&OUTPUTFORMAT=SHAPE-ZIP', 'InvalidParameterValue'],
    ['REQUEST=GetFeature&TYPENAMES=a&RESULTTYPE=some', 'InvalidParameterValue'],
    ['REQUEST=GetFeature&TYPENAMES=a&COUNT=-1', 'InvalidParameterValue'],
    ['REQUEST=GetFeature&TYPENAMES=a&STARTINDEX=1e9', 'InvalidParameterValue'],
    ['REQUEST=GetFeature&TYPENAMES=a&SRSNAME=EPSG:1', 'InvalidParameterValue'],
    ['REQUEST=GetFeature&TYPENAMES=a&SORTBY=nonsense', 'InvalidParameterValue'],
    ['REQUEST=GetFeature&TYPENAMES=a&SORTBY=geometry', 'InvalidParameterValue'],
    ['REQUEST=GetFeature&TYPENAMES=a&SORTBY=id SIDEWAYS', 'InvalidParameterValue'],
    ['REQUEST=GetFeature&TYPENAMES=a&PROPERTYNAME=id,nonsense', 'InvalidParameterValue'],
    ['REQUEST=GetFeature&TYPENAMES=a&BBOX=1,2,3', 'InvalidParameterValue'],
    ['REQUEST=GetFeature&TYPENAMES=a&BBOX=5,2,3,4', 'InvalidParameterValue'],
    ['REQUEST=GetFeature&TYPENAMES=a&BBOX=NaN,2,3,4', 'InvalidParameterValue'],
    ['REQUEST=GetFeature&STOREDQUERY_ID=urn:other', 'InvalidParameterValue'],
    ['REQUEST=GetFeature&STOREDQUERY_ID=urn:ogc:def:query:OGC-WFS::GetFeatureById', 'MissingParameterValue'],
  ])('%s is refused with %s', (query, code) => {
    expect(codeOf(() => parse(query))).toBe(code);
  });
});

describe('BBOX (OGC 09-025r2 annex D)', () => {
  it.each([
    ['47,10,49,12', box(10, 47, 12, 49)],
    ['47,10,49,12,urn:ogc:def:crs:EPSG::4326', box(10, 47, 12, 49)],
    ['10,47,12,49,EPSG:4326', box(10, 47, 12, 49)],
    ['10,47,12,49,urn:ogc:def:crs:OGC:1.3:CRS84', box(10, 47, 12, 49)],
    ['10000,47000,12000,49000,EPSG:3857', box(10, 47, 12, 49)],
    ['47000,10000,49000,12000,urn:ogc:def:crs:EPSG::3035', box(10, 47, 12, 49)],
    ['2e9,0,3e9,1,EPSG:3857', { op: 'constant', value: false }],
  ])('%s', (text, filter) => {
    expect(conditionOf(features(`BBOX=${text}`))).toEqual(filter);
  });
});

const FES = '<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2">';
const OGC = '<ogc:Filter xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml">';
const filterOf = (markup: string): Filter => {
  const text = `${markup}${markup.startsWith('<fes') ? '</fes:Filter>' : '</ogc:Filter>'}`;
  return compileFeatureFilter(conditionOf(features(`FILTER=${encodeURIComponent(text)}`))!, ['s2', 's1.grd']);
};
const corners = (lower: string, upper: string) =>
  `<gml:lowerCorner>${lower}</gml:lowerCorner><gml:upperCorner>${upper}</gml:upperCorner>`;

describe('filters (OGC 09-026r2, 04-095)', () => {
  it.each<[string, string, object]>([
    [
      'names with prefix',
      `${FES}<fes:PropertyIsLessThan><fes:ValueReference>frombork:cloudCover</fes:ValueReference><fes:Literal>20</fes:Literal></fes:PropertyIsLessThan>`,
      { op: 'lt', property: 'cloudCover', value: '20' },
    ],
    [
      'names behind that of the type',
      `${OGC}<ogc:PropertyIsEqualTo><ogc:PropertyName>frombork:s2/frombork:tile</ogc:PropertyName><ogc:Literal>32UPC</ogc:Literal></ogc:PropertyIsEqualTo>`,
      { op: 'eq', property: 'tile', value: '32UPC' },
    ],
    [
      'a day as all its instants',
      `${OGC}<ogc:PropertyIsEqualTo><ogc:PropertyName>acquiredFrom</ogc:PropertyName><ogc:Literal>2024-05-01</ogc:Literal></ogc:PropertyIsEqualTo>`,
      {
        op: 'between',
        property: 'acquiredFrom',
        lower: new Date('2024-05-01T00:00:00Z'),
        upper: new Date('2024-05-01T23:59:59.999Z'),
      },
    ],
    [
      'an Envelope without srsName, latitude first, as OGR writes it',
      `${FES}<fes:BBOX><fes:ValueReference>geometry</fes:ValueReference><gml:Envelope>${corners('47 10', '49 12')}</gml:Envelope></fes:BBOX>`,
      box(10, 47, 12, 49),
    ],
    [
      'an Envelope in metres, as QGIS writes it',
      `${FES}<fes:BBOX><gml:Envelope srsName="urn:ogc:def:crs:EPSG::3857">${corners('10000 47000', '12000 49000')}</gml:Envelope></fes:BBOX>`,
      box(10, 47, 12, 49),
    ],
    [
      'resource ids',
      `${FES}<fes:ResourceId rid="s2.A"/><fes:ResourceId rid="s1.grd.B.C"/><fes:ResourceId rid="other.D"/>`,
      {
        op: 'or',
        args: [
          { op: 'and', args: [{ op: 'eq', property: 'collection', value: 's2' }, { op: 'in', property: 'id', values: ['A'] }] },
          { op: 'and', args: [{ op: 'eq', property: 'collection', value: 's1.grd' }, { op: 'in', property: 'id', values: ['B.C'] }] },
        ],
      },
    ],
    [
      'no footprint',
      `${FES}<fes:PropertyIsNull><fes:ValueReference>geometry</fes:ValueReference></fes:PropertyIsNull>`,
      { op: 'isNull', property: 'footprint' },
    ],
  ])('%s', (_title, markup, filter) => {
    expect(filterOf(markup)).toEqual(filter);
  }); // prettier-ignore

  it.each([
    ['an unknown property', `${FES}<fes:PropertyIsNull><fes:ValueReference>x' or 1=1</fes:ValueReference></fes:PropertyIsNull>`],
    ['a number as a pattern', `${FES}<fes:PropertyIsLike><fes:ValueReference>cloudCover</fes:ValueReference><fes:Literal>1*</fes:Literal></fes:PropertyIsLike>`],
    ['a footprint that is more than another', `${FES}<fes:PropertyIsGreaterThan><fes:ValueReference>geometry</fes:ValueReference><fes:Literal>1</fes:Literal></fes:PropertyIsGreaterThan>`],
    ['a polygon in metres', `${FES}<fes:Intersects><gml:Point srsName="EPSG:3857"><gml:pos>1000000 6000000</gml:pos></gml:Point></fes:Intersects>`],
    ['an Envelope of words', `${FES}<fes:BBOX><gml:Envelope srsName="EPSG:3857">${corners('a b', 'c d')}</gml:Envelope></fes:BBOX>`],
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY b "c">]><fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0">'],
    ['a foreign namespace', '<ogc:Filter xmlns:ogc="urn:other"><ogc:PropertyIsNull/>'],
    ['1000 levels', `${FES}${'<fes:Not>'.repeat(1000)}${'</fes:Not>'.repeat(1000)}`],
  ])('refuses %s', (_title, markup) => {
    expect(codeOf(() => filterOf(markup))).toMatch(/^(InvalidParameterValue|invalid .*)$/);
  }); // prettier-ignore
});

describe('requests in XML', () => {
  const asked = (markup: string): GetFeatureRequest =>
    parseWfsRequest(xmlRequest(parseXml(markup)), boundsOf) as GetFeatureRequest;

  it('mean what they mean in key-value pairs (OGC 09-025r2 §11.2.2, 04-094 §9.2)', () => {
    const wfs20 = asked(
      `<wfs:GetFeature xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:a="urn:a" service="WFS" version="2.0.0" count="5" startIndex="10" outputFormat="application/json"><wfs:Query typeNames="a:s2" srsName="EPSG:3857"><wfs:PropertyName>a:id</wfs:PropertyName><wfs:PropertyName>geometry</wfs:PropertyName><fes:Filter><fes:PropertyIsNull><fes:ValueReference>a:tile</fes:ValueReference></fes:PropertyIsNull></fes:Filter><fes:SortBy><fes:SortProperty><fes:ValueReference>cloudCover</fes:ValueReference><fes:SortOrder>DESC</fes:SortOrder></fes:SortProperty></fes:SortBy></wfs:Query></wfs:GetFeature>`,
    );
    expect(wfs20).toMatchObject({ version: '2.0.0', count: 5, startIndex: 10, form: 'geojson', isHits: false });
    expect(wfs20.query).toMatchObject({
      typeName: 's2',
      properties: ['id', 'geometry'],
      sort: [{ property: 'cloudCover', direction: 'desc' }],
      crs: { code: 'EPSG:3857' },
    });
    const wfs11 = asked(
      `<GetFeature xmlns="http://www.opengis.net/wfs" xmlns:ogc="http://www.opengis.net/ogc" service="WFS" maxFeatures="3" resultType="hits"><Query typeName="s2"><ogc:Filter><ogc:FeatureId fid="s2.A"/></ogc:Filter><ogc:SortBy><ogc:SortProperty><ogc:PropertyName>id</ogc:PropertyName></ogc:SortProperty></ogc:SortBy></Query></GetFeature>`,
    );
    expect(wfs11).toMatchObject({ version: '1.1.0', count: 3, isHits: true });
  });

  it('keep their filter for the links to other pages, standing on its own', () => {
    const { parameters } = asked(
      `<wfs:GetFeature xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:f="http://www.opengis.net/fes/2.0"><wfs:Query typeNames="s2"><f:Filter><f:PropertyIsNull><f:ValueReference>tile</f:ValueReference></f:PropertyIsNull></f:Filter></wfs:Query></wfs:GetFeature>`,
    );
    const query = new URLSearchParams([...parameters]).toString();
    expect(conditionOf(parse(query) as GetFeatureRequest)).toEqual({ op: 'isNull', property: 'tile' });
  });

  it('are one query at once', () => {
    const two = '<wfs:GetFeature xmlns:wfs="http://www.opengis.net/wfs/2.0"><wfs:Query typeNames="a"/><wfs:Query typeNames="b"/></wfs:GetFeature>';
    expect(codeOf(() => asked(two))).toBe('OptionNotSupported');
  }); // prettier-ignore
});
