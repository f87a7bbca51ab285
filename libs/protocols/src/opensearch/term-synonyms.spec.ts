import { describe, expect, it } from '@jest/globals';
import { synonymFilter } from './term-synonyms.js';

const like = (property: string, pattern: string) => ({ op: 'like', property, pattern, caseInsensitive: true });
const equal = (property: string, value: string) => ({ op: 'eq', property, value, caseInsensitive: true });
const online = (...values: readonly string[]) => ({ op: 'in', property: 'online', values });

describe('the spellings of the field', () => {
  it.each([
    ['platform', 'A', like('platform', '%A')],
    ['platform', '2A', { op: 'eq', property: 'platform', value: 'sentinel-2a' }],
    ['platform', 'S2A', { op: 'eq', property: 'platform', value: 'sentinel-2a' }],
    ['platform', 'Sentinel-2A', { op: 'eq', property: 'platform', value: 'sentinel-2a' }],
    ['platform', 'SENTINEL-1', { op: 'eq', property: 'constellation', value: 'sentinel-1' }],
    ['platform', 'S5P', { op: 'eq', property: 'constellation', value: 'sentinel-5p' }],
    ['platform', 'Landsat-8', undefined],
    ['constellation', 'SENTINEL2', { op: 'eq', property: 'constellation', value: 'sentinel-2' }],
    ['processingLevel', 'LEVEL1C', equal('processingLevel', 'L1C')],
    ['processingLevel', 'Level-2A', equal('processingLevel', 'L2A')],
    ['processingLevel', '1C', equal('processingLevel', 'L1C')],
    ['processingLevel', 'S2MSI2A', equal('processingLevel', 'L2A')],
    ['processingLevel', 'LEVEL-1', equal('processingLevel', 'L1')],
    ['productType', 'S2MSIL1C', equal('productType', 'S2MSI1C')],
    [
      'productType',
      'GRD',
      { op: 'or', args: [like('productType', String.raw`__\_GRD%`), equal('productType', 'GRD')] },
    ],
    ['productType', 'IW_GRDH_1S', undefined],
    ['processingBaseline', '5.1', { op: 'in', property: 'processingBaseline', values: ['5.1', '05.10'] }],
    ['processingBaseline', '05.10', undefined],
    ['polarisationMode', 'DUAL', { op: 'eq', property: 'polarisationMode', value: 'D' }],
    ['polarisationMode', 'D', undefined],
    ['cloudCover', 'S2A', undefined],
  ])('%s: %s', (property, text, filter) => {
    expect(synonymFilter(property, text)).toEqual(filter);
  });

  it.each([
    ['ONLINE', online('online')],
    ['ON-LINE', online('online')],
    ['0', online('online')],
    ['34', online('online')],
    ['disk', online('online')],
    ['OFFLINE', online('offline', 'staging')],
    ['31', online('offline', 'staging')],
    ['tape', online('offline', 'staging')],
    ['staging', online('staging')],
    ['metadata-only', online('metadata-only')],
    ['ARCHIVED', { op: 'constant', value: true }],
    ['ALL', { op: 'constant', value: true }],
    ['PLANNED', online()],
    ['constructor', online()],
  ])('the state %s', (text, filter) => {
    expect(synonymFilter('online', text)).toEqual(filter);
  });
});
