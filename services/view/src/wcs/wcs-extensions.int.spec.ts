import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeCog } from '#adapters/raster/cog-writer.js';
import type { CogSpec } from '#adapters/raster/cog-spec.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import type { XmlElement } from '#protocols/xml/xml-element.js';
import { descendants, textOf } from '#protocols/xml/xml-path.js';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { testBox, testProduct } from '#test/support/catalogue-products.js';
import {
  extent, factor, factors, fields, method, size, systems, together, trim, type ByAxis, type Wanted,
} from '#test/support/wanted-coverage.js'; // prettier-ignore
import { MAP_CONFIG, mapConfig } from '../view.config.js';
import { ViewModule } from '../view.module.js';

const run = promisify(execFile);
const EPSG = 'http://www.opengis.net/def/crs/EPSG/0';
/** Cells of every coverage here. */
const [WIDTH, HEIGHT] = [60, 40];

/** What is wanted of which coverage. */
type Asked = Wanted & { readonly id: string };

/**
 * What OGC's suite of WCS 2.0 asks of scaling, range subsetting, interpolation and systems where coverages are GML, and of a GridCoverage; here of GeoTIFF, by
 * every binding: the assertions of its tests get-scal-*, get-rsub-*, get-int-* and *crs-req*.
 */
describe('extensions of WCS 2.0 by every binding', () => {
  let service: ArchiveService;

  beforeAll(async () => {
    service = await startArchiveService({ modules: [ViewModule], config: mapConfig, configTokens: [MAP_CONFIG] });
    const grid = { width: WIDTH, height: HEIGHT, nodata: 0 } as const;
    const metres = { ...grid, crs: 'EPSG:32633', origin: [399960, 5800020], pixelSize: [100, 100] } as const;
    const degrees = { ...grid, crs: 'EPSG:4326', origin: [10, 50], pixelSize: [0.01, 0.01] } as const;
    for (const band of ['B02', 'B03', 'B04']) await put(band, { ...metres, bands: 1, sampleType: 'uint16' });
    await put('browse', { ...degrees, bands: 3, sampleType: 'uint8' });
    const data = (key: string) => ({ location: { key: `${key}.tif` }, mediaType: 'image/tiff', roles: ['data'] });
    await service.publish([
      testProduct('BANDS', {
        collection: 'sentinel-2-l2a',
        acquiredFrom: new Date('2024-05-01T10:00:00Z'),
        geometry: testBox(13.53, 52.3, 13.6, 52.33),
        assets: { B02: data('B02'), B03: data('B03'), B04: data('B04') },
      }),
      testProduct('PICTURE', {
        collection: 'sentinel-2-l1c',
        acquiredFrom: new Date('2024-06-01T10:00:00Z'),
        geometry: testBox(10, 49.6, 10.6, 50),
        assets: { browse: { location: { key: 'browse.tif' }, roles: ['visual'] } },
      }),
    ]);
  }, 180_000);

  afterAll(() => service.stop(), 30_000);

  async function put(name: string, spec: CogSpec): Promise<void> {
    const count = spec.width * spec.height * spec.bands;
    const samples = spec.sampleType === 'uint8' ? new Uint8Array(count) : new Uint16Array(count);
    samples.forEach((_, index) => (samples[index] = 1 + (index % 250)));
    const file = join(service.folder, `${name}-source.tif`);
    await writeCog(file, spec, once(samples));
    await service.put(`${name}.tif`, await readFile(file));
  }

  const post = (body: string): Promise<Response> =>
    fetch(`${service.url}/wcs`, { method: 'POST', headers: { 'Content-Type': 'text/xml' }, body });
  const element = ({ id, elements, trims = '' }: Asked): string =>
    `<wcs:GetCoverage xmlns:wcs="http://www.opengis.net/wcs/2.0" xmlns:scal="http://www.opengis.net/wcs/scaling/1.0" xmlns:rsub="http://www.opengis.net/wcs/range-subsetting/1.0" xmlns:int="http://www.opengis.net/wcs/interpolation/1.0" xmlns:crs="http://www.opengis.net/wcs/service-extension/crs/1.0" service="WCS" version="2.0.1"><wcs:Extension>${elements}</wcs:Extension><wcs:CoverageId>${id}</wcs:CoverageId>${trims}</wcs:GetCoverage>`;
  const BINDINGS: Readonly<Record<string, (asked: Asked) => Promise<Response>>> = {
    'key-value pairs': ({ id, pairs }) =>
      fetch(`${service.url}/wcs?SERVICE=WCS&VERSION=2.0.1&REQUEST=GetCoverage&COVERAGEID=${id}&${pairs}`),
    XML: (asked) => post(element(asked)),
    SOAP: (asked) =>
      post(
        `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${element(asked)}</s:Body></s:Envelope>`,
      ),
  };

  /** The file that came, or the code of the exception. */
  async function ask(binding: string, asked: Asked): Promise<{ file: string } | { code: string }> {
    const answer = await BINDINGS[binding]!(asked);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const text = bytes.toString('latin1');
    const code = /exceptionCode="([^"]+)"/.exec(text)?.[1];
    if (code !== undefined) return { code };
    // By SOAP it is the second part.
    const start = text.indexOf('II*\0');
    if (start < 0) throw new Error(text.slice(0, 1000));
    const file = join(service.folder, 'answer.tif');
    await writeFile(file, Uint8Array.from(bytes.subarray(start)));
    return { file };
  }

  /** Size, samples and system of what came, or the code of the exception. */
  async function seen(binding: string, asked: Asked): Promise<Seen | string> {
    const answer = await ask(binding, asked);
    if ('code' in answer) return answer.code;
    const info = JSON.parse((await run('gdalinfo', ['-json', '-checksum', answer.file])).stdout) as Info;
    const types = info.bands.map(({ type }) => type);
    return { size: info.size, types, epsg: info.stac['proj:epsg'], sums: info.bands.map(({ checksum }) => checksum) };
  }

  async function document(query: string): Promise<XmlElement> {
    return parseXml(await (await fetch(`${service.url}/wcs?SERVICE=WCS&${query}`)).text());
  }

  async function describedSize(id: string): Promise<readonly number[]> {
    const description = await document(`VERSION=2.0.1&REQUEST=DescribeCoverage&COVERAGEID=${id}`);
    return textOf(descendants(description, 'high')[0]!)!.split(' ').map((high) => Number(high) + 1); // prettier-ignore
  }

  describe.each(['key-value pairs', 'XML', 'SOAP'])('%s', (binding) => {
    const bands = (wanted: Wanted): Promise<Seen | string> => seen(binding, { id: 'BANDS', ...wanted });

    it('scales every coverage that is listed, and mosaics (12-039 requirement 3; get-scal-req3-*)', async () => {
      const capabilities = await document('REQUEST=GetCapabilities&ACCEPTVERSIONS=2.0.1');
      const ids = descendants(capabilities, 'CoverageId').map((id) => textOf(id)!);
      expect(ids).toEqual(['PICTURE', 'BANDS']);
      for (const id of [...ids, 'sentinel-2-l2a.2024-05-01', 'BANDS.B02']) {
        const doubled = (await describedSize(id)).map((cells) => cells * 2);
        expect([id, await seen(binding, { id, ...factor('2.0') })]).toMatchObject([id, { size: doubled }]);
      }
    }, 120_000);

    it.each([
      ['12-039 requirement 12', factor('2.0'), { size: [WIDTH * 2, HEIGHT * 2] }],
      ['12-039 requirement 13', factors({ E: '2.0', N: '3' }), { size: [WIDTH * 2, HEIGHT * 3] }],
      ['12-039 requirement 13, one axis', factors({ N: '0.5' }), { size: [WIDTH, HEIGHT / 2] }],
      ['12-039 requirement 14', size({ E: '1.0', N: '2.0' }), { size: [1, 2] }],
      ['12-039 requirement 15', extent({ E: '10:20', N: '100:200' }), { size: [11, 101] }],
      ['12-039 requirement 17', factor('0.5'), { types: ['UInt16', 'UInt16', 'UInt16'] }],
      ['12-040 requirement 10', fields('B02', 'B04'), { types: ['UInt16', 'UInt16'] }],
      ['12-040 requirement 11', fields('B03'), { types: ['UInt16'] }],
      ['12-040 requirement 12', fields('B02:B04'), { types: ['UInt16', 'UInt16', 'UInt16'] }],
      ['12-049 requirement 7', together(factor('2.0'), method('linear')), { size: [WIDTH * 2, HEIGHT * 2] }],
      ['12-049 requirement 7', together(factor('2.0'), method('cubic')), { size: [WIDTH * 2, HEIGHT * 2] }],
      ['11-053r1 requirement 11', systems({ outputCrs: `${EPSG}/3035` }), { epsg: 3035 }],
    ])(
      'does what is wanted (%s)',
      async (_clause, wanted, expected) => {
        expect(await bands(wanted)).toMatchObject(expected);
      },
      60_000,
    );

    it('gives the fields in the order asked (12-040 requirement 2)', async () => {
      const [all, turned] = [await bands(fields('B02', 'B04')), await bands(fields('B04', 'B02'))];
      expect((turned as Seen).sums).toEqual((all as Seen).sums.toReversed());
    }, 60_000);

    it('cuts in the system of the coverage where none is named (11-053r1 requirement 7)', async () => {
      const cut = together(trim('E', 401000, 403000), trim('N', 5797000, 5799000));
      const own = `${EPSG}/32633`;
      expect(await bands(cut)).toMatchObject({ size: [21, 21], epsg: 32633 });
      expect(await bands(together(cut, systems({ subsettingCrs: own })))).toEqual(await bands(cut));
    }, 60_000);

    it('delivers in the system it was cut in where none is named (11-053r1 requirement 10)', async () => {
      const cut = together(trim('Lat', 52.31, 52.32), trim('Long', 13.54, 13.58));
      const [degrees, own] = [`${EPSG}/4326`, `${EPSG}/32633`];
      const [one, both, other] = [
        await bands(together(cut, systems({ subsettingCrs: degrees }))),
        await bands(together(cut, systems({ subsettingCrs: degrees, outputCrs: degrees }))),
        await bands(together(cut, systems({ subsettingCrs: degrees, outputCrs: own }))),
      ];
      expect([one, other]).toMatchObject([{ epsg: 4326 }, { epsg: 32633 }]);
      expect(one).toEqual(both);
    }, 60_000);

    const WAYS = [factor('2.0'), factors({ E: '2' }), size({ E: '10' }), extent({ E: '10:20' })];
    const twoWays = WAYS.flatMap((one, index) => WAYS.slice(index + 1).map((other) => together(one, other)));
    const bogus = `${EPSG}/bogus`;
    const twice = (names: ByAxis): Wanted => together(systems(names), systems(names));
    const WRONG: readonly (readonly [clause: string, wanted: Wanted, code: string])[] = [
      ...twoWays.map((wanted) => ['12-039 requirement 4', wanted, 'InvalidParameterValue'] as const),
      ['12-039 requirement 5', factor('0'), 'InvalidScaleFactor'],
      ['12-039 requirement 5', factor('-1'), 'InvalidScaleFactor'],
      ['12-039 requirement 6', factors({}), 'MissingParameterValue'],
      ['12-039 requirement 7', size({ E: '0' }), 'InvalidScaleFactor'],
      ['12-039 requirement 7', size({ N: '-1' }), 'InvalidScaleFactor'],
      ['12-039 requirement 8', size({ axis_not_exist: '10' }), 'ScaleAxisUndefined'],
      ['12-039 requirement 9', together(size({ E: '10' }), size({ E: '10' })), 'InvalidParameterValue'],
      ['12-039 requirement 10', extent({ E: '20:10', N: '100:200' }), 'InvalidExtent'],
      ['12-039 requirement 11', extent({ axis_not_exist: '10:20', N: '100:200' }), 'ScaleAxisUndefined'],
      ['12-040 requirement 4', fields('bogus'), 'NoSuchField'],
      ['12-040 requirement 5', fields('B04:B02'), 'IllegalFieldSequence'],
      ['12-049 requirement 5', method('bogus'), 'InterpolationMethodNotSupported'],
      ['11-053r1 requirement 9', systems({ subsettingCrs: bogus }), 'SubsettingCrs-NotSupported'],
      ['11-053r1 requirement 12', systems({ outputCrs: bogus }), 'OutputCrs-NotSupported'],
      ['11-053r1 requirement 8', twice({ subsettingCrs: `${EPSG}/32633` }), 'InvalidParameterValue'],
      ['11-053r1 requirement 11', twice({ outputCrs: `${EPSG}/32633` }), 'InvalidParameterValue'],
    ];
    it.each(WRONG.map(([clause, wanted, code]) => [code, clause, wanted.pairs, wanted] as const))(
      'refuses with %s what is wrong (%s: %s)',
      async (code, _clause, _pairs, wanted) => {
        expect(await bands(wanted)).toBe(code);
      },
    );
  });

  it('delivers the coverage that is described (09-110r4 requirements 37 and 42)', async () => {
    const part = (text: string, name: string): string | undefined =>
      new RegExp(`<(${name})>.*?</\\1>`, 's').exec(text)?.[0];
    for (const id of ['BANDS', 'PICTURE', 'sentinel-2-l2a.2024-05-01']) {
      const kvp = `${service.url}/wcs?SERVICE=WCS&VERSION=2.0.1&COVERAGEID=${id}&REQUEST`;
      const described = await (await fetch(`${kvp}=DescribeCoverage`)).text();
      const delivered = await (await fetch(`${kvp}=GetCoverage&MEDIATYPE=multipart/related`)).text();
      for (const name of ['gml:boundedBy', 'gml:domainSet', 'gmlcov:rangeType', 'gmlcov:metadata']) {
        expect([id, part(delivered, name)]).toEqual([id, expect.stringMatching(/./)]);
        expect([id, part(delivered, name)]).toEqual([id, part(described, name)]);
      }
    }
  }, 60_000);

  it.each([
    ['service="WCS_Bogus" version="2.0.1"', 'InvalidParameterValue'],
    ['service="WCS" version="2.0.1_Bogus"', 'InvalidParameterValue'],
    ['version="2.0.1"', 'MissingParameterValue'],
  ])('refuses an XML request with %s (09-148r1 requirements 5 and 6)', async (attributes, code) => {
    const body = element({ id: 'BANDS', pairs: '', elements: '' }).replace('service="WCS" version="2.0.1"', attributes);
    expect(await (await post(body)).text()).toContain(`exceptionCode="${code}"`);
  });
});

interface Seen {
  readonly size: readonly number[];
  readonly types: readonly string[];
  readonly epsg: number | undefined;
  readonly sums: readonly number[];
}

interface Info {
  readonly size: readonly number[];
  readonly bands: readonly { readonly type: string; readonly checksum: number }[];
  readonly stac: { readonly 'proj:epsg'?: number };
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}
