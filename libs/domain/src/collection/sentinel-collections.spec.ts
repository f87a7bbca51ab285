import { describe, expect, it } from '@jest/globals';
import { collectionOfProductType, SENTINEL_COLLECTIONS } from './sentinel-collections.js';

describe('SENTINEL_COLLECTIONS', () => {
  it('has one id and one short name per collection', () => {
    for (const part of ['id', 'shortName', 'title'] as const) {
      const values = SENTINEL_COLLECTIONS.map((collection) => collection[part]);
      expect(new Set(values).size).toBe(values.length);
    }
    expect(SENTINEL_COLLECTIONS.every(({ id }) => /^sentinel-(1|2|3|5p)-[a-z0-9-]+[a-z0-9]$/.test(id))).toBe(true);
  });

  it('finds every collection by each of its product types', () => {
    for (const collection of SENTINEL_COLLECTIONS) {
      expect(collection.productTypes.length).toBeGreaterThan(0);
      for (const type of collection.productTypes) {
        expect(collectionOfProductType(collection.mission.toLowerCase(), type)).toBe(collection);
      }
    }
  });

  it.each([
    ['sentinel-1', 'IW_GRDH_1S', 'sentinel-1-grd', 'S1_SAR_L1_GRD'],
    ['sentinel-1', 'EW_GRDM_1S-COG', 'sentinel-1-grd', 'S1_SAR_L1_GRD'],
    ['sentinel-1', 'S6_SLC__1A', 'sentinel-1-slc', 'S1_SAR_L1_SLC'],
    ['sentinel-1', 'OCN', 'sentinel-1-ocn', 'S1_SAR_L2_OCN'],
    ['sentinel-1', 'WV_RAW__0S', 'sentinel-1-raw', 'S1_SAR_L0_RAW'],
    ['sentinel-2', 'S2MSI1C', 'sentinel-2-l1c', 'S2_MSI_L1C'],
    ['sentinel-2', 'S2MSI2A', 'sentinel-2-l2a', 'S2_MSI_L2A'],
    ['sentinel-3', 'OL_1_EFR___', 'sentinel-3-olci-1-efr', 'S3_OLCI_L1_EFR'],
    ['sentinel-3', 'SR_2_LAN_HY', 'sentinel-3-sral-2-lan-hy', 'S3_SRAL_L2_LAN_HY'],
    ['sentinel-3', 'SY_2_V10___', 'sentinel-3-synergy-2-v10', 'S3_SYN_L2_V10'],
    ['sentinel-5p', 'L2__NO2___', 'sentinel-5p-l2-no2', 'S5P_TROPOMI_L2_NO2'],
    ['sentinel-5p', 'L2__AER_AI', 'sentinel-5p-l2-aer-ai', 'S5P_TROPOMI_L2_AER_AI'],
    ['sentinel-5p', 'L1B_RA_BD1', 'sentinel-5p-l1b-ra-bd1', 'S5P_TROPOMI_L1B_RA_BD1'],
  ])('%s %s is %s (%s)', (mission, type, id, shortName) => {
    expect(collectionOfProductType(mission, type)).toMatchObject({ id, shortName });
  });

  it('knows no collection for types it does not carry, or of another mission', () => {
    expect(collectionOfProductType('sentinel-1', 'AUX_POEORB')).toBeUndefined();
    expect(collectionOfProductType('sentinel-3', 'S2MSI1C')).toBeUndefined();
    expect(collectionOfProductType('sentinel-2', '')).toBeUndefined();
  });
});
