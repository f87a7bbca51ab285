import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { boundingBoxOf } from '#domain/geometry/bounding-box.js';
import { isSimple } from '#domain/geometry/self-intersection.js';
import { describeProduct } from './describe-product.js';
import { metadataPathsOf } from './metadata-paths.js';
import type { ProductDescription } from './product-description.js';

const SAFE = '../shared/fixtures/safe';
const there = existsSync(SAFE);
if (!there) console.warn('skipped: the Sentinel fixtures are not here');

function pathsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

function described(folder: string, name = folder.split('/').at(-1)!): ProductDescription {
  const paths = pathsIn(folder);
  const metadata = new Map(metadataPathsOf(paths).map((path) => [path, readFileSync(join(folder, path))]));
  return describeProduct({ name, paths, metadata });
}

interface ExpectedItem {
  readonly geometry: { readonly type: string };
  readonly bbox: readonly number[];
  readonly properties: Readonly<Record<string, unknown>>;
}

const STACTOOLS = `${SAFE}/S2/stactools`;
const expected = there
  ? readdirSync(STACTOOLS).filter((folder) => {
      const files = readdirSync(join(STACTOOLS, folder));
      return files.includes('expected_output.json') && files.includes('manifest.safe');
    })
  : [];

describe('describeProduct, Sentinel-2 trees against the items stactools makes of them', () => {
  it.each(expected)('%s', (folder) => {
    const item = JSON.parse(readFileSync(join(STACTOOLS, folder, 'expected_output.json'), 'utf8')) as ExpectedItem;
    const uri = String(item.properties['s2:product_uri']);
    const { product, files } = described(join(STACTOOLS, folder), uri);
    const want = (name: string) => item.properties[name];
    expect(product.acquiredFrom).toEqual(new Date(String(want('datetime'))));
    expect(product.geometry?.type).toBe(item.geometry.type);
    boundingBoxOf(product.geometry!)?.forEach((edge, i) => expect(edge).toBeCloseTo(item.bbox[i]!, 5));
    expect(isSimple(product.geometry!)).toBe(true);
    expect(product.properties).toMatchObject({
      platform: want('platform'),
      constellation: want('constellation'),
      orbitDirection: want('sat:orbit_state'),
      relativeOrbit: want('sat:relative_orbit'),
      processingBaseline: want('s2:processing_baseline'),
      productType: want('s2:product_type'),
      datatake: want('s2:datatake_id'),
      projCode: want('proj:code') ?? product.properties['projCode'],
      gridCode: want('grid:code'),
      processed: new Date(String(want('s2:generation_time'))),
      instrumentMode: want('s2:datatake_type'),
    });
    const numbers = { cloudCover: 'eo:cloud_cover', sunAzimuth: 'view:sun_azimuth', sunElevation: 'view:sun_elevation', incidenceAngle: 'view:incidence_angle' }; // prettier-ignore
    for (const [queryable, name] of Object.entries(numbers)) {
      const value = want(name);
      if (typeof value === 'number') expect([name, product.properties[queryable]]).toEqual([name, expect.closeTo(value, 4)]);
    } // prettier-ignore
    for (const [name, value] of Object.entries(item.properties)) {
      if (!name.startsWith('s2:') || name === 's2:product_uri') continue;
      if (typeof value === 'number') expect([name, product.extra[name]]).toEqual([name, expect.closeTo(value, 4)]);
      else if (name.endsWith('_time')) expect(new Date(String(product.extra[name]))).toEqual(new Date(String(value)));
      else expect([name, product.extra[name]]).toEqual([name, value]);
    } // prettier-ignore
    expect(files.length).toBeGreaterThan(10);
    expect(product.scene?.version).toMatch(/^\d\d\.\d\d\/\d{8}T\d{6}$/);
  });
});

