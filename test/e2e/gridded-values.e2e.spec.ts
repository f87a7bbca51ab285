import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NetcdfFile } from '#adapters/raster/netcdf-file.js';
import { generateDemo } from '#services/all-in-one/src/demo/generate-demo.js';
import { startAllInOne, type Mirror } from '#test/support/mirror.js';
import { readImage } from '#test/support/read-image.js';

/** A place on the map and the values a band may have there: those of the nearest pixel of the product and its neighbours. */
interface Known {
  readonly at: readonly [longitude: number, latitude: number];
  readonly values: readonly number[];
}

/** Positions of a SAR image by GDAL's own transformer of control points, and 3 x 3 digital numbers there. */
const LOCATE = `
import sys, json
from osgeo import gdal
gdal.UseExceptions()
s = gdal.Open(sys.argv[1])
t = gdal.Transformer(s, None, ['METHOD=GCP_TPS'])
found = []
for share in (0.3, 0.5, 0.7):
    x, y = int(s.RasterXSize * share), int(s.RasterYSize * share)
    _, (lon, lat, _z) = t.TransformPoint(0, x + 0.5, y + 0.5)
    found.append({'at': [lon, lat], 'values': [float(v) ** 2 for v in s.ReadAsArray(x - 1, y - 1, 3, 3).ravel()]})
print(json.dumps(found))
`;

async function read(file: string, variable: string): Promise<{ shape: readonly number[]; values: Float64Array }> {
  const netcdf = await NetcdfFile.open(file);
  try {
    return netcdf.read(variable);
  } finally {
    netcdf.close();
  }
}

/** Pixels of a swath that have values all around, and these. */
function pixels(
  values: { shape: readonly number[]; values: Float64Array },
  longitude: Float64Array,
  latitude: Float64Array,
): readonly Known[] {
  const [rows, columns] = values.shape.slice(-2) as [number, number];
  const around = (at: number): number[] =>
    [-columns, 0, columns].flatMap((down) => [-1, 0, 1].map((right) => values.values[at + down + right]!));
  const all = Array.from({ length: rows * columns }, (_, i) => i).filter((i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return row > 0 && row < rows - 1 && column > 0 && column < columns - 1 && !around(i).some(Number.isNaN);
  });
  return [0.2, 0.5, 0.8].map((share) => {
    const at = all[Math.floor(all.length * share)]!;
    return { at: [longitude[at]!, latitude[at]!], values: around(at) };
  });
}

