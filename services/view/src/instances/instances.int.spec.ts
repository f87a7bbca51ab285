import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCog } from '#adapters/raster/cog-writer.js';
import type { Asset } from '#domain/product/asset.js';
import type { Product } from '#domain/product/product.js';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { testBox, testProduct } from '#test/support/catalogue-products.js';
import { readImage, type ReadImage } from '#test/support/read-image.js';
import { readSamples, type ReadSamples } from '#test/support/read-samples.js';
import { MAP_CONFIG, mapConfig } from '../view.config.js';
import { ViewModule } from '../view.module.js';

type Box = [west: number, south: number, east: number, north: number];
const WEST: Box = [10, 47, 12, 49];
const PATIENCE = 120_000;
const INSTANCES = {
  'code-de': {
    title: 'Scripts of CODE-DE',
    layers: {
      FOUR: { collection: 'sentinel-2-l2a', bands: ['B02', 'B03', 'B04', 'B08'] },
      RED: { collection: 'sentinel-2-l2a', expression: 'B04', maxCloudCover: 20 },
      MAY: { collection: 'sentinel-2-l2a', style: 'true-colour', time: '2024-05-01' },
      EMPTY: { collection: 'sentinel-5p-l2-no2' },
    },
  },
};

/** Digital numbers; reflectance is (number - 1000) / 10000 from baseline 04.00 on. */
const NUMBERS: Readonly<Record<string, number>> = { B02: 1500, B03: 2100, B04: 3200, B08: 8000 };
const REFLECTANCE = [0.05, 0.11, 0.22, 0.7];

