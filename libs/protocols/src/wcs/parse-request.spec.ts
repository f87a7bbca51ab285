import { describe, expect, it } from '@jest/globals';
import { parseXml } from '../xml/parse-xml.js';
import { parseWcsRequest } from './parse-request.js';
import { xmlParameters } from './parse-xml-request.js';
import { RequestParameters } from './request-parameters.js';
import { wantedSections } from './wanted-sections.js';
import { WcsError } from './wcs-error.js';

const read = (query: string) => parseWcsRequest(new RequestParameters(new URLSearchParams(query)));
const KVP = 'SERVICE=WCS&VERSION=2.0.1&REQUEST=GetCoverage&COVERAGEID=A';
const XML = (content: string): string =>
  `<GetCoverage xmlns="http://www.opengis.net/wcs/2.0" service="WCS" version="2.0.1">${content}</GetCoverage>`;

function refusal(act: () => unknown): readonly unknown[] {
  try {
    act();
    return ['nothing'];
  } catch (error) {
    return error instanceof WcsError ? [error.code, error.subject] : [error];
  }
}

describe('GetCoverage in key-value pairs and in XML (OGC 09-147r3, 09-148r1)', () => {
  it.each([
    ['&SUBSET=E(1,2)&SUBSET=N(3)', '<CoverageId>A</CoverageId><DimensionTrim><Dimension>E</Dimension><TrimLow>1</TrimLow><TrimHigh>2</TrimHigh></DimensionTrim><DimensionSlice><Dimension>N</Dimension><SlicePoint>3</SlicePoint></DimensionSlice>'],
    ['&SCALEFACTOR=0.5', '<Extension><ScaleByFactor><scaleFactor>0.5</scaleFactor></ScaleByFactor></Extension><CoverageId>A</CoverageId>'],
    ['&SCALEAXES=x(0.5)', '<Extension><ScaleAxesByFactor><ScaleAxis><axis>x</axis><scaleFactor>0.5</scaleFactor></ScaleAxis></ScaleAxesByFactor></Extension><CoverageId>A</CoverageId>'],
    ['&SCALESIZE=x(10),y(20)', '<Extension><ScaleToSize><TargetAxisSize><axis>x</axis><targetSize>10</targetSize></TargetAxisSize><TargetAxisSize><axis>y</axis><targetSize>20</targetSize></TargetAxisSize></ScaleToSize></Extension><CoverageId>A</CoverageId>'],
    ['&RANGESUBSET=red,green:blue', '<Extension><RangeSubset><RangeItem><RangeComponent>red</RangeComponent></RangeItem><RangeItem><RangeInterval><startComponent>green</startComponent><endComponent>blue</endComponent></RangeInterval></RangeItem></RangeSubset></Extension><CoverageId>A</CoverageId>'],
    ['&OUTPUTCRS=EPSG:4326&INTERPOLATION=linear', '<Extension><outputCrs>EPSG:4326</outputCrs><Interpolation><globalInterpolation>linear</globalInterpolation></Interpolation></Extension><CoverageId>A</CoverageId>'],
    ['&MEDIATYPE=multipart/related&FORMAT=image/tiff', '<CoverageId>A</CoverageId><format>image/tiff</format><mediaType>multipart/related</mediaType>'],
  ])('%s', (kvp, xml) => {
    expect(parseWcsRequest(xmlParameters(parseXml(XML(xml))))).toEqual(read(KVP + kvp));
  }); // prettier-ignore

  it('takes numbered keys in quotes, as GDAL sends them', () => {
    expect(read(`${KVP}&SUBSET=E(1,2)&SUBSET2="N(3,4)"`)).toMatchObject({
      selection: { subsets: [{ axis: 'E', low: 1, high: 2 }, { axis: 'N', low: 3, high: 4 }] },
    }); // prettier-ignore
  });
});

describe('GetCoverage of 1.1 (OGC 07-067r5 §10)', () => {
  const BASE = 'SERVICE=WCS&VERSION=1.1.1&REQUEST=GetCoverage&IDENTIFIER=A&FORMAT=image/tiff';
  it.each([
    ['east first', 'BOUNDINGBOX=5,5,95,45,urn:ogc:def:crs:EPSG::32633&GRIDBASECRS=urn:ogc:def:crs:EPSG::32633&GRIDOFFSETS=10,-10', [0, 100], [0, 50]],
    ['north first', 'BOUNDINGBOX=45.5,9.5,49.5,13.5,urn:ogc:def:crs:EPSG::4326&GRIDBASECRS=urn:ogc:def:crs:EPSG::4326&GRIDOFFSETS=-1,1', [9, 14], [45, 50]],
    ['two vectors, north first', 'BOUNDINGBOX=45.5,9.5,49.5,13.5,urn:ogc:def:crs:EPSG::4326&GRIDBASECRS=urn:ogc:def:crs:EPSG::4326&GRIDOFFSETS=0,1,-1,0', [9, 14], [45, 50]],
  ])('limits are middles of cells: %s', (_title, rest, [west, east], [south, north]) => {
    expect(read(`${BASE}&${rest}`)).toMatchObject({
      selection: { subsets: [{ axis: 'x', low: west, high: east }, { axis: 'y', low: south, high: north }] },
    });
  }); // prettier-ignore
});

