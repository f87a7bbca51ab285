import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Product } from '#domain/product/product.js';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { colouredProduct, type ColouredScene } from '#test/support/coloured-product.js';
import { readImage, type ReadImage } from '#test/support/read-image.js';
import { MAP_CONFIG, mapConfig } from '../view.config.js';
import { ViewModule } from '../view.module.js';

const run = promisify(execFile);
const RED = [200, 10, 10, 255];
const GREEN = [10, 200, 10, 255];
const BLUE = [10, 10, 200, 255];
const CLEAR = [0, 0, 0, 0];
/** West half red (older), east half green, of 10..12 E, 47..49 N; tile 7/68/44 lies in 11.25..14.0625 E, 7/67/44 in 8.4375..11.25 E. */
const LAYER = 'sentinel-2-l1c';

describe('tiles', () => {
  let service: ArchiveService;

  beforeAll(async () => {
    service = await startArchiveService({
      modules: [ViewModule],
      config: mapConfig,
      configTokens: [MAP_CONFIG],
      environment: { VIEW_TILE_STORE_MB: '10' },
    });
    await service.publish([
      await productOf({ id: 'OLD', day: '2024-05-01', box: [8, 47, 12, 49], colour: RED }),
      await productOf({ id: 'NEW', day: '2024-05-20', box: [11, 47, 13, 49], colour: GREEN }),
    ]);
  }, 120_000);
  afterAll(() => service.stop(), 30_000);

  const productOf = (scene: Omit<ColouredScene, 'collection'>): Promise<Product> =>
    colouredProduct(service, { collection: LAYER, ...scene });
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${service.url}${path}`, { headers });
  const image = async (path: string): Promise<ReadImage & { readonly headers: Headers }> => {
    const answer = await get(path);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (answer.status !== 200) throw new Error(`${answer.status}: ${Buffer.from(bytes).toString()}`);
    return { ...(await readImage(bytes)), headers: answer.headers };
  };
  const kvp = (changes: Record<string, string> = {}): string =>
    `/wmts?${new URLSearchParams({
      SERVICE: 'WMTS', REQUEST: 'GetTile', VERSION: '1.0.0', LAYER, STYLE: 'true-colour', FORMAT: 'image/png',
      TILEMATRIXSET: 'WebMercatorQuad', TILEMATRIX: '7', TILEROW: '44', TILECOL: '68', ...changes,
    }).toString()}`; // prettier-ignore

  it.each([
    ['WMTS by key-value pairs', () => kvp()],
    ['WMTS by a RESTful address', () => `/wmts/1.0.0/${LAYER}/true-colour/default/WebMercatorQuad/7/44/68.png`],
    ['XYZ', () => `/tiles/${LAYER}/true-colour/7/68/44.png`],
    ['XYZ in the default style', () => `/tiles/${LAYER}/default/7/68/44.png`],
    ['XYZ of a search', () => `/tiles/search/default/7/68/44.png?collections=${LAYER}&bbox=10,46,14,50`],
  ])('draws the newest scene by %s', async (_title, path) => {
    const tile = await image(path());
    expect([tile.width, tile.height, tile.format]).toEqual([256, 256, 'png']);
    expect(tile.pixel(20, 100)).toEqual(GREEN);
    expect(tile.pixel(250, 100)).toEqual(CLEAR);
    expect(tile.headers.get('x-frombork-dates')).toContain('2024-05-20');
    expect(tile.headers.get('cache-control')).toBe('public, max-age=10');
  });

  it.each([
    ['WMTS', () => kvp({ TIME: '2024-05-01' })],
    ['RESTful WMTS', () => `/wmts/1.0.0/${LAYER}/default/2024-05-01/WebMercatorQuad/7/44/68.png`],
    ['XYZ', () => `/tiles/${LAYER}/default/7/68/44.png?time=2024-05-01`],
    ['an item', () => `/tiles/${LAYER}/items/OLD/default/7/68/44.png`],
    [
      'a search by time',
      () => `/tiles/search/default/7/68/44.png?collections=${LAYER}&datetime=../2024-05-02T00:00:00Z`,
    ],
    ['a search by CQL2', () => `/tiles/search/default/7/68/44.png?collections=${LAYER}&filter=id='OLD'`],
  ])('draws the older scene by %s', async (_title, path) => {
    expect((await image(path())).pixel(20, 100)).toEqual(RED);
  });

  it('draws the same place in every matrix set', async () => {
    // 11.5 E, 48 N, level 6 of each.
    const lonLat = await image(kvp({ TILEMATRIXSET: 'WorldCRS84Quad', TILEMATRIX: '6', TILEROW: '14', TILECOL: '68' }));
    expect(lonLat.pixel(9, 240)).toEqual(GREEN);
    const laea = await image(
      kvp({ TILEMATRIXSET: 'EuropeanETRS89_LAEAQuad', TILEMATRIX: '4', TILEROW: '9', TILECOL: '8' }),
    );
    expect(laea.pixel(200, 200)).toEqual(GREEN);
  });

  it('draws 512 pixels of the same area, JPEG and WebP', async () => {
    const twice = await image(`/tiles/${LAYER}/default/7/68/44@2x.png`);
    expect([twice.width, twice.pixel(40, 200)]).toEqual([512, GREEN]);
    expect((await image(`/tiles/${LAYER}/default/7/68/44.jpg`)).pixel(250, 100)[0]).toBeGreaterThan(250);
    expect((await image(`/tiles/${LAYER}/default/7/68/44.webp`)).format).toBe('webp');
  });

  it('draws a new scene where it lies as soon as it is published, and keeps the tiles it does not touch', async () => {
    const [here, there] = [`/tiles/${LAYER}/default/9/272/177.png`, `/tiles/${LAYER}/default/9/268/177.png`];
    const tags = [(await image(here)).headers.get('etag')!, (await image(there)).headers.get('etag')!];
    expect((await get(here, { 'if-none-match': tags[0]! })).status).toBe(304);
    await service.publish([
      await productOf({ id: 'NEWEST', day: '2024-05-25', box: [11.25, 48, 11.95, 48.5], colour: BLUE }),
    ]);
    let answer = await get(here, { 'if-none-match': tags[0]! });
    for (let tries = 0; answer.status === 304 && tries < 60; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      answer = await get(here, { 'if-none-match': tags[0]! });
    }
    expect((await readImage(new Uint8Array(await answer.arrayBuffer()))).pixel(128, 128)).toEqual(BLUE);
    expect((await get(there, { 'if-none-match': tags[1]! })).status).toBe(304);
  }, 60_000);

  it('answers tiles beside the layer with one empty picture', async () => {
    const [one, other] = [
      await get(`/tiles/${LAYER}/default/7/1/1.png`),
      await get(`/tiles/${LAYER}/default/7/2/9.png`),
    ];
    expect(one.headers.get('x-frombork-sources')).toBe('0/0');
    expect(await one.arrayBuffer()).toEqual(await other.arrayBuffer());
  });

  it.each<[string, number]>([
    [`/tiles/none/default/0/0/0.png`, 404],
    [`/tiles/${LAYER}/none/0/0/0.png`, 404],
    [`/tiles/${LAYER}/default/0/1/0.png`, 404],
    [`/tiles/${LAYER}/default/99/0/0.png`, 404],
    [`/tiles/${LAYER}/default/-1/0/0.png`, 404],
    [`/tiles/${LAYER}/default/NaN/NaN/NaN.png`, 404],
    [`/tiles/..%2F..%2Fetc/default/0/0/0.png`, 404],
    [`/tiles/${LAYER}/default/0/0/0.png?time=tomorrow`, 400],
    [`/tiles/${LAYER}/default/0/0/0.png?time=${'2024,'.repeat(1500)}`, 400],
    [`/tiles/search/default/0/0/0.png`, 400],
    [`/tiles/search/default/0/0/0.png?collections=${LAYER}&filter=((((`, 400],
    [`/tiles/search/default/0/0/0.png?collections=${LAYER}&bbox=1,2,3`, 400],
  ])('refuses %s with %i', async (path, status) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
  });

  it('describes tiles as TileJSON whose address works', async () => {
    const document = (await (await get(`/tiles/${LAYER}/items/OLD/default/tilejson.json`)).json()) as {
      readonly tiles: readonly string[];
      readonly bounds: readonly number[];
    };
    expect(document.bounds).toEqual([8, 47, 12, 49]);
    const address = document.tiles[0]!.replace('{z}', '7').replace('{x}', '68').replace('{y}', '44');
    expect((await image(address.slice(service.url.length))).pixel(20, 100)).toEqual(RED);
    expect((await get(`/tiles/${LAYER}/items/NONE/default/tilejson.json`)).status).toBe(404);
  });

  describe('with GDAL', () => {
    const read = async (source: string): Promise<ReadImage> => {
      const file = join(service.folder, 'gdal-tiles.png');
      const window = ['-projwin', '1252344', '6106855', '1408887', '5987771', '-outsize', '256', '195'];
      await run('gdal_translate', [
        '-q',
        '-of',
        'PNG',
        '--config',
        'GDAL_DEFAULT_WMS_CACHE_PATH',
        service.folder,
        ...window,
        source,
        file,
      ]);
      return readImage(await readFile(file));
    };

    it('reads WMTS', async () => {
      const capabilities = `${service.url}/wmts/1.0.0/WMTSCapabilities.xml`;
      const source = `WMTS:${capabilities},layer=${LAYER},tilematrixset=WebMercatorQuad`;
      expect((await read(source)).pixel(20, 150)).toEqual(GREEN);
    }, 60_000);

    it('reads XYZ', async () => {
      const file = join(service.folder, 'xyz.xml');
      await writeFile(file, `<GDAL_WMS><Service name="TMS"><ServerUrl>${service.url}/tiles/${LAYER}/default/\${z}/\${x}/\${y}.png</ServerUrl></Service><DataWindow><UpperLeftX>-20037508.34</UpperLeftX><UpperLeftY>20037508.34</UpperLeftY><LowerRightX>20037508.34</LowerRightX><LowerRightY>-20037508.34</LowerRightY><TileLevel>12</TileLevel><TileCountX>1</TileCountX><TileCountY>1</TileCountY><YOrigin>top</YOrigin></DataWindow><Projection>EPSG:3857</Projection><BlockSizeX>256</BlockSizeX><BlockSizeY>256</BlockSizeY><BandsCount>4</BandsCount></GDAL_WMS>`); // prettier-ignore
      expect((await read(file)).pixel(20, 150)).toEqual(GREEN);
    }, 60_000);
  });
});
