import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import { parseProductName, stripExtensions } from './parse-product-name.js';

describe('parseProductName', () => {
  it.each([
    [
      'S1A_IW_GRDH_1SDV_20210809T173953_20210809T174018_039156_049F13_6FF8',
      { productType: 'IW_GRDH_1S', processingLevel: 'L1', relativeOrbit: 59, polarisations: ['VV', 'VH'], polarisationMode: 'D', datatake: '302867' },
    ],
    [
      'S1A_IW_GRDH_1SDV_20240301T061500_20240301T061525_052789_0663AB_1F2E_COG',
      { productType: 'IW_GRDH_1S-COG', platform: 'sentinel-1a', absoluteOrbit: 52789 },
    ],
    [
      'S1C_S4_GRDH_1SDH_20250118T171404_20250118T171421_000638_000538_4B8B',
      { instrumentMode: 'SM', swath: 'S4', platform: 'sentinel-1c', polarisations: ['HH', 'HV'] },
    ],
    [
      'S1B_WV_OCN__2SSV_20200606T060612_20200606T060637_021909_029944_0FCC',
      { productType: 'WV_OCN__2S', processingLevel: 'L2', relativeOrbit: 8, polarisationMode: 'S' },
    ],
    [
      'S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM_20220125T190036',
      { productType: 'S2MSI1C', processingLevel: 'L1C', processingBaseline: '04.00', tile: '18LTM', gridCode: 'MGRS-18LTM', projCode: 'EPSG:32718' },
    ],
    [
      'S2C_MSIL2A_20250820T101041_N0511_R022_T32UPU_20250820T152211',
      { platform: 'sentinel-2c', productType: 'S2MSI2A', projCode: 'EPSG:32632', relativeOrbit: 22 },
    ],
    [
      'S2A_OPER_PRD_MSIL1C_PDMC_20160101T123456_R022_V20160101T101112_20160101T101500',
      { productType: 'S2MSI1C', relativeOrbit: 22, processed: new Date('2016-01-01T12:34:56Z') },
    ],
    [
      'S3B_OL_2_WFR____20240510T094013_20240510T094313_20240511T171221_0179_093_036_2160_MAR_O_NT_003',
      { productType: 'OL_2_WFR___', platform: 'sentinel-3b', instrument: 'olci', cycle: 93, relativeOrbit: 36, timeliness: 'NT', processingBaseline: '003' },
    ],
    [
      'S3A_SY_2_V10____20240501T104542_20240511T104542_20240516T120000_EUROPE____________LN2_O_NT_002',
      { productType: 'SY_2_V10___', instrument: 'synergy' },
    ],
    [
      'S5P_OFFL_L2__NO2____20200303T013547_20200303T031717_12367_01_010302_20200306T053815',
      { productType: 'L2__NO2___', processingLevel: 'L2', timeliness: 'OFFL', absoluteOrbit: 12367, processingBaseline: '01.03.02' },
    ],
    [
      'S5P_RPRO_L1B_RA_BD8_20200303T013547_20200303T031717_12367_01_020000_20210306T053815',
      { productType: 'L1B_RA_BD8', processingLevel: 'L1B' },
    ],
  ])('%s', (name, properties) => {
    const parsed = parseProductName(name);
    expect(parsed.name).toBe(name);
    expect(parsed.properties).toMatchObject(properties);
    for (const extension of ['.SAFE', '.SEN3', '.zip', '.nc', '.SAFE.zip', '.SEN3.zip', '.SAFE/'])
      expect(parseProductName(name + extension)).toEqual(parsed);
  }); // prettier-ignore

  it('gives processings of the same scene one id, in the order they are made', () => {
    const scenes = [
      'S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM_20220125T190036',
      'S2A_MSIL1C_20220125T151701_N0500_R125_T18LTM_20230401T010101',
      'S2A_MSIL1C_20220125T151701_N0510_R125_T18LTM_20240501T101010',
    ].map((name) => parseProductName(name).scene);
    expect(new Set(scenes.map(({ id }) => id)).size).toBe(1);
    expect(scenes.map(({ version }) => version)).toEqual(scenes.map(({ version }) => version).toSorted());
    const [near, final] = ['NR', 'NT'].map(
      (timeliness) =>
        parseProductName(
          `S3A_OL_1_EFR____20211021T073827_20211021T074112_20211021T091357_0164_077_334_4320_LN1_O_${timeliness}_002`,
        ).scene,
    );
    expect(final!.id).toBe(near!.id);
    expect(final!.version > near!.version).toBe(true);
  });

  it.each([
    '', 'x', 'S2A_MSIL1C_test.SAFE', 'LC08_L1TP_193024_20200101', 'S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM', '../../etc/passwd',
    'S2A_MSIL1C_20221325T151701_N0400_R125_T18LTM_20220125T190036', 'S2A_MSIL1C_20220231T151701_N0400_R125_T18LTM_20220125T190036',
    `S2A_MSIL1C_${'2'.repeat(10_000)}`, 'S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM_20220125T190036.SAFE\n',
  ])('refuses %j', (name) => {
    expect(() => parseProductName(name)).toThrow(InvalidError);
  }); // prettier-ignore

  it('strips only extensions of products', () => {
    expect(stripExtensions('a.SAFE.zip')).toBe('a');
    expect(stripExtensions('a.b.tif')).toBe('a.b.tif');
  });
});