describe('Sentinel Hub instances', () => {
  let service: ArchiveService;

  beforeAll(async () => {
    const file = join(tmpdir(), `frombork-instances-${process.pid}.json`);
    await writeFile(file, JSON.stringify(INSTANCES));
    service = await startArchiveService({
      modules: [ViewModule],
      config: mapConfig,
      configTokens: [MAP_CONFIG],
      environment: { VIEW_INSTANCES: file },
    });
    await service.publish(await products(service));
  }, PATIENCE);
  afterAll(() => service.stop(), PATIENCE);

  const ask = (path: string, parameters: Record<string, string>): Promise<Response> =>
    fetch(`${service.url}/ogc/${path}?${new URLSearchParams(parameters).toString()}`);
  const WFS = {
    SERVICE: 'wfs',
    WARNINGS: 'False',
    REQUEST: 'GetFeature',
    TYPENAMES: 'DSS2',
    BBOX: '47.1,10.1,48.9,11.9',
    OUTPUTFORMAT: 'application/json',
    SRSNAME: 'EPSG:4326',
    TIME: '2024-01-01T00:00:00Z/2024-12-31T23:59:59Z',
    MAXCC: '100.0',
    MAXFEATURES: '100',
    FEATURE_OFFSET: '0',
  };
  interface Feature {
    readonly geometry: { readonly type: string; readonly coordinates: number[][][][] };
    readonly properties: Readonly<Record<string, unknown>>;
  }
  const features = async (changes: Record<string, string> = {}): Promise<readonly Feature[]> =>
    ((await (await ask('wfs/default', { ...WFS, ...changes })).json()) as { features: Feature[] }).features;
  const MAP = {
    SERVICE: 'wms',
    WARNINGS: 'False',
    MAXCC: '100.0',
    BBOX: '47,10,49,14',
    FORMAT: 'image/png',
    CRS: 'EPSG:4326',
    WIDTH: '200',
    HEIGHT: '100',
    LAYERS: 'TRUE-COLOR',
    REQUEST: 'GetMap',
    VERSION: '1.3.0',
    TRANSPARENT: 'True',
  };
  const bytes = async (answer: Response): Promise<Uint8Array> => {
    const body = new Uint8Array(await answer.arrayBuffer());
    if (!answer.ok) throw new Error(Buffer.from(body).toString());
    return body;
  };
  const map = async (changes: Record<string, string> = {}, instance = 'default'): Promise<ReadImage> =>
    readImage(await bytes(await ask(`wms/${instance}`, { ...MAP, ...changes })));
  const COVERAGE = {
    SERVICE: 'wcs',
    MAXCC: '100.0',
    BBOX: '47,10,49,14',
    FORMAT: 'image/tiff;depth=32f',
    CRS: 'EPSG:4326',
    WIDTH: '200',
    HEIGHT: '100',
    COVERAGE: 'TRUE-COLOR',
    REQUEST: 'GetCoverage',
    VERSION: '1.1.2',
  };
  const coverage = async (changes: Record<string, string> = {}, instance = 'default'): Promise<ReadSamples> =>
    readSamples(await bytes(await ask(`wcs/${instance}`, { ...COVERAGE, ...changes })));
  const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 5));

  describe('features', () => {
    it('are the acquisitions of a place and a time, newest first, as sentinelhub-py reads them', async () => {
      const found = await features();
      expect(found.map(({ properties }) => [properties['date'], properties['time']])).toEqual([
        ['2024-05-20', '10:20:31'],
        ['2024-05-01', '10:20:31'],
      ]);
      const [{ properties, geometry }] = found as [Feature];
      expect(properties).toMatchObject({
        id: 'S2B_MSIL2A_20240520T102031_N0510_R065_T32TPT_20240520T130000',
        crs: 'EPSG:32632',
        orbitDirection: 'DESCENDING',
        cloudCoverPercentage: 80,
        path: `${service.url}/tiles/32/T/PT/2024/5/20/0`,
      });
      expect([geometry.type, geometry.coordinates[0]![0]![0]]).toEqual(['MultiPolygon', [10, 47]]);
    });

    it('are fewer by clouds, place and time, and come in pages', async () => {
      expect(await features({ MAXCC: '79.9' })).toHaveLength(1);
      expect(await features({ BBOX: '20,20,21,21' })).toHaveLength(0);
      expect(await features({ TIME: '2024-05-20T10:20:31Z/2024-05-20T10:20:31Z' })).toHaveLength(1);
      expect(await features({ MAXFEATURES: '1' })).toHaveLength(1);
      expect(await features({ MAXFEATURES: '1', FEATURE_OFFSET: '2' })).toHaveLength(0);
    });

    it('have no clouds where they are radar, and their geometry in the system asked for', async () => {
      const [radar] = await features({
        TYPENAMES: 'DSS3',
        MAXCC: '20.0',
        SRSNAME: 'EPSG:3857',
        BBOX: '1113194,5942074,1335833,6274861',
      });
      expect(radar!.properties['id']).toMatch(/^S1A_IW_GRDH_1SDV_/);
      const [[x, y]] = radar!.geometry.coordinates[0]![0]! as [[number, number]];
      expect([x, y]).toEqual([expect.closeTo(1_113_194.908, 2), expect.closeTo(5_942_074.072, 2)]);
    });

    it.each([
      ['DSS1', 1],
      ['DSS7', 0],
      ['sentinel-2-l2a', 2],
      ['NDVI', 2],
    ])('of %s', async (TYPENAMES, count) => {
      expect(await features({ TYPENAMES })).toHaveLength(count);
    });
  });

  describe('pictures', () => {
    it('show the reflectance of the moment asked for', async () => {
      const image = await map({ TIME: '2024-05-01T10:20:31Z/2024-05-01T10:20:31Z' });
      expect([image.width, image.height]).toEqual([200, 100]);
      expect(image.pixel(50, 50)).toEqual([140, 70, 32, 255]);
      expect(image.pixel(150, 50)[3]).toBe(0);
    });

    it.each<[Record<string, string>, readonly number[]]>([
      [{}, [255, 70, 32, 255]],
      [{ MAXCC: '50' }, [140, 70, 32, 255]],
      [{ PRIORITY: 'leastRecent' }, [140, 70, 32, 255]],
      [{ PRIORITY: 'leastCC' }, [140, 70, 32, 255]],
      [{ LAYERS: 'true-color-s2-l2a' }, [255, 70, 32, 255]],
      [{ LAYERS: 'TRUE-COLOR-S2-L1C' }, [200, 10, 10, 255]],
      [{ EVALSCRIPT: script('return [B02, B03, B08];'), MAXCC: '50' }, [13, 28, 179, 255]],
      [{ EVALSCRIPT: script('let x = B08 / 2;\nreturn [x]'), MAXCC: '50' }, [89, 89, 89, 255]],
    ])('%j', async (changes, pixel) => {
      expect((await map(changes)).pixel(50, 50)).toEqual(pixel);
    }); // prettier-ignore

    it('are those of the instance an operator defined, with its limits', async () => {
      expect((await map({ LAYERS: 'MAY' }, 'code-de')).pixel(50, 50)).toEqual([140, 70, 32, 255]);
      const answer = await ask('wms/code-de', { ...MAP, LAYERS: 'TRUE-COLOR' });
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('there are FOUR, RED, MAY')]);
    });
  });

  it('is a WMS for map clients: layers, legends, what is at a pixel', async () => {
    const document = await (await ask('wms/code-de', { SERVICE: 'WMS', REQUEST: 'GetCapabilities' })).text();
    expect(document).toContain(`xlink:href="${service.url}/ogc/wms/code-de?"`);
    expect([...document.matchAll(/queryable="1"[^>]*><Name>(\w+)<\/Name>/g)].map((match) => match[1])).toEqual([
      'FOUR',
      'RED',
      'MAY',
    ]);
    const legend = await ask('wms/code-de', { REQUEST: 'GetLegendGraphic', LAYER: 'MAY', FORMAT: 'image/png' });
    expect([legend.status, legend.headers.get('content-type')]).toEqual([200, 'image/png']);
    const info = { REQUEST: 'GetFeatureInfo', QUERY_LAYERS: 'RED', LAYERS: 'RED', STYLES: '', I: '50', J: '50' };
    const told = await ask('wms/code-de', { ...MAP, ...info, INFO_FORMAT: 'text/plain' });
    expect(await told.text()).toContain('B04');
  });

  it('cuts pictures where an area ends', async () => {
    const GEOMETRY = 'POLYGON((47 10,47 11,49 11,49 10,47 10))';
    const image = await map({ GEOMETRY, MAXCC: '50' });
    expect([image.pixel(25, 50), image.pixel(75, 50)]).toEqual([
      [140, 70, 32, 255],
      [0, 0, 0, 0],
    ]);
    const jpeg = await map({ GEOMETRY, MAXCC: '50', FORMAT: 'image/jpeg', TRANSPARENT: 'false' });
    expect(jpeg.pixel(75, 50)[0]).toBeGreaterThan(245);
  });

  describe('samples', () => {
    it('are reflectances as 32-bit numbers, with a mask that is 1 where there are some (eo-learn)', async () => {
      const read = await coverage({ COVERAGE: 'FOUR', TRANSPARENT: 'True', MAXCC: '50' }, 'code-de');
      expect([read.width, read.height, read.bands, read.type]).toEqual([200, 100, 5, 'Float32']);
      expect(read.pixel(50, 50)).toEqual([...close(REFLECTANCE), 1]);
      expect(read.pixel(150, 50)).toEqual([0, 0, 0, 0, 0]);
    });

    it.each([
      ['image/tiff', 'Byte', [140, 70, 32]],
      ['image/tiff;depth=8', 'Byte', [140, 70, 32]],
      ['image/tiff;depth=16', 'UInt16', [36_044, 18_022, 8192]],
      ['image/tiff;depth=32f', 'Float32', [0.55, 0.275, 0.125]],
    ])('as %s', async (FORMAT, type, pixel) => {
      const read = await coverage({ FORMAT, MAXCC: '50' });
      expect([read.type, read.bands]).toEqual([type, 3]);
      expect(read.pixel(50, 50)).toEqual(close(pixel));
    });

    it('come in the resolution asked for, to the metre', async () => {
      const zone = { CRS: 'EPSG:32632', BBOX: '600000,5300000,620000,5310000', WIDTH: '', HEIGHT: '' };
      const read = await coverage({ ...zone, RESX: '100m', RESY: '200m', MAXCC: '50' });
      expect([read.width, read.height]).toEqual([200, 50]);
      expect(read.geoTransform).toEqual([600_000, 100, 0, 5_310_000, 0, -200]);
      expect(read.pixel(199, 49)).toEqual(close([0.55, 0.275, 0.125]));
    });

    it('of an index are its colours, of a script what it computes', async () => {
      const ndvi = await coverage({ COVERAGE: 'NDVI', MAXCC: '50', FORMAT: 'image/tiff' });
      const drawn = await map({ LAYERS: 'NDVI', MAXCC: '50' });
      expect(ndvi.pixel(50, 50)).toEqual(drawn.pixel(50, 50).slice(0, 3));
      const computed = await coverage({ EVALSCRIPT: script('return [B08 - B04, index(B08, B04), B02, B03]'), MAXCC: '50' });
      expect(computed.pixel(50, 50)).toEqual(close([0.48, 0.48 / 0.92, 0.05, 0.11]));
    }); // prettier-ignore

    it('end where an area does', async () => {
      const GEOMETRY = 'POLYGON((47 10,47 11,49 11,49 10,47 10),(47.8 10.4,47.8 10.6,48.2 10.6,48.2 10.4,47.8 10.4))';
      const read = await coverage({ GEOMETRY, MAXCC: '50', TRANSPARENT: 'true' });
      const masks = [10, 25, 49, 51].map((x) => read.pixel(x, 50)[3]);
      expect(masks).toEqual([1, 0, 1, 0]);
    });

    it('are blank where nothing was acquired', async () => {
      const read = await coverage({ TIME: '2001-01-01/2001-01-02', TRANSPARENT: 'true' });
      expect(read.pixel(50, 50)).toEqual([0, 0, 0, 0]);
    });
  });

  describe('refusals', () => {
    const GIANT = `POLYGON((${Array.from({ length: 25_000 }, (_, index) => `${47 + Math.sin(index)} ${10 + Math.cos(index)}`).join()}))`;
    it.each<[string, string, Record<string, string>, number]>([
      ['an instance there is not', 'wms/none', {}, 404],
      ['an instance of markup', 'wms/%3Cscript%3E', {}, 404],
      ['a layer there is not', 'wms/default', { LAYERS: "x' or 1=1 --" }, 400],
      ['a layer without products', 'wms/code-de', { LAYERS: 'EMPTY' }, 400],
      ['another operation', 'wms/default', { REQUEST: 'DropLayers' }, 400],
      ['a script that loops', 'wms/default', { EVALSCRIPT: script('while (true) {}; return [1]') }, 400],
      ['a script of bands there are not', 'wcs/default', { EVALSCRIPT: script('return [B04 + nonsense(B03)]') }, 400],
      ['an address of a script', 'wms/default', { EVALSCRIPTURL: 'file:///etc/passwd' }, 400],
      ['an image of 20 000 pixels', 'wms/default', { WIDTH: '20000' }, 400],
      ['a resolution of a micrometre', 'wcs/default', { WIDTH: '', HEIGHT: '', RESX: '0.000001m', RESY: '1m' }, 400],
      ['two layers in a TIFF', 'wms/default', { LAYERS: 'NDVI,TRUE-COLOR', FORMAT: 'image/tiff' }, 400],
      ['an area that is a line', 'wcs/default', { GEOMETRY: 'LINESTRING(1 1,2 2)' }, 400],
    ])('%s', async (_title, path, changes, status) => {
      const answer = await ask(path, { ...MAP, ...(path.startsWith('wcs') ? { ...COVERAGE } : {}), ...changes });
      const text = await answer.text();
      expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/xml; charset=utf-8']);
      expect(text).toContain('<ServiceExceptionReport');
      expect(text).not.toContain('<script>');
    });

    it('are JSON where features are asked for', async () => {
      for (const [path, changes, status] of [
        ['wfs/none', {}, 404],
        ['wfs/default', { TYPENAMES: 'DSS99' }, 400],
        ['wfs/default', { BBOX: 'a,b,c,d' }, 400],
      ] as const) {
        const answer = await ask(path, { ...WFS, ...changes });
        expect([answer.status, await answer.json()]).toEqual([
          status,
          { error: expect.objectContaining({ status, message: expect.any(String) }) },
        ]);
      }
    });

    it('an area of 25 000 positions, in the length of an address', async () => {
      const answer = await ask('wcs/default', { ...COVERAGE, GEOMETRY: GIANT });
      expect([400, 414, 431]).toContain(answer.status);
    });
  });
});

