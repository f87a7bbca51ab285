import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { bandProducts, productOf, type ColourScene } from '#test/support/colour-scenes.js';
import { readImage, type ReadImage } from '#test/support/read-image.js';
import { MAP_CONFIG, mapConfig } from '../view.config.js';
import { ViewModule } from '../view.module.js';

const run = promisify(execFile);
const RED = [200, 10, 10];
const GREEN = [10, 200, 10];
const GREY = [120];
const CLEAR = [0, 0, 0, 0];

const SCENES: readonly ColourScene[] = [
  { id: 'OLD', collection: 'sentinel-2-l1c', day: '2024-05-01', box: [10, 47, 12, 49], colour: RED },
  { id: 'NEW', collection: 'sentinel-2-l1c', day: '2024-05-20', box: [11, 47, 13, 49], colour: GREEN },
  { id: 'UNDRAWN', collection: 'sentinel-2-l1c', day: '2024-05-21', box: [10, 47, 13, 49] },
  { id: 'BROKEN', collection: 'sentinel-2-l1c', day: '2024-05-22', box: [10, 47, 13, 49] },
  { id: 'RADAR', collection: 'sentinel-1-grd', day: '2024-05-10', box: [10, 50, 12, 52], colour: GREY },
  { id: 'NOTHING', collection: 'sentinel-3-olci-1-efr', day: '2024-05-10', box: [10, 50, 12, 52] },
];