describe.each(there ? [1] : [])('describeProduct, real products', () => {
  it('Sentinel-2 Level-1C of baseline 04.00: offsets, files, drawing', () => {
    const { product, files, browse } = described(
      `${SAFE}/S2/stars-L1C/S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM_20220125T190036.SAFE`,
    );
    expect(product).toMatchObject({
      collection: 'sentinel-2-l1c',
      id: 'S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM_20220125T190036',
      scene: { id: 'S2A_MSIL1C_20220125T151701_R125_T18LTM', version: '04.00/20220125T190036' },
      properties: { absoluteOrbit: 34442, relativeOrbit: 125, tile: '18LTM', projCode: 'EPSG:32718', cloudCover: 15.2616929084983 },
      extra: { 's2:radiometric_offsets': Array(13).fill(-1000), 'proj:bbox': [199980, 8590240, 309780, 8700040], 'proj:shape': [10980, 10980] },
    }); // prettier-ignore
    expect(files).toContainEqual({
      path: 'MTD_MSIL1C.xml',
      id: 'S2_Level-1C_Product_Metadata',
      size: 45882,
      mediaType: 'text/xml',
      digest: { algorithm: 'sha3-256', value: '495b689868a1ac220848ea5529c979e9e16fed3699ae80c2fbd6b8cf8228d865' },
    });
    const [first, second] = browse;
    expect(first).toEqual({
      kind: 'jp2-rgb',
      file: 'GRANULE/L1C_T18LTM_A034442_20220125T152341/IMG_DATA/T18LTM_20220125T151701_TCI.jp2',
      grid: { crs: 'EPSG:32718', origin: [199980, 8700040], pixelSize: [10, 10] },
    });
    expect(second).toMatchObject({ kind: 'jp2-bands', offset: -1000, max: 3558 });
    expect(browse.at(-1)).toMatchObject({ kind: 'jp2-grey', grid: { pixelSize: [60, 60] } });
  });

  it('a Sentinel-2 tree without manifest, and one of the old kind with several tiles', () => {
    const eodag = described(`${SAFE}/S2/eodag/S2A_MSIL1C_20180101T105441_N0206_R051_T31TDH_20180101T124911`);
    expect(eodag.product).toMatchObject({ collection: 'sentinel-2-l1c', properties: { processingBaseline: '02.06' } });
    expect(eodag.files).toEqual([]);
    expect(eodag.browse).toMatchObject([{ kind: 'jp2-grey' }]);
  });

  it('Sentinel-1 IW GRDH', () => {
    const folder = `${SAFE}/S1/stactools/grd/S1A_IW_GRDH_1SDV_20210809T173953_20210809T174018_039156_049F13_6FF8.SAFE`;
    const { product, files, browse } = described(folder);
    expect(product).toMatchObject({
      collection: 'sentinel-1-grd',
      acquiredFrom: new Date('2021-08-09T17:39:53.153Z'),
      acquiredTo: new Date('2021-08-09T17:40:18.152Z'),
      geometry: { type: 'Polygon' },
      properties: {
        platform: 'sentinel-1a', instrumentMode: 'IW', swath: 'IW', polarisations: ['VV', 'VH'], orbitDirection: 'ascending',
        absoluteOrbit: 39156, relativeOrbit: 59, cycle: 238, timeliness: 'NRT-3h', datatake: '302867', sliceNumber: 7, processingBaseline: '003.31',
      },
      extra: { 's1:product_class': 'S', 's1:total_slices': 20, 'processing:software': { 'Sentinel-1 IPF': '003.31' } },
      scene: { id: 'S1A_IW_GRDH_1SDV_20210809T173953_20210809T174018_039156_049F13', version: '003.31/2021-08-09T20:19:58.000Z' },
    }); // prettier-ignore
    expect(boundingBoxOf(product.geometry!)).toEqual([1.512143, 44.536255, 5.188996, 46.436539]);
    expect(product.properties['incidenceAngleMin']).toBeCloseTo(30.47, 1);
    expect(product.properties['incidenceAngle']).toBeCloseTo(38.97, 1);
    expect(files).toHaveLength(11);
    expect(browse.map((plan) => 'file' in plan && plan.file.split('-')[3])).toEqual(['vv', 'vh']);
  });

  it('Sentinel-1C stripmap, with the corners of its quick-look', () => {
    const folder = `${SAFE}/S1/stactools/grd/S1C_S4_GRDH_1SDH_20250118T171404_20250118T171421_000638_000538_4B8B.SAFE`;
    const { product, browse } = described(folder);
    expect(product.properties).toMatchObject({ instrumentMode: 'SM', swath: 'S4', relativeOrbit: 15, polarisations: ['HH', 'HV'], timeliness: 'Fast-24h' }); // prettier-ignore
    expect(browse.map(({ kind }) => kind)).toEqual(['gcp-tiff', 'gcp-tiff', 'picture']);
    expect(browse[2]).toMatchObject({ corners: [[8.694749, 45.158257], [9.708185, 45.286346], [9.473117, 46.32309], [8.441154, 46.195118]] }); // prettier-ignore
  });

  it('an intermediate Sentinel-1 product is nobody’s', () => {
    const folder = `${SAFE}/S1/stactools/slc/S1A_IW_SL1__1_SH_20141031T095929_20141031T100002_003072_003842_91FC.SAFE`;
    expect(() => described(folder)).toThrow('No collection takes products of type IW_SL1__1_.');
  });

  it.each([
    ['S3A_OL_1_EFR____20211021T073827_20211021T074112_20211021T091357_0164_077_334_4320_LN1_O_NR_002.SEN3', 'sentinel-3-olci-1-efr', { absoluteOrbit: 29567, relativeOrbit: 334, cycle: 77, timeliness: 'NR', orbitDirection: 'descending', processingBaseline: '002' }, 'Oa08_radiance'],
    ['S3A_SL_2_LST____20210510T002955_20210510T003255_20210511T101010_0179_071_301_5760_LN2_O_NT_004.SEN3', 'sentinel-3-slstr-2-lst', { cloudCover: 57.378222, orbitDirection: 'ascending', timeliness: 'NT' }, 'LST'],
    ['S3A_SR_2_LAN____20210611T011438_20210611T012436_20210611T024819_0598_072_373______LN3_O_NR_004.SEN3', 'sentinel-3-sral-2-lan', { instrument: 'sral', sensorType: 'ALTIMETRIC' }, undefined],
    ['S3A_SY_2_SYN____20210325T005418_20210325T005718_20210325T142858_0180_070_031_1620_LN2_O_ST_002.SEN3', 'sentinel-3-synergy-2-syn', { instrument: 'synergy', timeliness: 'ST' }, 'SDR_Oa08'],
  ])('%s', (name, collection, properties, variable) => {
    const { product, files, browse } = described(`${SAFE}/S3/${name}`);
    expect(product).toMatchObject({ collection, id: name.replace('.SEN3', ''), properties });
    expect(product.geometry?.type).toMatch(/Polygon/);
    expect(files.every(({ digest }) => digest?.algorithm === 'md5')).toBe(true);
    expect(browse.map((plan) => plan.kind === 'swath' && plan.variable)).toEqual(variable === undefined ? [] : [variable]);
  }); // prettier-ignore
});
