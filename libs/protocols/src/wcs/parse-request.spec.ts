import { describe, expect, it } from '@jest/globals';
import { parseXml } from '../xml/parse-xml.js';
import { parseWcsRequest } from './parse-request.js';
import { xmlParameters } from './parse-xml-request.js';
import { RequestParameters } from './request-parameters.js';

const read = (query: string) => parseWcsRequest(new RequestParameters(new URLSearchParams(query)));
const KVP = 'SERVICE=WCS&VERSION=2.0.1&REQUEST=GetCoverage&COVERAGEID=A';
const XML = (content: string): string =>
  `<GetCoverage xmlns="http://www.opengis.net/wcs/2.0" service="WCS" version="2.0.1">${content}</GetCoverage>`;

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
