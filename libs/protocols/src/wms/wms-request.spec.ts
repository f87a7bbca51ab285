import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseKvp } from '../ows/kvp.js';
import { parseExceptionForm } from './exception-form.js';
import { parseGetMap, type GetMapRequest } from './get-map-request.js';
import { findMapCrs, LISTED_CRS } from './map-crs.js';
import { MAP_FORMATS } from './map-format.js';
import { WmsError } from './wms-error.js';
import { checkUpdateSequence, parseGetCapabilities, parseWmsOperation } from './wms-request.js';

const GET_MAP = {
  version: '1.3.0',
  request: 'GetMap',
  layers: 'sentinel-2-l1c',
  styles: '',
  crs: 'CRS:84',
  bbox: '10,47,12,48',
  width: '8',
  height: '5',
  format: 'image/png',
};
const getMap = (changes: Record<string, string | undefined> = {}): GetMapRequest => {
  const entries = Object.entries({ ...GET_MAP, ...changes }).filter(([, value]) => value !== undefined);
  return parseGetMap(parseKvp(new URLSearchParams(entries as [string, string][]).toString()));
};

describe('parseKvp (OWS Common 06-121r9 §11.5.2)', () => {
  it('knows names in any case, plus as blank, empty and repeated parameters', () => {
    expect([...parseKvp('a+b=c+d&Layers=&LAYERS=x%2Cy&layers=z&&flag')]).toEqual([
      ['A B', 'c d'],
      ['LAYERS', 'x,y'],
    ]);
  });
});

describe('parseGetMap (WMS 1.3.0 §7.3)', () => {
  it('reads the mandatory parameters and the defaults of the others', () => {
    expect(getMap()).toEqual({
      layers: [{ name: 'sentinel-2-l1c', style: '' }],
      crs: 'CRS:84',
      bbox: [10, 47, 12, 48],
      width: 8,
      height: 5,
      format: 'image/png',
      mediaType: 'image/png',
      transparent: false,
      background: 0xffffff,
      time: { kind: 'default' },
    });
  });

  it.each([
    ['EPSG:4326', '47,10,48,12', '1.3.0'],
    ['urn:ogc:def:crs:EPSG::4326', '47,10,48,12', '1.3.0'],
    ['http://www.opengis.net/def/crs/OGC/1.3/CRS84', '10,47,12,48', '1.3.0'],
    ['EPSG:3857', '1e1,4.7E1,12.,+48', '1.3.0'],
  ])('has east before north afterwards: %s (§6.7.2)', (crs, bbox, version) => {
    expect(getMap({ crs, bbox, version }).bbox).toEqual([10, 47, 12, 48]);
  });

  it('takes 1.1.1: SRS, and east first whatever the authority says', () => {
    const request = getMap({ version: undefined, wmtver: '1.1.1', crs: undefined, srs: 'EPSG:4326' });
    expect(request).toMatchObject({ crs: 'EPSG:4326', bbox: [10, 47, 12, 48] });
  });

  it('takes what QGIS and OWSLib send besides', () => {
    const request = getMap({
      dpi: '96',
      map_resolution: '96',
      format_options: 'dpi:96',
      transparent: 'TRUE',
      bgcolor: '0xFF8000',
      exceptions: 'XML',
      format: 'image/png; mode=24bit',
      tiled: 'true',
    });
    expect(request).toMatchObject({ transparent: true, background: 0xff8000, format: 'image/png', depth: 24 });
  });

  it.each([
    ['DIM_CLOUD_COVER=20', 20],
    ['dim_cloud_cover=0/33.5', 33.5],
    ['DIM_CLOUD_COVER=0/40/1', 40],
    ['DIM_CLOUD_COVER=default', undefined],
    ['DIM_CLOUD_COVER=100', 100],
    ['DIM_CLOUDCOVER=7', 7],
    ['MAXCC=0', 0],
    ['', undefined],
  ])('takes cloud cover from %p', (query, maxCloudCover) => {
    const [name = 'MAXCC', value = ''] = query.split('=');
    expect(getMap({ [name]: value }).maxCloudCover).toBe(maxCloudCover);
  });

  it('names the systems as 1.1.1 does in its faults', () => {
    const old = { version: '1.1.1', crs: undefined };
    const fault = { code: 'InvalidSRS', subject: 'SRS' };
    expect(() => getMap({ ...old, srs: 'NONE' })).toThrow(expect.objectContaining(fault));
    expect(() => getMap(old)).toThrow(expect.objectContaining(fault));
  });

  it.each<[Record<string, string | undefined>, string | undefined, string]>([
    [{ version: undefined }, undefined, 'VERSION'],
    [{ version: '0.0.0' }, undefined, 'VERSION'],
    [{ layers: undefined }, 'LayerNotDefined', 'LAYERS'],
    [{ layers: 'a,,b' }, 'LayerNotDefined', 'LAYERS'],
    [{ layers: Array(11).fill('a').join() }, undefined, 'LAYERS'],
    [{ styles: 'a,b' }, 'StyleNotDefined', 'STYLES'],
    [{ crs: 'CRS:1' }, 'InvalidCRS', 'CRS'],
    [{ crs: undefined }, 'InvalidCRS', 'CRS'],
    [{ crs: 'EPSG:32661' }, 'InvalidCRS', 'CRS'],
    [{ bbox: undefined }, undefined, 'BBOX'],
    [{ bbox: '10,47,12' }, undefined, 'BBOX'],
    [{ bbox: '10,47,10,48' }, undefined, 'BBOX'],
    [{ bbox: '12,47,10,48' }, undefined, 'BBOX'],
    [{ bbox: '10,47,12,1e999' }, undefined, 'BBOX'],
    [{ bbox: '10,47,12,0x30' }, undefined, 'BBOX'],
    [{ width: '0' }, undefined, 'WIDTH'],
    [{ width: '4097' }, undefined, 'WIDTH'],
    [{ height: '1.5' }, undefined, 'HEIGHT'],
    [{ width: '20000', height: '20000' }, undefined, 'WIDTH'],
    [{ format: 'image/gif' }, 'InvalidFormat', 'FORMAT'],
    [{ transparent: 'maybe' }, undefined, 'TRANSPARENT'],
    [{ sld: 'http://127.0.0.1:1/style.sld' }, undefined, 'SLD'],
    [{ sld_body: '<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>' }, undefined, 'SLD_BODY'],
    [{ dim_cloud_cover: '10/20' }, 'InvalidDimensionValue', 'DIM_CLOUD_COVER'],
    [{ dim_cloud_cover: '101' }, 'InvalidDimensionValue', 'DIM_CLOUD_COVER'],
    [{ dim_cloud_cover: '20/5' }, 'InvalidDimensionValue', 'DIM_CLOUD_COVER'],
    [{ format: undefined }, 'InvalidFormat', 'FORMAT'],
    [{ bgcolor: 'red' }, undefined, 'BGCOLOR'],
    [{ time: 'x' }, 'InvalidDimensionValue', 'TIME'],
  ])('refuses %p with %s about %s (Table E.1)', (changes, code, subject) => {
    expect(() => getMap(changes)).toThrow(expect.objectContaining({ code, subject }));
  });

  it('answers any parameters with a request or a WmsError', () => {
    const key = fc.constantFrom(...Object.keys(GET_MAP), 'time', 'bgcolor', 'transparent');
    fc.assert(
      fc.property(fc.dictionary(key, fc.string()), (changes) => {
        try {
          const { bbox, width, height } = getMap(changes);
          expect(bbox[0] < bbox[2] && bbox[1] < bbox[3] && width > 0 && height > 0).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(WmsError);
        }
      }),
    );
  });
});

