import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { colouredProduct } from '#test/support/coloured-product.js';
import { readImage, type ReadImage } from '#test/support/read-image.js';
import { MAP_CONFIG, mapConfig } from '../view.config.js';
import { ViewModule } from '../view.module.js';

const run = promisify(execFile);
const RED = [200, 10, 10, 255];
const GREEN = [10, 200, 10, 255];
const BLUE = [10, 10, 200, 255];
const CLEAR = [0, 0, 0, 0];
const L1C = 'sentinel-2-l1c';
const L2A = 'sentinel-2-l2a';
const ROOT = '/ogc/api';
const SETS = ['WebMercatorQuad', 'WorldCRS84Quad', 'EuropeanETRS89_LAEAQuad', 'UTM32WGS84Quad', 'UTM33WGS84Quad'];

interface Link {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
}
interface Document {
  readonly links: readonly Link[];
  readonly [member: string]: unknown;
}

/** L1C: red (older) 8..12 E, green 11..13 E; L2A: blue 12..13 E; all 47..49 N. Tile 7/44/68 lies in 11.25..14.0625 E. */
describe('OGC API Tiles and Maps', () => {
  let service: ArchiveService;

  beforeAll(async () => {
    service = await startArchiveService({ modules: [ViewModule], config: mapConfig, configTokens: [MAP_CONFIG] });
    await service.publish([
      await colouredProduct(service, {
        collection: L1C,
        id: 'OLD',
        day: '2024-05-01',
        box: [8, 47, 12, 49],
        colour: RED,
      }),
      await colouredProduct(service, {
        collection: L1C,
        id: 'NEW',
        day: '2024-05-20',
        box: [11, 47, 13, 49],
        colour: GREEN,
      }),
      await colouredProduct(service, {
        collection: L2A,
        id: 'L2',
        day: '2024-05-21',
        box: [12, 47, 13, 49],
        colour: BLUE,
      }),
    ]);
  }, 120_000);
  afterAll(() => service.stop(), 30_000);

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(path.startsWith('http') ? path : `${service.url}${path}`, { headers });
  const read = async (path: string): Promise<Document> => {
    const answer = await get(path);
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as Document;
  };
  const image = async (path: string, headers: Record<string, string> = {}): Promise<ReadImage> => {
    const answer = await get(path, headers);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${Buffer.from(bytes).toString()}`);
    return readImage(bytes);
  };
  const linked = (document: Document, rel: string): string => {
    const found = document.links.find((link) => link.rel === rel || link.rel.endsWith(`/ogc/1.0/${rel}`));
    if (!found) throw new Error(`no link ${rel}`);
    return found.href;
  };

  it('leads a client from the landing page to the tiles of a collection by links alone', async () => {
    const landing = await read(ROOT);
    const { collections } = (await read(linked(landing, 'data'))) as unknown as { collections: readonly Document[] };
    expect(collections.map(({ id }) => id)).toEqual([L1C, L2A]);
    const collection = await read(linked(collections[0]!, 'self'));
    expect(collection.extent).toEqual({
      spatial: { bbox: [[8, 47, 13, 49]] },
      temporal: { interval: [['2024-05-01T10:00:00Z', '2024-05-20T10:00:00Z']] },
    });
    const { tilesets } = (await read(linked(collection, 'tilesets-map'))) as unknown as {
      tilesets: readonly Document[];
    };
    expect(tilesets.map(({ tileMatrixSetId }) => tileMatrixSetId)).toEqual(SETS);
    const tileset = await read(linked(tilesets[0]!, 'self'));
    const set = await read(linked(tileset, 'tiling-scheme'));
    expect([set.id, set.uri]).toEqual([tileset.tileMatrixSetId, tileset.tileMatrixSetURI]);
    const template = linked(tileset, 'item');
    const tile = template.replace('{tileMatrix}', '7').replace('{tileRow}', '44').replace('{tileCol}', '68');
    expect((await image(tile)).pixel(20, 100)).toEqual(GREEN);
  });

  it('describes itself: every link of a document answers, every path is there, every class is a URI', async () => {
    const landing = await read(ROOT);
    for (const { href } of landing.links.filter(({ rel }) => rel !== 'related'))
      expect((await get(href)).status).toBe(200);
    const collection = await read(`${ROOT}/collections/${L1C}`);
    for (const { href } of collection.links.filter(({ href: to }) => to.includes('/ogc/')))
      expect([href, (await get(href)).status]).toEqual([href, 200]);
    const { paths } = (await read(`${ROOT}/api`)) as unknown as { paths: Record<string, unknown> };
    const values: Readonly<Record<string, string>> = {
      collectionId: L1C, itemId: 'NEW', styleId: 'true-colour', tileMatrixSetId: 'WebMercatorQuad',
      tileMatrix: '7', tileRow: '44', tileCol: '68',
    }; // prettier-ignore
    for (const path of Object.keys(paths)) {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '');
      expect([path, (await get(`${ROOT}${filled}?width=20`)).status]).toEqual([path, 200]);
    }
    const { conformsTo } = (await read(`${ROOT}/conformance`)) as unknown as { conformsTo: readonly string[] };
    expect(conformsTo.filter((uri) => !uri.startsWith('http://www.opengis.net/spec/'))).toEqual([]);
  });

  it.each([
    ['a collection', `/collections/${L1C}/map/tiles`, GREEN],
    ['a style', `/collections/${L1C}/styles/true-colour/map/tiles`, GREEN],
    ['an item', `/collections/${L1C}/items/OLD/map/tiles`, RED],
    ['a styled item', `/collections/${L1C}/items/OLD/styles/true-colour/map/tiles`, RED],
    ['the dataset', '/map/tiles', GREEN],
  ])('draws tiles of %s', async (_title, path, colour) => {
    expect((await image(`${ROOT}${path}/WebMercatorQuad/7/44/68`)).pixel(20, 100)).toEqual(colour);
  });

  it.each([
    ['datetime=2024-05-01', RED],
    ['datetime=2024-04-01T00:00:00Z/2024-05-02T00:00:00Z', RED],
    ['datetime=../2024-05-02', RED],
    ['datetime=2024-05-10/..', GREEN],
  ])('/req/datetime: %s', async (query, colour) => {
    expect(
      (await image(`${ROOT}/collections/${L1C}/map/tiles/WebMercatorQuad/7/44/68?${query}`)).pixel(20, 100),
    ).toEqual(colour);
  });

  it('/req/collections-selection: those named alone, the rightmost on top, in tilesets too', async () => {
    // 12.5 E is pixel 113.
    const at = async (query: string): Promise<readonly number[]> =>
      (await image(`${ROOT}/map/tiles/WebMercatorQuad/7/44/68?${query}`)).pixel(113, 100);
    expect(await at(`collections=${L1C},${L2A}`)).toEqual(BLUE);
    expect(await at(`collections=${L2A},${L1C}`)).toEqual(GREEN);
    expect(await at(`collections=${L2A}`)).toEqual(BLUE);
    expect(await at(`filter=id='OLD'`)).toEqual(CLEAR);
    const tileset = await read(`${ROOT}/map/tiles/WebMercatorQuad?collections=${L2A}`);
    expect((tileset.layers as readonly Document[]).map(({ id }) => id)).toEqual([L2A]);
    expect(linked(tileset, 'item')).toContain(`collections=${L2A}`);
  });

  it('negotiates the encoding, and answers 304 for what the client has', async () => {
    const tile = `${ROOT}/collections/${L1C}/map/tiles/WebMercatorQuad/7/44/68`;
    expect((await image(tile, { accept: 'image/jpeg' })).format).toBe('jpeg');
    expect((await image(`${tile}?f=webp`)).format).toBe('webp');
    const first = await get(tile);
    expect(first.headers.get('vary')).toBe('Accept');
    expect((await get(tile, { 'if-none-match': first.headers.get('etag')! })).status).toBe(304);
  });

  it('draws maps: the whole, a box in another system, with the headers of OGC 20-058', async () => {
    const whole = await get(`${ROOT}/collections/${L1C}/map?width=100`);
    expect(whole.headers.get('content-bbox')).toBe('8,47,13,49');
    expect(whole.headers.get('content-crs')).toBe('<http://www.opengis.net/def/crs/OGC/1.3/CRS84>');
    const picture = await readImage(new Uint8Array(await whole.arrayBuffer()));
    expect([picture.width, picture.height, picture.pixel(10, 20), picture.pixel(90, 20)]).toEqual([
      100,
      40,
      RED,
      GREEN,
    ]);
    const box = 'bbox=47,12.2,48,12.8&bbox-crs=[EPSG:4326]&crs=[EPSG:3857]&width=64&height=64';
    expect((await image(`${ROOT}/map?${box}`)).pixel(32, 32)).toEqual(BLUE);
    expect(
      (await image(`${ROOT}/collections/${L1C}/map?bbox=0,0,1,1&transparent=false&bgcolor=0x112233`)).pixel(5, 5),
    ).toEqual([0x11, 0x22, 0x33, 255]);
  });

  it.each([
    ['/collections/none', 404],
    ['/collections/none/map/tiles', 404],
    [`/collections/${L1C}/styles/none/map/tiles`, 404],
    [`/collections/${L1C}/items/NONE/map/tiles`, 404],
    [`/collections/${L1C}/map/tiles/none`, 404],
    [`/tileMatrixSets/__proto__`, 404],
    [`/collections/${L1C}/map/tiles/WebMercatorQuad/7/128/0`, 404],
    [`/collections/${L1C}/map/tiles/WebMercatorQuad/7/-1/0`, 404],
    [`/collections/${L1C}/map/tiles/WebMercatorQuad/NaN/0/0`, 404],
    [`/collections/none/map/tiles/WebMercatorQuad/0/0/0`, 404],
    [`/collections/${L1C}/map/tiles/WebMercatorQuad/0/0/0?f=exe`, 400],
    [`/collections/${L1C}/map/tiles/WebMercatorQuad/0/0/0?datetime=tomorrow`, 400],
    ['/map/tiles/WebMercatorQuad/0/0/0?filter=((((', 400],
    ['/map/tiles/WebMercatorQuad/0/0/0?collections=none', 404],
    ['/map?width=99999', 400],
    ['/map?crs=EPSG:1', 400],
    [`/map?bbox=${'1,'.repeat(4000)}1`, 400],
  ])('refuses %s with %i', async (path, status) => {
    const answer = await get(`${ROOT}${path}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
  });

  describe('with GDAL', () => {
    const translate = async (options: readonly string[], window: readonly string[]): Promise<ReadImage> => {
      const file = join(service.folder, 'ogcapi.png');
      const opened = ['-oo', 'CACHE=NO', ...options.flatMap((option) => ['-oo', option])];
      const source = `OGCAPI:${service.url}${ROOT}/collections/${L1C}`;
      await run('gdal_translate', ['-q', '-of', 'PNG', '-outsize', '200', '100', ...window, ...opened, source, file]);
      return readImage(await readFile(file));
    };

    it('finds the collections', async () => {
      const { stdout } = await run('gdalinfo', [`OGCAPI:${service.url}${ROOT}`]);
      expect(stdout).toContain(`SUBDATASET_2_NAME=OGCAPI:${service.url}${ROOT}/collections/${L2A}`);
    }, 60_000);

    it.each([
      ['tiles', ['API=TILES']],
      ['maps', ['API=MAP']],
    ])(
      'reads %s',
      async (_title, options) => {
        const picture = await translate(options, ['-projwin', '8.5', '48.75', '12.5', '47.25']);
        expect([picture.pixel(50, 50), picture.pixel(180, 50)]).toEqual([RED, GREEN]);
      },
      60_000,
    );

    it('reads tiles in a zone of UTM', async () => {
      const edges = ['MINX=500000', 'MINY=5250000', 'MAXX=780000', 'MAXY=5400000'];
      const picture = await translate(['API=TILES', 'TILEMATRIXSET=UTM32WGS84Quad', ...edges], []);
      expect([picture.pixel(10, 50), picture.pixel(180, 50)]).toEqual([RED, GREEN]);
    }, 60_000);
  });
});
