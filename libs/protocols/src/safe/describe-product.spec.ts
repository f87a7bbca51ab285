import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { InvalidError } from '#domain/errors.js';
import { boundingBoxOf } from '#domain/geometry/bounding-box.js';
import { isSimple } from '#domain/geometry/self-intersection.js';
import { describeProduct } from './describe-product.js';
import { metadataPathsOf } from './metadata-paths.js';
import type { ProductDescription, ProductInput } from './product-description.js';

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

/** Every field the item has is ours too: numbers to four places, times to the millisecond. */
function expectFields(
  ours: Readonly<Record<string, unknown>>,
  item: ExpectedItem,
  names: Record<string, string>,
): void {
  const plain = (value: unknown, name: string): unknown =>
    typeof value === 'number' ? value.toFixed(4) : name.endsWith('_time') ? new Date(String(value)) : value;
  const given = Object.entries(names).filter(([, name]) => item.properties[name] !== undefined);
  const table = (value: (ourName: string, name: string) => unknown) =>
    Object.fromEntries(given.map(([ourName, name]) => [name, plain(value(ourName, name), name)]));
  expect(table((ourName) => ours[ourName])).toEqual(table((_, name) => item.properties[name]));
}

const STACTOOLS = `${SAFE}/S2/stactools`;
const expected = there
  ? readdirSync(STACTOOLS).filter((folder) => {
      const files = readdirSync(join(STACTOOLS, folder));
      return files.includes('expected_output.json') && files.includes('manifest.safe');
    })
  : ['expected_output.json'];

describe('describeProduct, Sentinel-2 trees against the items stactools makes of them', () => {
  (there ? it : it.skip).each(expected)('%s', (folder) => {
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
    expectFields(product.properties, item, {
      cloudCover: 'eo:cloud_cover',
      sunAzimuth: 'view:sun_azimuth',
      sunElevation: 'view:sun_elevation',
      incidenceAngle: 'view:incidence_angle',
    });
    const own = Object.keys(item.properties).filter((name) => name.startsWith('s2:') && name !== 's2:product_uri');
    expectFields(product.extra, item, Object.fromEntries(own.map((name) => [name, name])));
    expect(files.length).toBeGreaterThan(10);
    expect(product.scene?.version).toMatch(/^\d\d\.\d\d\/\d{8}T\d{6}$/);
  });
});