describe('WMS 1.3.0', () => {
  let service: ArchiveService;

  beforeAll(async () => {
    service = await startArchiveService({
      modules: [ViewModule],
      config: mapConfig,
      configTokens: [MAP_CONFIG],
      environment: { FROMBORK_CONTACT_EMAIL: 'help@mirror.example' },
    });
    await service.put('browse/BROKEN.tif', Buffer.from('this is no TIFF'));
    const scenes = await Promise.all(SCENES.map((scene) => productOf(scene, service)));
    await service.publish([...scenes, ...(await bandProducts(service))]);
  }, 120_000);

  afterAll(() => service.stop(), 30_000);

  const ask = (parameters: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${service.url}/wms?${new URLSearchParams(parameters).toString()}`, { headers });
  const MAP = {
    SERVICE: 'WMS',
    VERSION: '1.3.0',
    REQUEST: 'GetMap',
    LAYERS: 'sentinel-2-l1c',
    STYLES: '',
    CRS: 'CRS:84',
    BBOX: '10,47,14,49',
    WIDTH: '400',
    HEIGHT: '200',
    FORMAT: 'image/png',
    TRANSPARENT: 'TRUE',
  };
  const map = async (changes: Record<string, string> = {}): Promise<ReadImage & { readonly headers: Headers }> => {
    const answer = await ask({ ...MAP, ...changes });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (!answer.headers.get('content-type')?.startsWith('image/')) throw new Error(Buffer.from(bytes).toString());
    return { ...(await readImage(bytes)), headers: answer.headers };
  };
  const opaque = (colour: readonly number[]): number[] => [...colour, 255];

  it('draws the newest scene on top, nothing where there is none (§7.3.3)', async () => {
    const image = await map();
    expect([image.width, image.height, image.format]).toEqual([400, 200, 'png']);
    expect(image.pixel(50, 100)).toEqual(opaque(RED));
    expect(image.pixel(150, 100)).toEqual(opaque(GREEN));
    expect(image.pixel(250, 100)).toEqual(opaque(GREEN));
    expect(image.pixel(350, 100)).toEqual(CLEAR);
    expect(image.headers.get('x-frombork-sources')).toBe('2/3');
  });

  it.each([
    ['EPSG:4326', '47,10,49,14'],
    ['EPSG:3857', '1113194.91,5942074.07,1558472.87,6274861.39'],
    ['EPSG:32632', '575000,5205500,885000,5427500'],
    ['EPSG:3035', '2661000,4321000,2877000,4623000'],
  ])('draws the same in %s (§6.7)', async (CRS, BBOX) => {
    const image = await map({ CRS, BBOX });
    expect(image.pixel(60, 100)).toEqual(opaque(RED));
    expect(image.pixel(150, 100)).toEqual(opaque(GREEN));
    expect(image.pixel(370, 100)).toEqual(CLEAR);
  });

  it.each([
    ['an instant', '2024-05-01T10:00:00Z', RED],
    ['a day', '2024-05-01', RED],
    ['a month', '2024-05', GREEN],
    ['a range', '2024-04-01/2024-05-02', RED],
    ['a range with a period', '2024-05-02T00:00:00Z/2024-05-20T23:59:59Z/P1D', GREEN],
    ['a list', '2024-05-01,2024-05-20', GREEN],
    ['a day without scenes', '2024-05-05', undefined],
    ['the newest day, whose scenes have no image', 'current', undefined],
    ['a range before everything', '2001-01-01/2001-02-01', undefined],
  ])('TIME as %s: %s (annexes C and D)', async (_title, TIME, colour) => {
    const image = await map({ TIME });
    expect(image.pixel(150, 100)).toEqual(colour ? opaque(colour) : CLEAR);
    expect(image.headers.get('warning')).toBeNull();
  });

  it('announces default and nearest values (§C.4.2)', async () => {
    expect((await map()).headers.get('warning')).toBe('99 Default value used: time=2024-05-01/2024-05-22');
    const nearest = await map({ TIME: '2001-01-01' });
    expect(nearest.headers.get('warning')).toBe('99 Nearest value used: time=2024-05-01');
    expect(nearest.pixel(50, 100)).toEqual(opaque(RED));
  });

  it('paints the background where the map is not transparent (§7.3.3.9, §7.3.3.10)', async () => {
    const image = await map({ TRANSPARENT: 'FALSE', BGCOLOR: '0x0000FF' });
    expect(image.pixel(350, 100)).toEqual([0, 0, 255, 255]);
    const jpeg = await map({ FORMAT: 'image/jpeg', BGCOLOR: '0x0000FF' });
    expect(jpeg.format).toBe('jpeg');
    expect(jpeg.pixel(350, 100)[2]).toBeGreaterThan(240);
    expect((await map({ FORMAT: 'image/webp' })).format).toBe('webp');
  });

  it('draws several layers in one map, the last on top, with named styles', async () => {
    const image = await map({
      LAYERS: 'sentinel-2-l1c,sentinel-1-grd',
      STYLES: 'true-colour,vv',
      BBOX: '10,47,14,52',
      HEIGHT: '500',
    });
    expect(image.pixel(50, 100)).toEqual([120, 120, 120, 255]);
    expect(image.pixel(50, 400)).toEqual(opaque(RED));
  });

  it('answers 304 while the scenes are the same, and draws a new one once it is published', async () => {
    const elsewhere = { TIME: '2024-05-05', BBOX: '20,47,22,49' };
    const before = await map(elsewhere);
    const known = { 'if-none-match': before.headers.get('etag') ?? '' };
    expect((await ask({ ...MAP, ...elsewhere }, known)).status).toBe(304);
    const scene = {
      id: 'LATER',
      collection: 'sentinel-2-l1c',
      day: '2024-05-05',
      box: [20, 47, 22, 49] as BoundingBox,
    };
    await service.publish([await productOf({ ...scene, colour: GREEN }, service)]);
    const ends = Date.now() + 30_000;
    while ((await ask({ ...MAP, ...elsewhere }, known)).status === 304 && Date.now() < ends) await setTimeout(100);
    expect((await map(elsewhere)).pixel(200, 100)).toEqual(opaque(GREEN));
  }, 60_000);

  it.each<[Record<string, string>, string | undefined]>([
    [{ LAYERS: 'none' }, 'LayerNotDefined'],
    [{ STYLES: 'none' }, 'StyleNotDefined'],
    [{ CRS: 'EPSG:1' }, 'InvalidCRS'],
    [{ FORMAT: 'image/gif' }, 'InvalidFormat'],
    [{ TIME: 'tomorrow' }, 'InvalidDimensionValue'],
    [{ REQUEST: 'PutStyles' }, 'OperationNotSupported'],
    [{ BBOX: '1,1,1,1' }, undefined],
    [{ LAYERS: '"><script>' }, 'LayerNotDefined'],
  ])('refuses %p with %s (annex E)', async (changes, code) => {
    const answer = await ask({ ...MAP, ...changes });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const report = await answer.text();
    expect(report).toContain('<ServiceExceptionReport version="1.3.0" xmlns="http://www.opengis.net/ogc"');
    expect(/<ServiceException(?!Report)(?: code="(\w+)")?/.exec(report)?.[1]).toBe(code);
    expect(report).not.toContain('<script>');
  });

  it('writes errors into images where asked to (§7.3.3.11)', async () => {
    const inImage = await map({ LAYERS: 'none', EXCEPTIONS: 'INIMAGE', TRANSPARENT: 'FALSE' });
    const colours = new Set(Array.from({ length: 400 }, (_, x) => inImage.pixel(x, 8).join()));
    expect([inImage.width, inImage.height, colours.size]).toEqual([400, 200, 2]);
    const blank = await map({ LAYERS: 'none', EXCEPTIONS: 'BLANK', TRANSPARENT: 'FALSE', BGCOLOR: '0x00FF00' });
    expect(blank.pixel(200, 100)).toEqual([0, 255, 0, 255]);
  });

  it('describes the layers that can be drawn (§7.2)', async () => {
    const answer = await ask({ request: 'GetCapabilities' });
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    const document = await answer.text();
    expect([...document.matchAll(/<Name>([^<]*)<\/Name>/g)].map((match) => match[1])).toEqual(
      expect.arrayContaining(['WMS', 'sentinel-2-l1c', 'true-colour', 'sentinel-1-grd', 'vv']),
    );
    expect(document).not.toContain('olci');
    expect(document).toContain(`xlink:href="${service.url}/wms?"`);
    expect(document).toContain('>2024-05-01/2024-05-22/P1D</Dimension>');
    expect(document).toContain('help@mirror.example');
    const sequence = /updateSequence="([^"]+)"/.exec(document)?.[1] ?? '';
    const code = async (updateSequence: string) =>
      /code="(\w+)"/.exec(await (await ask({ request: 'GetCapabilities', updateSequence })).text())?.[1];
    expect(await code(sequence)).toBe('CurrentUpdateSequence');
    expect(await code('9999')).toBe('InvalidUpdateSequence');
    expect(await code('0')).toBeUndefined();
  });

  describe('with GDAL', () => {
    it('lists the layers and reads pixels', async () => {
      const list = await run('gdalinfo', [`WMS:${service.url}/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetCapabilities`]);
      const source = /SUBDATASET_\d+_NAME=(WMS:.*LAYERS=sentinel-2-l1c&.*)/.exec(list.stdout)?.[1] ?? '';
      const file = join(service.folder, 'gdal.png');
      const window = ['-projwin', '10', '49', '14', '47', '-projwin_srs', 'CRS:84', '-outsize', '400', '200'];
      const options = ['-q', '-of', 'PNG', '--config', 'GDAL_DEFAULT_WMS_CACHE_PATH', service.folder];
      await run('gdal_translate', [...options, ...window, source, file]);
      const image = await readImage(await readFile(file));
      expect(
        image
          .pixel(50, 100)
          .slice(0, 3)
          .map((value) => Math.round(value / 20)),
      ).toEqual([10, 1, 1]);
    }, 60_000);
  });

  describe('from bands', () => {
    const L2A = { LAYERS: 'sentinel-2-l2a' };

    it('draws true colour of reflectance, the offset of baseline 04.00 and later applied', async () => {
      const now = await map({ ...L2A, TIME: '2024-05-01' });
      // 2.5 x (DN - 1000) / 10000 x 255
      expect(now.pixel(50, 100)).toEqual([140, 70, 32, 255]);
      expect(now.headers.get('x-frombork-dates')).toBe('2024-05-01');
      const before = await map({ ...L2A, TIME: '2021-04-01' });
      expect(before.pixel(50, 100)).toEqual([204, 134, 96, 255]);
      expect(before.pixel(300, 100)).toEqual(CLEAR);
    });

    it('draws an index through its ramp, and a formula of the client', async () => {
      // (0.7 - 0.22) / (0.7 + 0.22) = 0.522, between 0.5 and 0.55.
      const ndvi = (await map({ ...L2A, STYLES: 'ndvi', TIME: '2024-05-01' })).pixel(50, 100);
      expect(ndvi.map((value, i) => Math.abs(value - [42, 103, 23, 255][i]!) <= 2)).toEqual([true, true, true, true]);
      const own = { ...L2A, TIME: '2024-05-01', EXPRESSION: 'B08 - B04', RAMP: '0 000000,1 ff00ff' };
      expect((await map(own)).pixel(50, 100)).toEqual([122, 0, 122, 255]);
    });

    it('draws the clearest scene on top, and none above a cloud cover', async () => {
      expect((await map({ ...L2A, PRIORITY: 'leastCC' })).headers.get('x-frombork-dates')).toBe('2021-04-01');
      expect((await map({ ...L2A, PRIORITY: 'mostRecent' })).headers.get('x-frombork-dates')).toBe('2024-05-01');
      expect((await map({ ...L2A, MAXCC: '20' })).headers.get('x-frombork-dates')).toBe('2021-04-01');
      expect((await map({ ...L2A, MAXCC: '1' })).pixel(50, 100)).toEqual(CLEAR);
    });

    it.each([
      ['text/plain', 'text/plain; charset=utf-8', 'acquired = 2024-05-01T10:00:00.000Z'],
      ['text/html', 'text/html; charset=utf-8', '<td>2024-05-01T10:00:00.000Z</td>'],
      ['application/json', 'application/json; charset=utf-8', '"datetime":"2024-05-01T10:00:00.000Z"'],
      ['application/vnd.ogc.gml', 'application/vnd.ogc.gml', '<band name="B08">0.7'],
    ])('tells the scene and its values at a pixel as %s (§7.4)', async (INFO_FORMAT, type, text) => {
      const info = { ...MAP, ...L2A, REQUEST: 'GetFeatureInfo', STYLES: 'ndvi', QUERY_LAYERS: 'sentinel-2-l2a' };
      const answer = await ask({ ...info, INFO_FORMAT, I: '50', J: '100' });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
      const body = await answer.text();
      expect(body).toContain(text);
      expect(body).toContain('S2A_MSIL2A_20240501T100000_N0510_R022_T32UPU_20240501T120000');
      expect(body).toContain('0.52');
      const both = await (await ask({ ...info, INFO_FORMAT, X: '50', Y: '100', FEATURE_COUNT: '5' })).text();
      expect(both).toContain('S2A_MSIL2A_20210401T100000');
      const outside = await (await ask({ ...info, INFO_FORMAT, I: '350', J: '100' })).text();
      expect(outside).not.toContain('S2A_MSIL2A');
    });

    it.each<[Record<string, string>, string]>([
      [{ I: '400' }, 'InvalidPoint'],
      [{ J: '-1' }, 'InvalidPoint'],
      [{ QUERY_LAYERS: 'sentinel-1-grd' }, 'LayerNotDefined'],
      [{ INFO_FORMAT: 'image/png' }, 'InvalidFormat'],
    ])('refuses to tell of %p with %s', async (changes, code) => {
      const info = { ...MAP, ...L2A, REQUEST: 'GetFeatureInfo', QUERY_LAYERS: 'sentinel-2-l2a', I: '1', J: '1' };
      expect(await (await ask({ ...info, ...changes })).text()).toContain(`code="${code}"`);
    });

    it('draws the legends its capabilities announce, in their size', async () => {
      const document = await (await ask({ request: 'GetCapabilities' })).text();
      const legends = [...document.matchAll(/<LegendURL width="(\d+)" height="(\d+)">.*?xlink:href="([^"]+)"/g)];
      expect(legends.length).toBeGreaterThan(4);
      for (const [, width, height, href = ''] of legends) {
        const answer = await fetch(href.replaceAll('&amp;', '&'));
        const image = await readImage(new Uint8Array(await answer.arrayBuffer()));
        expect([image.width, image.height]).toEqual([Number(width), Number(height)]);
      }
      const ndvi = await ask({ request: 'GetLegendGraphic', layer: 'sentinel-2-l2a', style: 'ndvi' });
      const image = await readImage(new Uint8Array(await ndvi.arrayBuffer()));
      expect(image.pixel(10, 15)).toEqual([0, 68, 0, 255]);
    });

    it('tells its styles as SLD, and its layers (OGC 02-070)', async () => {
      const sld = await (await ask({ request: 'GetStyles', layers: 'sentinel-2-l2a' })).text();
      expect(sld).toContain('<ColorMapEntry color="#004400" quantity="1"/>');
      expect(sld).toContain('value = index(B08, B04)');
      const layers = await (await ask({ request: 'DescribeLayer', layers: 'sentinel-2-l2a' })).text();
      expect(layers).toContain('<se:CoverageName>sentinel-2-l2a</se:CoverageName>');
    });

    it('offers the styles its products have the bands for', async () => {
      const document = await (await ask({ request: 'GetCapabilities' })).text();
      const layer = /<Name>sentinel-2-l2a<[^]*?<\/Layer>/.exec(document)?.[0] ?? '';
      const styles = [...layer.matchAll(/<Style><Name>([^<]*)</g)].map((match) => match[1]);
      expect(styles).toEqual([
        'inspire_common:DEFAULT',
        'true-colour',
        'natural-colour',
        'false-colour',
        'ndvi',
        'ndwi',
      ]);
    });

    it.each([
      { EXPRESSION: 'B08 +' },
      { EXPRESSION: '1' },
      { EXPRESSION: 'B08', RAMP: '1 000000' },
      { EXPRESSION: 'constructor(1)' },
      { EXPRESSION: '('.repeat(1900) },
      { PRIORITY: 'random' },
      { MAXCC: '101' },
    ])('refuses %p', async (changes) => {
      const answer = await ask({ ...MAP, ...L2A, ...changes });
      expect(await answer.text()).toContain('<ServiceException');
    });
  });

  it('passes over newer products without picture, however many', async () => {
    const box: BoundingBox = [10, 47, 10.5, 47.5];
    const bare = Array.from({ length: 130 }, (_, i) =>
      productOf({ id: `BARE_${i}`, collection: 'sentinel-2-l1c', day: '2024-05-19', box }, service),
    );
    await service.publish(await Promise.all(bare));
    const image = await map({ BBOX: '10.1,47.1,10.4,47.4' });
    expect(image.pixel(200, 100)).toEqual(opaque(RED));
  });
});