function script(text: string): string {
  return Buffer.from(text).toString('base64');
}

async function products(service: ArchiveService): Promise<readonly Product[]> {
  const assets = await bandAssets(service, NUMBERS);
  const cloudy = await bandAssets(service, { ...NUMBERS, B04: 9000 });
  const browse = await asset(service, 'browse.tif', { values: [200, 10, 10], sampleType: 'uint8' });
  const optical = (name: string, day: string, cloudCover: number): Product =>
    testProduct(name, {
      collection: 'sentinel-2-l2a',
      acquiredFrom: new Date(`${day}T10:20:31.024Z`),
      geometry: testBox(...WEST),
      properties: { processingBaseline: '05.10', cloudCover, tile: '32TPT', orbitDirection: 'descending' },
      assets,
    });
  const newer = optical('S2B_MSIL2A_20240520T102031_N0510_R065_T32TPT_20240520T130000', '2024-05-20', 80);
  return [
    optical('S2A_MSIL2A_20240501T102031_N0510_R065_T32TPT_20240501T130000', '2024-05-01', 5),
    { ...newer, assets: cloudy },
    testProduct('S2A_MSIL1C_20240501T102031_N0510_R065_T32TPT_20240501T120000', {
      collection: 'sentinel-2-l1c',
      acquiredFrom: new Date('2024-05-01T10:20:31Z'),
      geometry: testBox(...WEST),
      assets: { browse: { ...browse, roles: ['visual'] } },
    }),
    testProduct('S1A_IW_GRDH_1SDV_20240510T061500_20240510T061525_052789_0663AB_1F2E', {
      collection: 'sentinel-1-grd',
      acquiredFrom: new Date('2024-05-10T06:15:00Z'),
      geometry: testBox(...WEST),
      properties: { orbitDirection: 'ascending' },
    }),
  ];
}

