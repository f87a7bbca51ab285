import { describe, expect, it } from '@jest/globals';
import { parseKvp } from '../ows/kvp.js';
import { parseInstanceFeatures } from './parse-instance-features.js';
import { parseInstanceMap } from './parse-instance-map.js';

/** As sentinelhub-py 3 sends them (view contract §2.6). */
const WMS =
  'SERVICE=wms&WARNINGS=False&MAXCC=30.000000000000004&BBOX=46.16%2C-16.15%2C46.51%2C-15.58&FORMAT=image%2Fpng&CRS=EPSG%3A4326&TIME=2017-12-15T07%3A12%3A03Z%2F2017-12-15T07%3A12%3A03Z&WIDTH=512&HEIGHT=856&LAYERS=TRUE-COLOR&REQUEST=GetMap&VERSION=1.3.0';
const WCS =
  'SERVICE=wcs&WARNINGS=False&MAXCC=100.0&ShowLogo=False&Transparent=True&BBOX=500000,5700000,510240,5705120&FORMAT=image%2Ftiff%3Bdepth%3D32f&CRS=EPSG%3A32633&TIME=2017-12-15T07%3A12%3A03Z%2F2017-12-15T07%3A12%3A04Z&RESX=10m&RESY=10m&COVERAGE=BANDS-S2-L1C&REQUEST=GetCoverage&VERSION=1.1.2';
const WFS =
  'SERVICE=wfs&WARNINGS=False&REQUEST=GetFeature&TYPENAMES=DSS2&BBOX=46.16,-16.15,46.51,-15.58&OUTPUTFORMAT=application%2Fjson&SRSNAME=EPSG%3A4326&TIME=2017-12-01T00%3A00%3A00Z%2F2017-12-31T23%3A59%3A59Z&MAXCC=20.0&MAXFEATURES=100&FEATURE_OFFSET=100';
const map = (changes = '') => parseInstanceMap(parseKvp(`${changes}&${WMS}`));

