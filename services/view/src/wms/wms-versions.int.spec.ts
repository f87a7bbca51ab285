import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { bandProducts, productOf, type ColourScene } from '#test/support/colour-scenes.js';
import { readImage, type ReadImage } from '#test/support/read-image.js';
import { openStandardSchemas } from '#test/support/standard-schemas.js';
import { MAP_CONFIG, mapConfig } from '../view.config.js';
import { ViewModule } from '../view.module.js';

const run = promisify(execFile);
const RED = [200, 10, 10, 255];
const CLEAR = [0, 0, 0, 0];
const SCENE: ColourScene = {
  id: 'RED',
  collection: 'sentinel-2-l1c',
  day: '2024-05-01',
  box: [10, 47, 12, 49],
  colour: RED.slice(0, 3),
};
const schemas = openStandardSchemas(['wms/1.1.1', 'wms/1.3.0', 'sld/1.1.0']);
const INSPIRE_XSD = 'http://inspire.ec.europa.eu/schemas/inspire_vs/1.0/inspire_vs.xsd';

describe('WMS 1.1.1 and 1.3.0', () => {
  let service: ArchiveService;

  beforeAll(async () => {
    service = await startArchiveService({
      modules: [ViewModule],
      config: mapConfig,
      configTokens: [MAP_CONFIG],
      environment: { FROMBORK_CONTACT_EMAIL: 'help@mirror.example' },
    });
    await service.publish([await productOf(SCENE, service), ...(await bandProducts(service))]);
  }, 120_000);

  afterAll(async () => {
    schemas?.remove();
    await service.stop();
  }, 30_000);

  const ask = (parameters: Record<string, string>): Promise<Response> =>
    fetch(`${service.url}/wms?${new URLSearchParams(parameters).toString()}`);
  const MAP = {
    VERSION: '1.1.1',
    REQUEST: 'GetMap',
    LAYERS: 'sentinel-2-l1c',
    STYLES: '',
    SRS: 'EPSG:4326',
    BBOX: '10,47,14,49',
    WIDTH: '400',
    HEIGHT: '200',
    FORMAT: 'image/png',
    TRANSPARENT: 'TRUE',
  };
  const image = async (changes: Record<string, string>): Promise<ReadImage & { readonly headers: Headers }> => {
    const answer = await ask({ ...MAP, ...changes });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (!answer.headers.get('content-type')?.startsWith('image/')) throw new Error(Buffer.from(bytes).toString());
    return { ...(await readImage(bytes)), headers: answer.headers };
  };

  it.each([
    [{}, '1.3.0', 'text/xml'],
    [{ VERSION: '1.3.0' }, '1.3.0', 'text/xml'],
    [{ VERSION: '1.4.0' }, '1.3.0', 'text/xml'],
    [{ VERSION: '1.1.1' }, '1.1.1', 'application/vnd.ogc.wms_xml'],
    [{ VERSION: '1.1.0' }, '1.1.1', 'application/vnd.ogc.wms_xml'],
    [{ WMTVER: '1.0.0', REQUEST: 'capabilities' }, '1.1.1', 'application/vnd.ogc.wms_xml'],
    [{ WMTVER: '0.0.0', VERSION: '1.3.0' }, '1.3.0', 'text/xml'],
  ])('describes itself to %p in %s (§6.2.4)', async (asked, version, type) => {
    const answer = await ask({ REQUEST: 'GetCapabilities', SERVICE: 'WMS', ...asked });
    expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    const document = await answer.text();
    expect(/<WM\w+_Capabilities version="([^"]+)"/.exec(document)?.[1]).toBe(version);
    expect(document).toContain('EOP:FROMBORK:S2_MSI_L1C</Identifier>');
    expect(schemas?.faults(document, version === '1.1.1' ? undefined : INSPIRE_XSD) ?? '').toBe('');
  });

  it('takes any LANGUAGE for the one it has (INSPIRE TG view 3.11, requirements 69 and 70)', async () => {
    const [plain, german] = await Promise.all(
      [{}, { LANGUAGE: 'ger' }].map(async (asked) => (await ask({ REQUEST: 'GetCapabilities', ...asked })).text()),
    );
    expect(german).toBe(plain);
    expect(plain).toContain(
      '<inspire_common:ResponseLanguage><inspire_common:Language>eng</inspire_common:Language></inspire_common:ResponseLanguage>',
    );
    const named = await image({ STYLES: 'inspire_common:DEFAULT' });
    expect(named.pixel(50, 100)).toEqual(RED);
  });

  it('draws the same by SRS as by CRS', async () => {
    const old = await image({});
    const now = await image({ VERSION: '1.3.0', CRS: 'EPSG:4326', BBOX: '47,10,49,14' });
    for (const [x, expected] of [[50, RED], [350, CLEAR]] as const) {
      expect([old.pixel(x, 100), now.pixel(x, 100)]).toEqual([expected, expected]);
    } // prettier-ignore
    const turned = await image({ SRS: 'EPSG:3035', BBOX: '4321000,2661000,4623000,2877000' });
    expect([turned.pixel(60, 100), turned.pixel(370, 100)]).toEqual([RED, CLEAR]);
  });

  it('tells what is at X and Y', async () => {
    const info = { ...MAP, REQUEST: 'GetFeatureInfo', QUERY_LAYERS: 'sentinel-2-l1c', X: '50', Y: '100' };
    // OWSLib sends FORMAT=None, which says nothing here.
    const answer = await ask({ ...info, INFO_FORMAT: 'application/vnd.ogc.gml', FORMAT: 'None' });
    expect(answer.headers.get('content-type')).toContain('application/vnd.ogc.gml');
    expect(await answer.text()).toContain('<product>RED</product>');
    const outside = await ask({ ...info, X: '400' });
    expect(outside.headers.get('content-type')).toBe('application/vnd.ogc.se_xml; charset=utf-8');
    expect(await outside.text()).toContain('<ServiceException code="InvalidPoint">');
  });

  it.each<[Record<string, string>, string | undefined]>([
    [{ SRS: 'NONE' }, 'InvalidSRS'],
    [{ LAYERS: 'none' }, 'LayerNotDefined'],
    [{ STYLES: 'none' }, 'StyleNotDefined'],
    [{ FORMAT: 'image/none' }, 'InvalidFormat'],
    [{ WIDTH: '20000', HEIGHT: '20000' }, undefined],
    [{ TRANSPARENT: 'x' }, undefined],
    [{ SLD: 'http://127.0.0.1:9/a.sld' }, undefined],
    [{ SLD_BODY: `<!DOCTYPE a [<!ENTITY b "${'c'.repeat(2000)}">]><a>&b;</a>` }, undefined],
    [{ SLD_BODY: '<x>'.repeat(900) }, undefined],
    [{ EXCEPTIONS: 'application/vnd.ogc.se_xml', SRS: '' }, 'InvalidSRS'],
  ])('refuses what is wrong, row %#, in a report of 1.1.1 (annex A.2)', async (changes, code) => {
    const answer = await ask({ ...MAP, ...changes });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'application/vnd.ogc.se_xml; charset=utf-8',
    ]);
    const report = await answer.text();
    expect(report).toContain('<!DOCTYPE ServiceExceptionReport SYSTEM');
    expect(/<ServiceException(?!Report)(?: code="(\w+)")?/.exec(report)?.[1]).toBe(code);
    expect(schemas?.faults(report) ?? '').toBe('');
  });

  it.each([
    ['1.1.1', 'application/vnd.ogc.se_inimage', 'application/vnd.ogc.se_blank'],
    ['1.3.0', 'INIMAGE', 'BLANK'],
  ])('puts errors of %s into images of the format asked for', async (VERSION, inImage, blank) => {
    const wrong = { VERSION, LAYERS: 'none', CRS: 'CRS:84', TRANSPARENT: 'FALSE', BGCOLOR: '0x00FF00' };
    for (const [FORMAT, format] of [['image/png', 'png'], ['image/jpeg', 'jpeg'], ['image/webp', 'webp'], ['image/tiff', 'tiff']]) {
      const said = await image({ ...wrong, EXCEPTIONS: inImage, FORMAT: FORMAT! });
      expect([said.format, said.headers.get('content-type')]).toEqual([format, FORMAT]);
      expect(new Set(Array.from({ length: 400 }, (_, x) => said.pixel(x, 8).join())).size).toBeGreaterThan(1);
    } // prettier-ignore
    const empty = await image({ ...wrong, EXCEPTIONS: blank });
    expect(new Set(Array.from({ length: 400 }, (_, x) => empty.pixel(x, 8).join()))).toEqual(new Set(['0,255,0,255']));
    const clear = await image({ ...wrong, EXCEPTIONS: blank, TRANSPARENT: 'TRUE' });
    expect(clear.pixel(9, 9)[3]).toBe(0);
  });

  it.each([
    ['image/png', 'png'],
    ['image/png; mode=8bit', 'png'],
    ['image/png8', 'png'],
    ['image/png; mode=24bit', 'png'],
    ['image/png; mode=32bit', 'png'],
    ['image/jpeg', 'jpeg'],
    ['image/webp', 'webp'],
    ['image/tiff', 'tiff'],
    ['image/geotiff', 'tiff'],
  ])('draws %s, and says so', async (FORMAT, format) => {
    const drawn = await image({ FORMAT });
    expect([drawn.format, drawn.headers.get('content-type')]).toEqual([format, FORMAT]);
    const [red, , , alpha] = drawn.pixel(50, 100);
    expect([Math.round(red! / 20), alpha]).toEqual([10, 255]);
    expect(await (await ask({ REQUEST: 'GetCapabilities' })).text()).toContain(`<Format>${FORMAT}</Format>`);
  });

  it.each([
    ['EPSG:4326', '47,10,49,14', [10, 0.01, 0, 49, 0, -0.01]],
    ['CRS:84', '10,47,14,49', [10, 0.01, 0, 49, 0, -0.01]],
    ['EPSG:3035', '2661000,4321000,2877000,4623000', [4321000, 755, 0, 2877000, 0, -1080]],
    ['EPSG:32632', '575000,5205500,885000,5427500', [575000, 775, 0, 5427500, 0, -1110]],
    ['EPSG:25832', '575000,5205500,885000,5427500', [575000, 775, 0, 5427500, 0, -1110]],
    ['EPSG:3413', '3420000,-2800000,4220000,-2000000', [3420000, 2000, 0, -2000000, 0, -4000]],
  ])('gives GeoTIFFs that lie where they should in %s', async (CRS, BBOX, geoTransform) => {
    const answer = await ask({ ...MAP, VERSION: '1.3.0', CRS, BBOX, FORMAT: 'image/tiff' });
    const file = join(service.folder, `${CRS.replace(':', '-')}.tif`);
    await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
    const { stdout } = await run('gdalinfo', ['-json', file]);
    const told = JSON.parse(stdout) as {
      readonly geoTransform: readonly number[];
      readonly stac: { readonly 'proj:epsg': number };
      readonly bands: readonly { readonly colorInterpretation: string }[];
    };
    expect(told.geoTransform.map((value) => Number(value.toFixed(6)))).toEqual(geoTransform);
    expect(told.stac['proj:epsg']).toBe(CRS === 'CRS:84' ? 4326 : Number(CRS.slice(5)));
    expect(told.bands.map(({ colorInterpretation }) => colorInterpretation)).toEqual(['Red', 'Green', 'Blue', 'Alpha']);
  });

  it('tells the default of cloud cover, which can be chosen by its dimension (annex C)', async () => {
    const clouds = { LAYERS: 'sentinel-2-l2a', TIME: '2021-01-01/2024-12-31' };
    const plain = await image(clouds);
    expect(plain.headers.get('warning')).toBe('99 Default value used: cloud_cover=100');
    expect(plain.headers.get('x-frombork-dates')).toBe('2024-05-01');
    const clear = await image({ ...clouds, DIM_CLOUD_COVER: '0/20' });
    expect([clear.headers.get('warning'), clear.headers.get('x-frombork-dates')]).toEqual([null, '2021-04-01']);
    expect((await image({ ...clouds, DIM_CLOUD_COVER: '4' })).headers.get('x-frombork-sources')).toBe('0/0');
    const none = await image({ TIME: '2024-05-01T00:00:00Z' });
    expect([none.headers.get('warning'), none.headers.get('x-frombork-dates')]).toEqual([null, '2024-05-01']);
    expect(none.headers.get('access-control-expose-headers')).toContain('X-Frombork-Dates');
  });

  it.each([{ DPI: '180', MAP_RESOLUTION: '180', FORMAT_OPTIONS: 'dpi:180', TILED: 'true' }, { DPI: 'x' }])(
    'draws with %p besides, and legends larger',
    async (options) => {
      expect((await image(options as Record<string, string>)).pixel(50, 100)).toEqual(RED);
      const legend = { REQUEST: 'GetLegendGraphic', VERSION: '1.1.1', LAYER: 'sentinel-2-l2a', STYLE: 'ndvi' };
      const sizeOf = async (asked: Record<string, string>): Promise<number> =>
        (await readImage(new Uint8Array(await (await ask(asked)).arrayBuffer()))).width;
      const usual = await sizeOf({ ...legend, FORMAT: 'image/jpeg' });
      expect(await sizeOf({ ...legend, ...(options as Record<string, string>) })).toBe(
        options.DPI === '180' ? 2 * usual : usual,
      );
    },
  );

  it('takes forms, tells their faults as they ask, and reads no documents', async () => {
    const post = (body: string, type: string): Promise<Response> =>
      fetch(`${service.url}/wms`, { method: 'POST', body, headers: { 'content-type': type } });
    const form = 'application/x-www-form-urlencoded';
    const drawn = await post(new URLSearchParams(MAP).toString(), form);
    expect((await readImage(new Uint8Array(await drawn.arrayBuffer()))).pixel(50, 100)).toEqual(RED);
    const wrong = await post(new URLSearchParams({ ...MAP, LAYERS: 'none' }).toString(), form);
    expect(wrong.headers.get('content-type')).toBe('application/vnd.ogc.se_xml; charset=utf-8');
    expect(await wrong.text()).toContain('LayerNotDefined');
    const bomb = `<!DOCTYPE a [<!ENTITY b "bb">${'<!ENTITY c "&b;&b;">'.repeat(5000)}]><GetMap>&c;</GetMap>`;
    expect(await (await post(bomb, 'text/xml')).text()).toContain('code="OperationNotSupported"');
    expect(await (await post(`x=${'y'.repeat(1 << 17)}`, form)).text()).toContain('<ServiceException');
  });

  it('describes layers and styles', async () => {
    const layers = await (await ask({ VERSION: '1.1.1', REQUEST: 'DescribeLayer', LAYERS: 'sentinel-2-l1c' })).text();
    expect(layers).toContain(`<LayerDescription name="sentinel-2-l1c" owsType="WCS" owsURL="${service.url}/wcs?">`);
    expect(schemas?.faults(layers) ?? '').toBe('');
    const styles = await ask({ VERSION: '1.1.1', REQUEST: 'GetStyles', LAYERS: 'sentinel-2-l1c' });
    expect(styles.headers.get('content-type')).toBe('application/vnd.ogc.sld+xml; charset=utf-8');
  });
});
