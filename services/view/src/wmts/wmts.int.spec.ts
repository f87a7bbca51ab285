import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Product } from '#domain/product/product.js';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { colouredProduct, type ColouredScene } from '#test/support/coloured-product.js';
import { readImage, type ReadImage } from '#test/support/read-image.js';
import { MAP_CONFIG, mapConfig } from '../view.config.js';
import { ViewModule } from '../view.module.js';

const RED = [200, 10, 10, 255];
const GREEN = [10, 200, 10, 255];
/** Red (older) of 8..12 E, green of 11..13 E, both 47..49 N; tile 7/68/44 lies in 11.25..14.0625 E. */
const LAYER = 'sentinel-2-l1c';

describe('WMTS 1.0.0 over a real archive', () => {
  let service: ArchiveService;

  beforeAll(async () => {
    service = await startArchiveService({
      modules: [ViewModule],
      config: mapConfig,
      configTokens: [MAP_CONFIG],
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

  it.each<[Record<string, string>, string, string]>([
    [{ TILEROW: '999' }, 'TileOutOfRange', 'TileRow'],
    [{ LAYER: '"><script>' }, 'InvalidParameterValue', 'layer'],
    [{ STYLE: 'none' }, 'InvalidParameterValue', 'Style'],
    [{ FORMAT: 'image/gif' }, 'InvalidParameterValue', 'format'],
    [{ TIME: 'tomorrow' }, 'InvalidParameterValue', 'Time'],
  ])('refuses %p with %s (tables 20 and 23)', async (changes, code, locator) => {
    const answer = await get(kvp(changes));
    const text = await answer.text();
    expect(answer.status).toBe(400);
    expect(text).toContain(`exceptionCode="${code}" locator="${locator}"`);
    expect(text).not.toContain('<script>');
  });

  it('answers 404 at RESTful addresses of nothing (§10.3)', async () => {
    expect((await get(`/wmts/1.0.0/${LAYER}/default/default/WebMercatorQuad/7/999/68.png`)).status).toBe(404);
    expect((await get(`/wmts/1.0.0/none/default/default/WebMercatorQuad/7/44/68.png`)).status).toBe(404);
    expect((await get(`/wmts/1.0.0/${LAYER}/none/default/WebMercatorQuad/7/44/68.png`)).status).toBe(404);
    expect((await get(`/wmts/1.0.0/${LAYER}/none/default/WebMercatorQuad/7/44/68/1/1.json`)).status).toBe(404);
  });

  it('lists the sets around a layer, UTM zones among them, and draws in these', async () => {
    const answer = await get('/wmts?SERVICE=WMTS&REQUEST=GetCapabilities', { 'accept-encoding': 'gzip' });
    const text = await answer.text();
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    // A number, which OGC's suite compares.
    expect(text).toMatch(/ updateSequence="\d+"/);
    const linked = [...text.matchAll(/<TileMatrixSetLink><TileMatrixSet>([^<]+)/g)].map(([, id]) => id);
    expect(linked).toEqual([
      'WebMercatorQuad',
      'WorldCRS84Quad',
      'EuropeanETRS89_LAEAQuad',
      'UTM32WGS84Quad',
      'UTM33WGS84Quad',
    ]);
    // 11.5 E, 48 N: 686 488, 5 319 454 in zone 32.
    const tile = await image(kvp({ TILEMATRIXSET: 'UTM32WGS84Quad', TILEMATRIX: '8', TILEROW: '93', TILECOL: '65' }));
    expect(tile.pixel(50, 247)).toEqual(GREEN);
  });

  it.each([
    ['text/xml', 'text/xml'],
    ['application/xml', 'application/xml'],
    ['image/png,text/xml', 'text/xml'],
    ['bogus/xml', 'application/xml'],
  ])('tells its capabilities to whom accepts %s as %s (§7.1.1.1)', async (accepted, sent) => {
    const answer = await get(`/wmts?SERVICE=WMTS&REQUEST=GetCapabilities&ACCEPTFORMATS=${accepted}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, sent]);
  });

  it('tells the scene at a pixel by its RESTful address (§10.2)', async () => {
    const tile = `/wmts/1.0.0/${LAYER}/default/2024-05-01/WebMercatorQuad/7/44/68`;
    const answer = await get(`${tile}/100/20.json`);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.text()).toContain('OLD');
    expect((await get(`${tile}/100/20.html`)).headers.get('content-type')).toBe('text/html');
    for (const span of ['2024-05-01/2024-05-02', '2024-05-01/2024-05-02/P1D'])
      expect(await (await get(`${tile.replace('2024-05-01', span)}/100/20.json`)).text()).toContain('OLD');
    expect((await get(`${tile}/100/256.json`)).status).toBe(404);
    expect((await get(`${tile}/100/20.exe`)).status).toBe(404);
  });

  it('tells the scene at a pixel (§7.3)', async () => {
    const info = { REQUEST: 'GetFeatureInfo', I: '20', J: '100', INFOFORMAT: 'application/json' };
    expect(await (await get(kvp(info))).text()).toContain('NEW');
    expect(await (await get(kvp({ ...info, TIME: '2024-05-01' }))).text()).toContain('OLD');
    const beside = await get(kvp({ ...info, I: '256' }));
    expect(beside.status).toBe(400);
    const told = (await beside.text()).matchAll(/exceptionCode="(\w+)" locator="(\w+)"/g);
    expect([...told].map(([, code, locator]) => [code, locator])).toEqual([
      ['PointIJOutOfRange', 'I'],
      ['TileOutOfRange', 'I'],
    ]);
  });
});