describe('what instruments measured on no grid', () => {
  let data: string;
  let mirror: Mirror;
  let names: readonly string[];

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'frombork-gridded-'));
    [mirror, names] = await Promise.all([startAllInOne(), generateDemo(data, { count: 7 })]);
    const environment = { ...process.env, FROMBORK_URL: mirror.url, FROMBORK_OPERATOR_TOKEN: mirror.token };
    const sources = names.filter((name) => !name.startsWith('S2')).map((name) => join(data, name));
    const told = await promisify(execFile)('node', ['services/acquisition/frombork.mjs', 'ingest', ...sources], {
      env: environment,
    });
    expect(told.stdout).not.toMatch(/REFUSED|without picture/);
  }, 300_000);

  afterAll(async () => {
    await mirror?.stop();
    await rm(data, { recursive: true, force: true });
  }, 60_000);

  const product = (part: string): string =>
    join(
      data,
      names.find((name) => name.includes(part))!,
    );

  const request = (layer: string, style: string, [longitude, latitude]: Known['at'], changes = {}): string => {
    const box = [longitude - 0.01, latitude - 0.01, longitude + 0.01, latitude + 0.01].join(',');
    const parameters = {
      SERVICE: 'WMS',
      VERSION: '1.3.0',
      REQUEST: 'GetFeatureInfo',
      LAYERS: layer,
      QUERY_LAYERS: layer,
      STYLES: style,
      CRS: 'CRS:84',
      BBOX: box,
      WIDTH: '101',
      HEIGHT: '101',
      I: '50',
      J: '50',
      INFO_FORMAT: 'application/json',
      FORMAT: 'image/png',
      ...changes,
    };
    return `${mirror.url}/wms?${new URLSearchParams(parameters).toString()}`;
  };

  /** What the map tells of the places, band by band, is what the product holds there. */
  async function expectValues(layer: string, style: string, bands: Readonly<Record<string, readonly Known[]>>) {
    for (const [band, places] of Object.entries(bands)) {
      for (const { at, values } of places) {
        const answer = (await (await fetch(request(layer, style, at))).json()) as {
          features: { properties: Record<string, unknown> }[];
        };
        const told = Number(answer.features[0]?.properties[band]);
        const off = Math.min(...values.map((value) => Math.abs(told - value) / Math.abs(value)));
        expect({ layer, band, at, told, values, isThere: off < 3e-4 }).toMatchObject({ isThere: true });
        const picture = await fetch(request(layer, style, at, { REQUEST: 'GetMap', TRANSPARENT: 'TRUE' }));
        expect((await readImage(new Uint8Array(await picture.arrayBuffer()))).pixel(50, 50).at(-1)).toBe(255);
      }
    }
  }

  it('Sentinel-1: sigma nought of digital numbers and calibration, in VV, VH and their ratio', async () => {
    const folder = join(product('IW_GRDH'), 'measurement');
    const known = (polarisation: string): readonly Known[] => {
      const file = readdirSync(folder).find((name) => name.includes(`-${polarisation}-`))!;
      const found = JSON.parse(
        execFileSync('/usr/bin/python3', ['-c', LOCATE, join(folder, file)], { encoding: 'utf8' }),
      ) as Known[];
      // The demo's calibration annotation: one factor everywhere.
      return found.map(({ at, values }) => ({ at, values: values.map((value) => value / 474 ** 2) }));
    };
    await expectValues('sentinel-1-grd', 'vv', { VV: known('vv') });
    await expectValues('sentinel-1-grd', 'vh', { VH: known('vh') });
    await expectValues('sentinel-1-grd', 'rgb-ratio', { VV: known('vv'), VH: known('vh') });
  }, 120_000);

  it('Sentinel-1: a coverage of both polarisations', async () => {
    const id = names.find((name) => name.includes('IW_GRDH'))!.replace('.SAFE', '');
    const base = `${mirror.url}/wcs?service=WCS&version=2.0.1&coverageId=${id}`;
    const document = await (await fetch(`${base}&request=DescribeCoverage`)).text();
    expect([...document.matchAll(/<swe:field name="([^"]+)"/g)].map(([, name]) => name)).toEqual(['VH', 'VV']);
    const [, origin = ''] = /<gml:pos>([^<]+)<\/gml:pos>/.exec(document) ?? [];
    expect(document).toMatch(/srsName="[^"]*\/326(32|33)"/);
    expect(origin).not.toBe('');
  }, 120_000);

  it('Sentinel-3 OLCI: reflectances of radiances, irradiance and the height of the sun', async () => {
    const folder = product('OL_1_EFR');
    const file = (name: string): string => join(folder, `${name}.nc`);
    const [longitude, latitude] = await Promise.all(
      ['longitude', 'latitude'].map(async (name) => (await read(file('geo_coordinates'), name)).values),
    );
    const zenith = (await read(file('tie_geometries'), 'SZA')).values[0]!;
    const known = async (band: string, irradiance: number): Promise<readonly Known[]> => {
      const radiance = await read(file(`Oa${band}_radiance`), `Oa${band}_radiance`);
      const sun = irradiance * Math.cos((zenith * Math.PI) / 180);
      return pixels(
        { ...radiance, values: radiance.values.map((value) => (Math.PI * value) / sun) },
        longitude!,
        latitude!,
      );
    };
    const colours = { B08: await known('08', 1530), B06: await known('06', 1800), B04: await known('04', 1940) };
    await expectValues('sentinel-3-olci-1-efr', 'true-colour', colours);
    await expectValues('sentinel-3-olci-1-efr', 'false-colour', { B17: await known('17', 960) });
  }, 120_000);

  it('Sentinel-3 SLSTR: land surface temperature in kelvin', async () => {
    const folder = product('SL_2_LST');
    const [longitude, latitude] = await Promise.all(
      ['longitude_in', 'latitude_in'].map(async (name) => (await read(join(folder, 'geodetic_in.nc'), name)).values),
    );
    const known = pixels(await read(join(folder, 'LST_in.nc'), 'LST'), longitude!, latitude!);
    await expectValues('sentinel-3-slstr-2-lst', 'lst', { LST: known });
  }, 120_000);

  it('Sentinel-5P: columns in mol per square metre, none where their quality is poor', async () => {
    const file = product('L2__NO2');
    const [longitude, latitude] = await Promise.all(
      ['PRODUCT/longitude', 'PRODUCT/latitude'].map(async (name) => (await read(file, name)).values),
    );
    const column = await read(file, 'PRODUCT/nitrogendioxide_tropospheric_column');
    const quality = await read(file, 'PRODUCT/qa_value');
    const good = column.values.map((value, i) => (quality.values[i]! >= 0.75 ? value : NaN));
    await expectValues('sentinel-5p-l2-no2', 'no2', {
      NO2: pixels({ ...column, values: good }, longitude!, latitude!),
    });
    const poor = column.values.map((_, i) => (quality.values[i]! < 0.745 ? 1 : NaN));
    for (const { at } of pixels({ ...column, values: poor }, longitude!, latitude!)) {
      const answer = await (await fetch(request('sentinel-5p-l2-no2', 'no2', at))).text();
      expect(answer).not.toMatch(/"NO2":\s*\d/);
    }
  }, 120_000);
});