describe('GetMap and GetCoverage of an instance', () => {
  it('as WmsRequest asks: latitude first, a range of one moment', () => {
    expect(map()).toMatchObject({
      layers: ['TRUE-COLOR'],
      crs: 'EPSG:4326',
      bbox: [-16.15, 46.16, -15.58, 46.51],
      width: 512,
      height: 856,
      maxCloudCover: 30,
      format: { kind: 'picture', type: 'image/png' },
      resampling: 'nearest',
      transparent: false,
    });
  });

  it('as WcsRequest and eo-learn ask: a resolution in metres, floats, a mask', () => {
    expect(parseInstanceMap(parseKvp(WCS))).toMatchObject({
      layers: ['BANDS-S2-L1C'],
      bbox: [500_000, 5_700_000, 510_240, 5_705_120],
      width: 1024,
      height: 512,
      format: { kind: 'samples', depth: 'float32' },
      transparent: true,
    });
  });

  it.each([
    ['VERSION=1.1.1&SRS=EPSG:4326', { bbox: [46.16, -16.15, 46.51, -15.58] }],
    ['FORMAT=image/tiff', { format: { kind: 'samples' } }],
    ['FORMAT=image/tiff;depth=8', { format: { kind: 'samples', depth: 'uint8' } }],
    ['FORMAT=image/tiff;depth=16', { format: { kind: 'samples', depth: 'uint16' } }],
    ['FORMAT=image/jpeg&QUALITY=42', { format: { type: 'image/jpeg' }, quality: 42 }],
    ['PRIORITY=leastRecent', { order: 'oldest' }],
    ['PRIORITY=leastCC', { order: 'clearest' }],
    ['UPSAMPLING=BICUBIC', { resampling: 'bilinear' }],
    ['BGCOLOR=FF0000', { background: 0xff0000 }],
  ])('%s', (changes, expected) => {
    expect(map(changes)).toMatchObject(expected);
  });

  it('takes degrees for metres in the middle of the box, the same for every date', () => {
    const { width, height } = parseInstanceMap(parseKvp(`RESX=100m&RESY=100m&${WMS.replace(/&WIDTH=\d+&HEIGHT=\d+/, '')}`));
    expect([width, height]).toEqual([438, 390]);
  }); // prettier-ignore

  it('takes an area for the box where there is none, in its axis order', () => {
    const { clip, bbox } = parseInstanceMap(
      parseKvp(`GEOMETRY=POLYGON((46 -16,46 -15,47 -15,46 -16))&${WMS.replace(/&BBOX=[^&]*/, '')}`),
    );
    expect(bbox).toEqual([-16, 46, -15, 47]);
    expect(clip).toMatchObject({ type: 'Polygon', coordinates: [[[-16, 46], [-15, 46], [-15, 47], [-16, 46]]] });
  }); // prettier-ignore

  it.each([
    ['LAYERS=a,b,c,d,e,f,g,h,i,j,k', 'LAYERS'],
    ['CRS=EPSG:1', 'CRS EPSG:1'],
    ['BBOX=1,1,1,1', 'BBOX'],
    ['BBOX=1e999,1,2,3', 'BBOX'],
    ['WIDTH=20000', '4096'],
    ['WIDTH=0', 'WIDTH'],
    ['RESX=0m&WIDTH=', 'RESX'],
    ['FORMAT=image/tiff;depth=64', 'FORMAT'],
    ['FORMAT=text/html', 'FORMAT'],
    ['MAXCC=-1', 'MAXCC'],
    ['TIME=tomorrow', 'tomorrow'],
    ['QUALITY=1000', 'QUALITY'],
    ['UPSAMPLING=SINC', 'UPSAMPLING'],
    ['PRIORITY=best-of-all', 'PRIORITY'],
    ['EVALSCRIPTURL=http://evil.example/x.js', 'EVALSCRIPT'],
    ['GEOMETRY=POINT(1 2)', 'GEOMETRY'],
    ['GEOMETRY=POLYGON((1 1', 'GEOMETRY'],
    ['GEOMETRY=POLYGON((1 1,1 1,1 1,1 1))', 'GEOMETRY'],
  ])('refuses %s', (changes, message) => {
    const query = changes.includes('WIDTH=') && changes.includes('RESX') ? WMS.replace(/&WIDTH=\d+/, '') : WMS;
    expect(() => parseInstanceMap(parseKvp(`${changes}&${query}`))).toThrow(message);
  });
});

describe('GetFeature of an instance', () => {
  it('as WebFeatureService asks', () => {
    expect(parseInstanceFeatures(parseKvp(WFS))).toMatchObject({
      typeName: 'DSS2',
      box: { bbox: [-16.15, 46.16, -15.58, 46.51] },
      intervals: [{ start: new Date('2017-12-01T00:00:00Z'), end: new Date('2017-12-31T23:59:59.999Z') }],
      maxCloudCover: 20,
      limit: 100,
      offset: 100,
    });
  });

  it('has no limit of clouds at a hundred, and never more than a hundred features', () => {
    const request = parseInstanceFeatures(parseKvp(`MAXCC=100.0&MAXFEATURES=5000&${WFS}`));
    expect([request.maxCloudCover, request.limit]).toEqual([undefined, 100]);
  });

  it.each([
    ['OUTPUTFORMAT=text/xml', 'OUTPUTFORMAT'],
    ['MAXFEATURES=-1', 'MAXFEATURES'],
    ['FEATURE_OFFSET=1e5', 'FEATURE_OFFSET'],
    ['BBOX=1,2,3', 'BBOX'],
    ['SRSNAME=EPSG:1', 'EPSG:1'],
    ['MAXCC=many', 'MAXCC'],
  ])('refuses %s', (changes, message) => {
    expect(() => parseInstanceFeatures(parseKvp(`${changes}&${WFS}`))).toThrow(message);
  });
});