(there ? describe : describe.skip)('describeProduct, real products', () => {
  it('Sentinel-2 Level-1C of baseline 04.00: offsets, files, drawing', () => {
    const { product, files, browse } = described(
      `${SAFE}/S2/stars-L1C/S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM_20220125T190036.SAFE`,
    );
    expect(product).toMatchObject({
      collection: 'sentinel-2-l1c',
      id: 'S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM_20220125T190036',
      scene: { id: 'S2A_MSIL1C_20220125T151701_R125_T18LTM', version: '04.00/20220125T190036' },
      properties: { absoluteOrbit: 34442, relativeOrbit: 125, tile: '18LTM', projCode: 'EPSG:32718', cloudCover: 15.2616929084983 },
      extra: { 'safe:radiometric_offsets': Array(13).fill(-1000), 'proj:bbox': [199980, 8590240, 309780, 8700040], 'proj:shape': [10980, 10980] },
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

  it('a Sentinel-2 tree without manifest, with one band only', () => {
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
    expect(browse.map(({ kind }) => kind)).toEqual(['sar', 'gcp-tiff', 'gcp-tiff']);
    expect(browse.map((plan) => 'file' in plan && plan.file.split('-')[3])).toEqual([false, 'vv', 'vh']);
    const [sar] = browse;
    const images = sar?.kind === 'sar' ? sar.images : [];
    expect(images.map(({ name, file, calibration }) => [name, file.split('-')[3], calibration.vectors.length])).toEqual(
      [
        ['VV', 'vv', 27],
        ['VH', 'vh', 27],
      ],
    );
    expect(images[0]!.calibration.vectors[1]).toMatchObject({ line: 667 });
    expect(images[0]!.calibration.vectors[0]!.pixels.slice(0, 3)).toEqual([0, 40, 80]);
    expect(images[0]!.calibration.vectors[0]!.factors.slice(0, 2)).toEqual([662.8682, 662.5948]); // prettier-ignore
  });

  it('Sentinel-1C stripmap, with the corners of its quick-look', () => {
    const folder = `${SAFE}/S1/stactools/grd/S1C_S4_GRDH_1SDH_20250118T171404_20250118T171421_000638_000538_4B8B.SAFE`;
    const { product, browse } = described(folder);
    expect(product.properties).toMatchObject({ instrumentMode: 'SM', swath: 'S4', relativeOrbit: 15, polarisations: ['HH', 'HV'], timeliness: 'Fast-24h' }); // prettier-ignore
    expect(browse.map(({ kind }) => kind)).toEqual(['sar', 'gcp-tiff', 'gcp-tiff', 'picture']);
    expect(browse[3]).toMatchObject({ corners: [[8.694749, 45.158257], [9.708185, 45.286346], [9.473117, 46.32309], [8.441154, 46.195118]] }); // prettier-ignore
  });

  it('an intermediate Sentinel-1 product is nobody’s', () => {
    const folder = `${SAFE}/S1/stactools/slc/S1A_IW_SL1__1_SH_20141031T095929_20141031T100002_003072_003842_91FC.SAFE`;
    expect(() => described(folder)).toThrow('No collection takes products of type IW_SL1__1_.');
  });

  it.each([
    ['S3A_OL_1_EFR____20211021T073827_20211021T074112_20211021T091357_0164_077_334_4320_LN1_O_NR_002.SEN3', 'sentinel-3-olci-1-efr', { absoluteOrbit: 29567, relativeOrbit: 334, cycle: 77, timeliness: 'NR', orbitDirection: 'descending', processingBaseline: '002' }, ['Oa08_radiance: B04 B06 B08 B10 B11 B12 B17', 'Oa08_radiance: ']],
    ['S3A_SL_2_LST____20210510T002955_20210510T003255_20210511T101010_0179_071_301_5760_LN2_O_NT_004.SEN3', 'sentinel-3-slstr-2-lst', { cloudCover: 57.378222, orbitDirection: 'ascending', timeliness: 'NT' }, ['LST: LST', 'LST: ']],
    ['S3A_SR_2_LAN____20210611T011438_20210611T012436_20210611T024819_0598_072_373______LN3_O_NR_004.SEN3', 'sentinel-3-sral-2-lan', { instrument: 'sral', sensorType: 'ALTIMETRIC' }, []],
    ['S3A_SY_2_SYN____20210325T005418_20210325T005718_20210325T142858_0180_070_031_1620_LN2_O_ST_002.SEN3', 'sentinel-3-synergy-2-syn', { instrument: 'synergy', timeliness: 'ST' }, ['SDR_Oa08: SDR_Oa08', 'SDR_Oa08: ']],
  ])('%s', (name, collection, properties, plans) => {
    const { product, files, browse } = described(`${SAFE}/S3/${name}`);
    expect(product).toMatchObject({ collection, id: name.replace('.SEN3', ''), properties });
    expect(product.geometry?.type).toMatch(/Polygon/);
    expect(files.every(({ digest }) => digest?.algorithm === 'md5')).toBe(true);
    const told = browse.map((plan) => plan.kind === 'swath' && `${plan.variable}: ${(plan.values ?? []).map((band) => band.name).join(' ')}`);
    expect(told).toEqual(plans);
  }); // prettier-ignore
});

describe('describeProduct, Sentinel-5P', () => {
  const name = 'S5P_OFFL_L2__NO2____20200303T013547_20200303T031717_12367_01_010302_20200306T053815';
  const exterior = 'METADATA/EOP_METADATA/om:featureOfInterest/eop:multiExtentOf/gml:surfaceMembers/gml:exterior';
  const root = { id: name, platform: 'S5P', time_coverage_start: '2020-03-03T01:57:22Z', time_coverage_end: '2020-03-03T02:55:45Z', orbit: 12367, spatial_resolution: '7x3.5km2' }; // prettier-ignore
  // Half an orbit along 180°, from beyond one pole to beyond the other.
  const posList = '0 169 88 90 87 0 88 -90 0 -169 -88 -90 -87 0 -88 90 0 169';
  const of = (netcdf: NonNullable<ProductInput['netcdf']>) =>
    describeProduct({ name: `${name}.nc`, paths: [`${name}.nc`], metadata: new Map(), netcdf });

  it('takes times, orbit and an orbit-long footprint over both poles', () => {
    const { product, browse } = of({ '': root, [exterior]: { 'gml:posList': posList } });
    expect(product).toMatchObject({
      collection: 'sentinel-5p-l2-no2',
      id: name,
      acquiredFrom: new Date('2020-03-03T01:57:22Z'),
      acquiredTo: new Date('2020-03-03T02:55:45Z'),
      properties: { absoluteOrbit: 12367, timeliness: 'OFFL', instrument: 'tropomi', resolution: 3500 },
    });
    expect(boundingBoxOf(product.geometry!)).toEqual([-180, -90, 180, 90]);
    const variable = 'PRODUCT/nitrogendioxide_tropospheric_column';
    const values = [{ name: 'NO2', variable, quality: { variable: 'PRODUCT/qa_value', least: 0.75 } }];
    expect(browse).toMatchObject([
      { kind: 'swath', variable, values },
      { kind: 'swath', variable },
    ]);
  });

  it.each([
    ['attributes of something else', { '': { platform: 'Aura', sensor: 'OMI' } }, 'from Sentinel-5P'],
    ['a file under another name', { '': { ...root, id: name.replace('NO2', 'CO_') } }, 'says of itself'],
  ])('refuses %s', (_, netcdf, message) => {
    expect(() => of(netcdf)).toThrow(message);
  });

  it('refuses a file that is no NetCDF', () => {
    expect(() => describeProduct({ name: `${name}.nc`, paths: [], metadata: new Map() })).toThrow('NetCDF file');
  });
});

describe('describeProduct, broken input', () => {
  const names = {
    s1: 'S1A_IW_GRDH_1SDV_20210809T173953_20210809T174018_039156_049F13_6FF8.SAFE',
    s2: 'S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM_20220125T190036.SAFE',
    s3: 'S3A_OL_1_EFR____20211021T073827_20211021T074112_20211021T091357_0164_077_334_4320_LN1_O_NR_002.SEN3',
  };
  const metadata = (path: string, text: string) => new Map([[path, text]]);

  it.each([
    ['a name nobody knows', 'holiday.zip', new Map(), 'is not the name of a Sentinel'],
    ['Sentinel-1 without manifest', names.s1, new Map(), 'no manifest.safe'],
    ['Sentinel-2 without product metadata', names.s2, new Map(), 'no MTD_MSIL1C.xml'],
    ['Sentinel-3 without manifest', names.s3, new Map(), 'no xfdumanifest.xml'],
    ['another document', names.s2, metadata('MTD_MSIL1C.xml', '<html/>'), 'not a Sentinel-2 user product'],
    ['a truncated document', names.s2, metadata('MTD_MSIL1C.xml', '<a><b>'), 'cannot be read'],
    ['a tile without a place', names.s2, new Map([['MTD_MSIL1C.xml', '<Level-1C_User_Product/>'], ['GRANULE/x/MTD_TL.xml', '<Level-1C_Tile_ID/>']]), 'which UTM zone'],
    ['an end before the beginning', names.s2, metadata('MTD_MSIL1C.xml', '<Level-1C_User_Product><PRODUCT_START_TIME>2022-01-02T00:00:00Z</PRODUCT_START_TIME><PRODUCT_STOP_TIME>2022-01-01T00:00:00Z</PRODUCT_STOP_TIME></Level-1C_User_Product>'), 'before it begins'],
  ])('%s is refused', (_, name, files, message) => {
    expect(() => describeProduct({ name, paths: [], metadata: files })).toThrow(InvalidError);
    expect(() => describeProduct({ name, paths: [], metadata: files })).toThrow(message);
  }); // prettier-ignore
});
