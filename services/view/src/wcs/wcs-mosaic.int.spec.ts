import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeCog } from '#adapters/raster/cog-writer.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { attribute, descendants, textOf } from '#protocols/xml/xml-path.js';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { testBox, testProduct } from '#test/support/catalogue-products.js';
import { MAP_CONFIG, mapConfig } from '../view.config.js';
import { ViewModule } from '../view.module.js';

const run = promisify(execFile);
const CELL = 0.01;

/** Two scenes of a day side by side with a strip of both; the eastern one is newer and empty in its southern half. A third is of the day before. */
describe('mosaics stitched by WCS', () => {
  let service: ArchiveService;

  beforeAll(async () => {
    service = await startArchiveService({
      modules: [ViewModule],
      config: mapConfig,
      configTokens: [MAP_CONFIG],
      environment: { VIEW_MAX_SOURCES: '2' },
    });
    await scene('WEST', { corner: 10, at: '2024-05-21T10:00:00Z', sample: (row) => 1000 + row });
    await scene('EAST', { corner: 10.5, at: '2024-05-21T10:05:00Z', sample: (row) => (row < 50 ? 2000 + row : 0) });
    await scene('BEFORE', { corner: 10.25, at: '2024-05-20T10:00:00Z', sample: (row) => 3000 + row });
  }, 180_000);

  afterAll(() => service.stop(), 30_000);

  async function scene(
    id: string,
    { corner, at, sample }: { corner: number; at: string; sample: (row: number) => number },
  ): Promise<void> {
    const samples = Uint16Array.from({ length: 100 * 100 }, (_, index) => sample(Math.floor(index / 100)));
    const file = join(service.folder, `${id}.tif`);
    const grid = { width: 100, height: 100, pixelSize: [CELL, CELL], origin: [corner, 51], crs: 'EPSG:4326' } as const;
    await writeCog(file, { ...grid, bands: 1, sampleType: 'uint16', nodata: 0 }, once(samples));
    await service.put(`${id}.tif`, await readFile(file));
    await service.publish([
      testProduct(id, {
        collection: 'sentinel-2-l2a',
        acquiredFrom: new Date(at),
        geometry: testBox(corner, 50, corner + 1, 51),
        assets: { B04: { location: { key: `${id}.tif` }, mediaType: 'image/tiff', roles: ['data'] } },
      }),
    ]);
  }

  const V2 = 'SERVICE=WCS&VERSION=2.0.1&REQUEST';
  const ask = (query: string): Promise<Response> => fetch(`${service.url}/wcs?${V2}=${query}`);
  const document = async (query: string) => parseXml(await (await ask(query)).text());
  /** The sample at a place of an answer. */
  const at = async (file: string, longitude: number, latitude: number): Promise<number> => {
    const place = [String(longitude), String(latitude)];
    return Number((await run('gdallocationinfo', ['-valonly', '-wgs84', file, ...place])).stdout);
  };
  const get = async (query: string): Promise<string> => {
    const answer = await ask(`GetCoverage&${query}`);
    if (answer.headers.get('content-type') !== 'image/tiff') throw new Error(await answer.text());
    const file = join(service.folder, 'answer.tif');
    await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
    return file;
  };

  it('are told of in the capabilities, where versions before 2.0 list that of the newest day of each collection', async () => {
    const listed = async (version: string): Promise<readonly (string | undefined)[]> => {
      const address = `${service.url}/wcs?SERVICE=WCS&REQUEST=GetCapabilities&VERSION=${version}`;
      const capabilities = parseXml(await (await fetch(address)).text());
      const isFirst = version === '1.0.0';
      const [name, item] = isFirst ? ['name', 'CoverageOfferingBrief'] : ['Identifier', 'CoverageSummary'];
      return descendants(capabilities, item!).map((summary) => textOf(descendants(summary, name!)[0]));
    };
    const all = ['EAST', 'WEST', 'BEFORE', 'sentinel-2-l2a.2024-05-21'];
    expect(await listed('1.0.0')).toEqual(all);
    expect(await listed('1.1.1')).toEqual(all);
    const capabilities = await document('GetCapabilities');
    expect(descendants(capabilities, 'CoverageId').map(textOf)).toEqual(['EAST', 'WEST', 'BEFORE']);
    expect(descendants(capabilities, 'Abstract').map(textOf)[0]).toContain('<series>.<yyyy-mm-dd>');
  });

  it('are described on the grid of the newest scene as far as all reach, with the footprints and the time of all', async () => {
    const described = await document('DescribeCoverage&COVERAGEID=sentinel-2-l2a.2024-05-21');
    const text = (name: string): readonly (string | undefined)[] => descendants(described, name).map(textOf);
    expect(text('CoverageSubtype')).toEqual(['RectifiedStitchedMosaic']);
    expect(text('high')).toEqual(['149 99']);
    expect(text('lowerCorner')).toEqual(['50 10']);
    expect(text('posList')).toHaveLength(2);
    const [period] = descendants(described, 'phenomenonTime');
    expect(descendants(period!, 'beginPosition').map(textOf)).toEqual(['2024-05-21T10:00:00.000Z']);
    expect(descendants(period!, 'endPosition').map(textOf)).toEqual(['2024-05-21T10:05:00.000Z']);
  });

  it('have the samples of the newest scene on top, those of the others where it has none, and none of another day', async () => {
    const file = await get('COVERAGEID=sentinel-2-l2a.2024-05-21');
    expect(await at(file, 10.205, 50.795)).toBe(1020);
    expect(await at(file, 10.755, 50.795)).toBe(2020);
    expect(await at(file, 10.755, 50.205)).toBe(1079);
    expect(await at(file, 11.205, 50.205)).toBe(0);
  }, 60_000);

  it('are of months too, where one answer is of so many scenes only', async () => {
    const month = 'COVERAGEID=sentinel-2-l2a.2024-05';
    const refused = await ask(`GetCoverage&${month}`);
    expect(refused.status).toBe(413);
    expect(await refused.text()).toContain('3 scenes are in that area, more than the 2 of one answer');
    const file = await get(`${month}&SUBSET=Long(11.3,11.5)`);
    expect(await at(file, 11.405, 50.795)).toBe(2020);
  }, 60_000);

  it('tell in a multipart answer what they are stitched of', async () => {
    const answer = await ask('GetCoverage&COVERAGEID=sentinel-2-l2a.2024-05-21&MEDIATYPE=multipart/related');
    const [, xml = ''] =
      /(<\?xml[\s\S]*?)\r\n--/.exec(Buffer.from(await answer.arrayBuffer()).toString('latin1')) ?? [];
    const mosaic = parseXml(xml);
    expect(mosaic.name).toBe('RectifiedStitchedMosaic');
    expect(descendants(mosaic, 'dataset').map((one) => textOf(descendants(one, 'CoverageId')[0]))).toEqual([
      'EAST',
      'WEST',
    ]);
  }, 60_000);

  it('stand in a coverage set of their name, before their scenes (OGC 10-140r2 requirement 49)', async () => {
    const set = await document('DescribeEOCoverageSet&EOID=sentinel-2-l2a.2024-05-21');
    expect(attribute(set, 'numberMatched')).toBe('3');
    expect(descendants(set, 'CoverageId').map(textOf)).toEqual(['sentinel-2-l2a.2024-05-21', 'EAST', 'WEST']);
    const east = await document('DescribeEOCoverageSet&EOID=sentinel-2-l2a.2024-05-21&SUBSET=Long(11.2,12)');
    expect(descendants(east, 'CoverageId').map(textOf)).toEqual(['sentinel-2-l2a.2024-05-21', 'EAST']);
    const none = await document('DescribeEOCoverageSet&EOID=sentinel-2-l2a.2024-05-21&SUBSET=Long(20,21)');
    expect(attribute(none, 'numberMatched')).toBe('0');
  });

  it.each(['sentinel-2-l2a.2024-05-19', 'sentinel-2-l2a.2024-02-30', 'sentinel-9.2024-05-21'])(
    '%s is no coverage',
    async (id) => {
      const answer = await ask(`DescribeCoverage&COVERAGEID=${id}`);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('NoSuchCoverage');
    },
  );

  it('are read by GDAL like any other coverage', async () => {
    const name = `WCS:${service.url}/wcs?version=2.0.1&coverage=sentinel-2-l2a.2024-05-21`;
    const out = join(service.folder, 'gdal.tif');
    await run('gdal_translate', ['-q', '-oo', `CACHE=${join(service.folder, 'cache')}`, name, out]);
    expect(await at(out, 10.755, 50.205)).toBe(1079);
  }, 60_000);
});

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}