describe('version negotiation (OGC 06-121r9 §7.3.2)', () => {
  it.each([
    ['', '2.0.1'],
    ['&ACCEPTVERSIONS=1.1.0,1.0.0', '1.1.0'],
    ['&ACCEPTVERSIONS=9.9,1.0.0', '1.0.0'],
    ['&VERSION=1.0.0', '1.0.0'],
    ['&VERSION=0.1', '1.0.0'],
    ['&VERSION=2.0.0', '2.0.1'],
  ])('%s is answered in %s', (rest, version) => {
    expect(read(`SERVICE=WCS&REQUEST=GetCapabilities${rest}`)).toMatchObject({ version });
  });
});

describe('what is refused', () => {
  const CAPABILITIES = 'SERVICE=WCS&REQUEST=GetCapabilities';
  const GET_11 =
    'SERVICE=WCS&VERSION=1.1.1&REQUEST=GetCoverage&IDENTIFIER=A&FORMAT=image/tiff&BOUNDINGBOX=1,1,2,2,urn:ogc:def:crs:EPSG::4326';
  const SET = 'SERVICE=WCS&VERSION=2.0.1&REQUEST=DescribeEOCoverageSet&EOID=A';
  it.each([
    [`${CAPABILITIES}&SECTIONS=Bogus`, 'InvalidParameterValue', 'sections'],
    [`${CAPABILITIES}&ACCEPTVERSIONS=1.1.1&SECTIONS=ServiceMetadata`, 'InvalidParameterValue', 'sections'],
    [`${CAPABILITIES}&VERSION=1.0.0&SECTION=/WCS_Capabilities/Bogus`, 'InvalidParameterValue', 'sections'],
    [`${SET}&SECTIONS=Contents`, 'InvalidParameterValue', 'sections'],
    [`${SET}&SUBSET=Lat(50)`, 'InvalidSubsetting', 'Lat'],
    ['SERVICE=WCS&VERSION=2.0.1&REQUEST=DescribeCoverage&COVERAGE=A', 'MissingParameterValue', 'coverageId'],
    [`${GET_11}&STORE=Bogus`, 'InvalidParameterValue', 'store'],
    [`${GET_11}&STORE=true`, 'InvalidParameterValue', 'store'],
    [`${GET_11}&TIMESEQUENCE=2024-05-01/`, 'InvalidParameterValue', 'TimeSequence'],
    [`${GET_11}&TIMESEQUENCE=/2024-05-01`, 'InvalidParameterValue', 'TimeSequence'],
    [`${GET_11}&TIMESEQUENCE=2024-05-01/2024-06-01/bogus`, 'InvalidParameterValue', 'TimeSequence'],
    [`${GET_11}&TIMESEQUENCE=${'2024-05-01,'.repeat(101)}`, 'InvalidParameterValue', 'TimeSequence'],
  ])('%s', (query, code, subject) => {
    expect(refusal(() => read(query))).toEqual([code, subject]);
  });

  it.each([
    `${CAPABILITIES}&SECTIONS=All`,
    `${CAPABILITIES}&SECTIONS=Contents,DatasetSeriesSummary`,
    `${CAPABILITIES}&VERSION=1.0.0&SECTION=/WCS_Capabilities/Service`,
    `${CAPABILITIES}&VERSION=1.0.0&SECTION=/`,
    `${GET_11}&STORE=False&TIMESEQUENCE=2024-05-01,2024-05-01/2024-06-01/PT6H`,
  ])('%s is not', (query) => {
    expect(() => read(query)).not.toThrow();
  });
});

describe('update sequences (OGC 06-121r9 §7.3.4, 03-065r6 table 4)', () => {
  const wanted = (version: string, sequence: string): unknown => {
    const request = read(`SERVICE=WCS&REQUEST=GetCapabilities&VERSION=${version}&UPDATESEQUENCE=${sequence}`);
    return request.kind === 'GetCapabilities' && wantedSections(request, '2024-05-02');
  };

  it.each(['1.1.1', '2.0.1'])('%s answers with a document without sections where nothing changed', (version) => {
    expect(wanted(version, '2024-05-02')).toEqual(new Set());
    expect(wanted(version, '2024-05-01')).toBeUndefined();
  });

  it.each([
    ['1.0.0', '2024-05-02', 'CurrentUpdateSequence'],
    ['1.0.0', '2024-05-03', 'InvalidUpdateSequence'],
    ['1.1.1', '2024-05-03', 'InvalidUpdateSequence'],
    ['2.0.1', 'bogus', 'InvalidUpdateSequence'],
  ])('%s refuses %s: %s', (version, sequence, code) => {
    expect(refusal(() => wanted(version, sequence))).toEqual([code, 'updateSequence']);
  });
});