async function bandAssets(
  service: ArchiveService,
  numbers: Readonly<Record<string, number>>,
): Promise<Readonly<Record<string, Asset>>> {
  const assets: Record<string, Asset> = {};
  for (const [name, value] of Object.entries(numbers)) {
    assets[name] = await asset(service, `${name}-${value}.tif`, { values: [value], sampleType: 'uint16' });
  }
  return assets;
}

/** A raster of one value a band over the western half. */
async function asset(
  service: ArchiveService,
  key: string,
  { values, sampleType }: { values: readonly number[]; sampleType: 'uint8' | 'uint16' },
): Promise<Asset> {
  const size = 128;
  const [west, south, east, north] = WEST;
  const all = Array.from({ length: size * size * values.length }, (_, index) => values[index % values.length]!);
  const file = join(service.folder, 'writing.tif');
  await writeCog(
    file,
    {
      width: size,
      height: size,
      bands: values.length,
      sampleType,
      crs: 'CRS:84',
      origin: [west, north],
      pixelSize: [(east - west) / size, (north - south) / size],
      nodata: 0,
    },
    (async function* () {
      yield sampleType === 'uint8' ? Uint8Array.from(all) : Uint16Array.from(all);
    })(),
  );
  await service.put(key, await readFile(file));
  return { location: { key }, mediaType: 'image/tiff; application=geotiff', roles: ['data'] };
}