describe('findMapCrs', () => {
  it('draws in everything listed, in UTM zones, and under old names of web Mercator', () => {
    for (const code of LISTED_CRS) expect(findMapCrs(code)?.code).toBe(code);
    expect(findMapCrs('epsg:32760')?.code).toBe('EPSG:32760');
    expect(findMapCrs('EPSG:900913')?.code).toBe('EPSG:3857');
    expect(LISTED_CRS).toEqual(expect.arrayContaining(['EPSG:25832', 'EPSG:32601', 'EPSG:32760', 'EPSG:3413']));
    expect(new Set(LISTED_CRS).size).toBe(LISTED_CRS.length);
    for (const code of ['EPSG:32600', 'EPSG:32661', 'EPSG:32761', 'EPSG:25827', 'EPSG:25839', '__proto__']) {
      expect(findMapCrs(code)).toBeUndefined();
    }
  });
});

describe('parseWmsOperation', () => {
  const operation = (query: string): string => parseWmsOperation(parseKvp(query));

  it.each([
    ['SERVICE=WMS&REQUEST=GetCapabilities', 'GetCapabilities'],
    ['service=wms&request=getcapabilities&version=100.0.0', 'GetCapabilities'],
    ['WMTVER=1.0.0&REQUEST=capabilities', 'GetCapabilities'],
    ['request=GetMap', 'GetMap'],
  ])('%s', (query, expected) => {
    expect(operation(query)).toBe(expected);
  });

  it.each([
    ['request=PutStyles', 'OperationNotSupported'],
    ['request=GetNothing', 'OperationNotSupported'],
    ['', undefined],
    ['SERVICE=WFS&REQUEST=GetMap', undefined],
  ])('refuses %p with %s', (query, code) => {
    expect(() => operation(query)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    [undefined, undefined],
    ['2024-01-01T00:00:00Z', undefined],
    ['2024-06-01T00:00:00Z', 'CurrentUpdateSequence'],
    ['2024-07-01T00:00:00Z', 'InvalidUpdateSequence'],
  ])('updateSequence %s: %s (§7.2.3.5)', (given, code) => {
    const request = parseGetCapabilities(parseKvp(given === undefined ? '' : `updatesequence=${given}`));
    const check = (): void => checkUpdateSequence(request, '2024-06-01T00:00:00Z');
    if (code === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code }));
  });
});

describe('parseExceptionForm (§7.3.3.11)', () => {
  it.each([
    ['EXCEPTIONS=XML&WIDTH=10&HEIGHT=10', 'xml'],
    ['WIDTH=10&HEIGHT=10', 'xml'],
    ['EXCEPTIONS=INIMAGE&WIDTH=10&HEIGHT=10', 'inimage'],
    ['EXCEPTIONS=application/vnd.ogc.se_blank&WIDTH=10&HEIGHT=10', 'blank'],
    ['EXCEPTIONS=BLANK&WIDTH=10', 'xml'],
    ['EXCEPTIONS=BLANK&WIDTH=99999&HEIGHT=1', 'xml'],
  ])('%s: %s', (query, form) => {
    expect(parseExceptionForm(parseKvp(query)).form).toBe(form);
  });

  it('keeps what it can of the image', () => {
    const query = 'EXCEPTIONS=BLANK&WIDTH=8&HEIGHT=5&TRANSPARENT=true&BGCOLOR=0x00ff00&FORMAT=image/none';
    expect(parseExceptionForm(parseKvp(query))).toEqual({
      form: 'blank',
      image: { width: 8, height: 5, encoding: MAP_FORMATS[0], transparent: true, background: 0x00ff00 },
    });
  });
});
