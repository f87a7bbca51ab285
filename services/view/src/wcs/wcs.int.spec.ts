import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeCog } from '#adapters/raster/cog-writer.js';
import type { CogSpec } from '#adapters/raster/cog-spec.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { attribute, descendants, textOf } from '#protocols/xml/xml-path.js';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { testBox, testProduct } from '#test/support/catalogue-products.js';
import { MAP_CONFIG, mapConfig } from '../view.config.js';
import { ViewModule } from '../view.module.js';

const run = promisify(execFile);
const SIZE = { width: 700, height: 500 };
const UTM: Omit<CogSpec, 'bands' | 'sampleType'> = {
  ...SIZE,
  crs: 'EPSG:32633',
  origin: [399960, 5800020],
  pixelSize: [10, 10],
  nodata: 0,
};

describe('WCS over a real archive', () => {
  let service: ArchiveService;
  const files: Record<string, string> = {};

  beforeAll(async () => {
    service = await startArchiveService({ modules: [ViewModule], config: mapConfig, configTokens: [MAP_CONFIG] });
    for (const [index, band] of ['B04', 'B03', 'B02'].entries()) {
      files[band] = await cog(band, { ...UTM, bands: 1, sampleType: 'uint16' }, index, service);
    }
    files['browse'] = await cog(
      'browse',
      { ...UTM, bands: 3, sampleType: 'uint8', crs: 'EPSG:4326', origin: [10, 50], pixelSize: [0.001, 0.001] },
      0,
      service,
    );
    await service.put('broken.tif', Buffer.from('this is no TIFF'));
    const data = (key: string) => ({ location: { key: `${key}.tif` }, mediaType: 'image/tiff', roles: ['data'] });
    await service.publish([
      testProduct('BANDS', {
        collection: 'sentinel-2-l2a',
        acquiredFrom: new Date('2024-05-01T10:00:00Z'),
        geometry: testBox(13.5, 52.3, 13.6, 52.34),
        assets: { B04: data('B04'), B03: data('B03'), B02: data('B02') },
      }),
      testProduct('BROWSE', {
        collection: 'sentinel-2-l1c',
        acquiredFrom: new Date('2024-06-01T10:00:00Z'),
        geometry: testBox(10, 49.5, 10.7, 50),
        assets: { browse: { location: { key: 'browse.tif' }, roles: ['visual'] } },
      }),
    ]);
    await service.publish([
      testProduct('BROKEN', {
        collection: 'sentinel-1-grd',
        geometry: testBox(1, 1, 2, 2),
        assets: { browse: { location: { key: 'broken.tif' }, roles: ['visual'] } },
      }),
    ]);
  }, 180_000);

  afterAll(() => service.stop(), 30_000);

  const ask = (query: string): Promise<Response> => fetch(`${service.url}/wcs?${query}`);
  const codeOf = async (answer: Response): Promise<string | undefined> =>
    /(?:exceptionCode|code)="([^"]+)"/.exec(await answer.text())?.[1];
  const V2 = 'SERVICE=WCS&VERSION=2.0.1&REQUEST';
  const get = async (query: string): Promise<string> => {
    const answer = await ask(`${V2}=GetCoverage&${query}`);
    if (answer.headers.get('content-type') !== 'image/tiff') throw new Error(await answer.text());
    const file = join(service.folder, 'answer.tif');
    await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
    return file;
  };

  it('trims to the cells a box touches, bit for bit (OGC 09-110r4 requirement 38)', async () => {
    const file = await get('COVERAGEID=BANDS&SUBSET=E(400960,402960)&SUBSET=N(5796020,5798020)');
    expect(await grid(file)).toEqual({
      size: [200, 200],
      origin: [400960, 5798020],
      bands: 3,
      type: 'UInt16',
      nodata: 0,
    });
    for (const [index, band] of ['B02', 'B03', 'B04'].entries()) {
      expect(await raw(file, ['-b', String(index + 1)])).toEqual(
        await raw(files[band]!, ['-projwin', '400960', '5798020', '402960', '5796020']),
      );
    }
  }, 60_000);

  it('slices to one column, in any order of subsets (requirements 39 and 40)', async () => {
    const file = await get('COVERAGEID=BANDS&SUBSET=N(5796020,5798020)&SUBSET=E(400965)&RANGESUBSET=B03');
    expect(await grid(file)).toMatchObject({ size: [1, 200], bands: 1 });
    const first = await raw(file);
    expect(first).toEqual(await raw(files['B03']!, ['-projwin', '400960', '5798020', '400970', '5796020']));
    expect(await raw(await get('COVERAGEID=BANDS&RANGESUBSET=B03&SUBSET=E(400965)&SUBSET=N(5796020,5798020)'))).toEqual(
      first,
    );
  }, 60_000);

  it.each([
    ['SCALEFACTOR=0.5', [350, 250]],
    ['SCALEAXES=i(0.5),j(0.1)', [350, 50]],
    ['SCALESIZE=x(70),y(50)', [70, 50]],
    ['SCALEEXTENT=E(0:69),N(10:59)', [70, 50]],
    ['SCALESIZE=x(1),y(1)', [1, 1]],
  ])(
    'scales by %s (OGC 12-039)',
    async (scale, size) => {
      expect(await grid(await get(`COVERAGEID=BANDS&${scale}`))).toMatchObject({ size, bands: 3 });
    },
    60_000,
  );

  it.each(['nearest-neighbor', 'linear', 'cubic'])(
    'warps by %s as gdalwarp does (OGC 11-053r1, 12-049)',
    async (name) => {
      const method = { 'nearest-neighbor': 'near', linear: 'bilinear', cubic: 'cubic' }[name]!;
      const uri = `http://www.opengis.net/def/interpolation/OGC/1/${name}`;
      const file = await get(
        `COVERAGEID=BANDS&RANGESUBSET=B04&OUTPUTCRS=http://www.opengis.net/def/crs/EPSG/0/3035&SUBSETTINGCRS=http://www.opengis.net/def/crs/EPSG/0/3035&SUBSET=E(4563000,4567000)&SUBSET=N(3249000,3252000)&SCALESIZE=E(400),N(300)&INTERPOLATION=${uri}`,
      );
      const expected = join(service.folder, `warp-${method}.tif`);
      const to = ['-t_srs', 'EPSG:3035', '-te', '4563000', '3249000', '4567000', '3252000', '-ts', '400', '300'];
      await run('gdalwarp', ['-q', '-overwrite', '-et', '0', '-r', method, ...to, files['B04']!, expected]);
      const [ours, theirs] = [new Uint16Array((await raw(file)).buffer), new Uint16Array((await raw(expected)).buffer)];
      expect(ours.length).toBe(120_000);
      const differing = ours.filter((value, index) => Math.abs(value - theirs[index]!) > 60).length;
      expect(differing / ours.length).toBeLessThan(0.01);
    },
    60_000,
  );

  it.each([
    ['CoverageId=none', 404, 'NoSuchCoverage'],
    ['COVERAGEID=BANDS&SUBSET=Q(1,2)', 404, 'InvalidAxisLabel'],
    ['COVERAGEID=BANDS&SUBSET=Q(1)', 404, 'InvalidAxisLabel'],
    ['COVERAGEID=BANDS&SUBSET=E(1,2)', 404, 'InvalidSubsetting'],
    ['COVERAGEID=BANDS&SUBSET=E(402960,400960)', 404, 'InvalidSubsetting'],
    ['COVERAGEID=BANDS&SUBSET=E(NaN,Infinity)', 404, 'InvalidSubsetting'],
    ['COVERAGEID=BANDS&SUBSET=E(1e999)', 404, 'InvalidSubsetting'],
    ['COVERAGEID=BANDS&SUBSET=E((((((', 404, 'InvalidSubsetting'],
    ['COVERAGEID=BANDS&SUBSET=E(400960,402960)&SUBSET=x(400960,402960)', 404, 'InvalidAxisLabel'],
    ['COVERAGEID=BANDS&RANGESUBSET=B99', 404, 'NoSuchField'],
    ['COVERAGEID=BANDS&RANGESUBSET=B04:B02', 404, 'IllegalFieldSequence'],
    ['COVERAGEID=BANDS&SCALEFACTOR=0', 404, 'InvalidScaleFactor'],
    ['COVERAGEID=BANDS&SCALEFACTOR=1e300', 404, 'InvalidScaleFactor'],
    ['COVERAGEID=BANDS&SCALESIZE=x(20000),y(20000)', 413, 'InvalidParameterValue'],
    ['COVERAGEID=BANDS&SCALESIZE=z(20)', 404, 'ScaleAxisUndefined'],
    ['COVERAGEID=BANDS&SCALEEXTENT=x(9:1)', 404, 'InvalidExtent'],
    ['COVERAGEID=BANDS&OUTPUTCRS=EPSG:99999', 404, 'OutputCrs-NotSupported'],
    ['COVERAGEID=BANDS&SUBSETTINGCRS=nonsense', 404, 'SubsettingCrs-NotSupported'],
    ['COVERAGEID=BANDS&INTERPOLATION=magic', 404, 'InterpolationMethodNotSupported'],
    ['COVERAGEID=BANDS&FORMAT=image/bogus', 400, 'InvalidParameterValue'],
    ['COVERAGEID=BANDS&MEDIATYPE=bogus', 400, 'InvalidParameterValue'],
    ["COVERAGEID=BANDS'%22%00\\", 404, 'NoSuchCoverage'],
    ['COVERAGEID=BROKEN', 400, 'InvalidParameterValue'],
  ])('refuses %s with %d %s (OGC 09-110r4 table 19)', async (query, status, code) => {
    const answer = await ask(`${V2}=GetCoverage&${query}`);
    expect([answer.status, await codeOf(answer)]).toEqual([status, code]);
  });

  it.each([
    ['REQUEST=GetCapabilities', 'MissingParameterValue'],
    ['SERVICE=wcs&REQUEST=GetCapabilities&ACCEPTVERSIONS=2.0.1', 'InvalidParameterValue'],
    ['SERVICE=WCS&REQUEST=GetCapabilities&ACCEPTVERSIONS=9.9.9', 'VersionNegotiationFailed'],
    ['SERVICE=WCS&VERSION=2.0.1&REQUEST=Bogus', 'OperationNotSupported'],
    ['SERVICE=WCS&VERSION=2.0.1&REQUEST=DescribeCoverage&COVERAGEID=', 'emptyCoverageIdList'],
    ['SERVICE=WCS&VERSION=2.0.1&REQUEST=DescribeEOCoverageSet&EOID=', 'emptyEoIdList'],
    ['SERVICE=WCS&VERSION=2.0.1&REQUEST=DescribeEOCoverageSet&EOID=none', 'NoSuchDatasetSeriesOrCoverage'],
    ['SERVICE=WCS&VERSION=1.0.0&REQUEST=GetCoverage&COVERAGE=BANDS', 'MissingParameterValue'],
    ['SERVICE=WCS&VERSION=1.1.2&REQUEST=GetCoverage&IDENTIFIER=BANDS', 'MissingParameterValue'],
  ])('refuses %s with %s', async (query, code) => {
    expect(await codeOf(await ask(query))).toBe(code);
  });

  it('sends a description beside the data where asked (requirement 36)', async () => {
    const answer = await ask(`${V2}=GetCoverage&COVERAGEID=BANDS&SUBSET=E(400960,401060)&MEDIATYPE=multipart/related`);
    expect(answer.headers.get('content-type')).toMatch(/^multipart\/related; boundary=/);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const text = bytes.toString('latin1');
    expect(text).toContain('<gml:high>9 499</gml:high>');
    expect(bytes.length).toBe(Number(answer.headers.get('content-length')));
  });

  it.each([
    ['sentinel-2-l2a', '', ['BANDS']],
    ['sentinel-2-l2a,sentinel-2-l1c', '', ['BANDS', 'BROWSE']],
    ['sentinel-2-l2a,BROWSE', '&SUBSET=Lat(49,51)&SUBSET=Long(9,12)', ['BROWSE']],
    ['sentinel-2-l2a,sentinel-2-l1c', '&SUBSET=phenomenonTime("2024-06","2024-07")', ['BROWSE']],
    ['sentinel-2-l1c', '&SUBSET=Lat(49.6,51)&SUBSET=Long(9,12)&CONTAINMENT=contains', []],
    ['sentinel-2-l2a,sentinel-2-l1c', '&COUNT=1', ['BROWSE']],
  ])('DescribeEOCoverageSet of %s%s gives %j (OGC 10-140r2 §8.3)', async (ids, rest, expected) => {
    const root = parseXml(await (await ask(`${V2}=DescribeEOCoverageSet&EOID=${ids}${rest}`)).text());
    expect(
      descendants(root, 'CoverageId')
        .map((id) => textOf(id) ?? '')
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(expected);
    expect(attribute(root, 'numberReturned')).toBe(String(expected.length));
    expect(descendants(root, 'EarthObservation')).toHaveLength(expected.length);
  });

  it('takes XML and SOAP, and says faults in an envelope (OGC 09-148r1, 09-149r1)', async () => {
    const post = (body: string): Promise<Response> =>
      fetch(`${service.url}/wcs`, { method: 'POST', headers: { 'Content-Type': 'text/xml' }, body });
    const describeIt = (id: string): string =>
      `<wcs:DescribeCoverage xmlns:wcs="http://www.opengis.net/wcs/2.0" service="WCS" version="2.0.1"><wcs:CoverageId>${id}</wcs:CoverageId></wcs:DescribeCoverage>`;
    const envelope = (content: string): string =>
      `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${content}</s:Body></s:Envelope>`;
    expect(await (await post(describeIt('BANDS'))).text()).toContain('<gml:axisLabels>E N</gml:axisLabels>');
    expect(await (await post(envelope(describeIt('BANDS')))).text()).toMatch(/Body><wcs:CoverageDescriptions/);
    expect(await (await post(envelope(describeIt('none')))).text()).toMatch(/Fault>.*NoSuchCoverage/);
    const cover = `<wcs:GetCoverage xmlns:wcs="http://www.opengis.net/wcs/2.0" service="WCS" version="2.0.1"><wcs:Extension><scal:ScaleByFactor xmlns:scal="http://www.opengis.net/WCS_service-extension_scaling/1.0"><scal:scaleFactor>0.1</scal:scaleFactor></scal:ScaleByFactor></wcs:Extension><wcs:CoverageId>BANDS</wcs:CoverageId><wcs:DimensionTrim><wcs:Dimension>E</wcs:Dimension><wcs:TrimLow>400960</wcs:TrimLow><wcs:TrimHigh>401960</wcs:TrimHigh></wcs:DimensionTrim></wcs:GetCoverage>`;
    const answer = await post(cover);
    const file = join(service.folder, 'posted.tif');
    await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
    expect(await grid(file)).toMatchObject({ size: [10, 50] });
    const bomb = await post(`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`);
    expect(await codeOf(bomb)).toBe('InvalidParameterValue');
    expect(await codeOf(await post('<a>'.repeat(10_000)))).toBe('InvalidParameterValue');
  });

  it('answers 1.1.2 in the keys of 1.0, as sentinelhub-py asks', async () => {
    const answer = await ask(
      'SERVICE=wcs&VERSION=1.1.2&REQUEST=GetCoverage&COVERAGE=BANDS&BBOX=400960,5796020,402960,5798020&CRS=EPSG:32633&RESX=20m&RESY=20m&FORMAT=image/tiff&MAXCC=20&TIME=2024-05-01/2024-05-01',
    );
    expect(answer.headers.get('content-type')).toBe('image/tiff');
    const file = join(service.folder, 'sh.tif');
    await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
    expect(await grid(file)).toMatchObject({ size: [100, 100], origin: [400960, 5798020] });
  });

  describe('with GDAL', () => {
    it.each([
      ['1.0.0', 'BROWSE', 'browse'],
      ['1.0.0', 'BANDS', 'B02'],
      ['1.1.0', 'BANDS', 'B02'],
      ['1.1.1', 'BANDS', 'B02'],
      ['1.1.2', 'BANDS', 'B02'],
      ['1.1.1', 'BROWSE', 'browse'],
      ['2.0.1', 'BANDS', 'B02'],
      ['2.0.1', 'BROWSE', 'browse'],
    ])(
      '%s reads a part of %s bit for bit',
      async (version, id, source) => {
        const out = join(service.folder, 'gdal.tif');
        const window = ['-srcwin', '37', '51', '300', '200'];
        const name = `WCS:${service.url}/wcs?version=${version}&coverage=${id}`;
        await run('gdal_translate', ['-q', '-oo', `CACHE=${join(service.folder, 'cache')}`, ...window, name, out]);
        const file = files[source]!;
        const same = Buffer.from(await raw(out, ['-b', '1'])).equals(await raw(file, ['-b', '1', ...window]));
        expect(same).toBe(true);
        expect((await grid(out)).origin).toEqual((await grid(file, window)).origin);
      },
      60_000,
    );
  });

  it('is read by OWSLib in every version', async () => {
    const script = `
import sys
from owslib.wcs import WebCoverageService
for version in ['1.0.0', '1.1.0', '1.1.1', '2.0.1']:
    wcs = WebCoverageService(sys.argv[1], version=version)
    assert 'BANDS' in wcs.contents, version
    if version == '2.0.1':
        data = wcs.getCoverage(identifier=['BANDS'], format='image/tiff', subsets=[('E', 400960, 402960)]).read()
        assert data[:2] == b'II', version
    if version == '1.0.0':
        data = wcs.getCoverage(identifier='BANDS', bbox=(400960, 5796020, 402960, 5798020), crs='EPSG:32633', width=20, height=20, format='GeoTIFF').read()
        assert data[:2] == b'II', version
print('ok')`;
    const { stdout } = await run('/usr/bin/python3', ['-c', script, `${service.url}/wcs`]);
    expect(stdout.trim()).toBe('ok');
  }, 60_000);

  async function raw(file: string, options: readonly string[] = []): Promise<Uint8Array> {
    const out = join(service.folder, 'samples.raw');
    await run('gdal_translate', ['-q', ...options, '-of', 'ENVI', '-co', 'INTERLEAVE=BIP', file, out]);
    return Uint8Array.from(await readFile(out));
  }

  async function grid(file: string, window?: readonly string[]) {
    let path = file;
    if (window !== undefined) {
      path = join(service.folder, 'window.vrt');
      await run('gdal_translate', ['-q', '-of', 'VRT', ...window, file, path]);
    }
    const info = JSON.parse((await run('gdalinfo', ['-json', path])).stdout) as {
      size: number[];
      geoTransform: number[];
      bands: { type: string; noDataValue?: number }[];
    };
    const [x = 0, , , y = 0] = info.geoTransform;
    const round = (value: number): number => Number(value.toPrecision(10));
    const [band] = info.bands;
    return {
      size: info.size,
      origin: [round(x), round(y)],
      bands: info.bands.length,
      type: band?.type,
      nodata: band?.noDataValue,
    };
  }
});

async function cog(name: string, spec: CogSpec, seed: number, service: ArchiveService): Promise<string> {
  const { width, height, bands } = spec;
  const samples =
    spec.sampleType === 'uint8' ? new Uint8Array(width * height * bands) : new Uint16Array(width * height * bands);
  for (let i = 0; i < samples.length; i++) {
    const x = Math.floor(i / bands) % width;
    const y = Math.floor(i / bands / width);
    samples[i] = 1 + ((x * 3 + y * 2 + (i % bands) * 31 + seed * 17) % (spec.sampleType === 'uint8' ? 250 : 5000));
  }
  const file = join(service.folder, `${name}-source.tif`);
  await writeCog(
    file,
    spec,
    (async function* () {
      yield samples;
    })(),
  );
  await service.put(`${name}.tif`, await readFile(file));
  return file;
}
