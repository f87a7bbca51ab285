import type { Product } from '#domain/product/product.js';
import type { Collection } from '#domain/collection/collection.js';

/** A complete Sentinel-2 L1C product, online, with deliverable, browse image, quick-look and a newer processing. */
export const SENTINEL_2: Product = {
  uuid: 'b5a2c1d8-1f8e-5c65-9a0b-3c1b7f5b9c11',
  collection: 'sentinel-2-l1c',
  id: 'S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM_20220125T190036',
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [-77.7, -12.7],
        [-76.7, -12.7],
        [-76.7, -11.7],
        [-77.7, -11.7],
        [-77.7, -12.7],
      ],
    ],
  },
  acquiredFrom: new Date('2022-01-25T15:17:01.024Z'),
  acquiredTo: new Date('2022-01-25T15:17:01.024Z'),
  properties: {
    platform: 'sentinel-2a',
    constellation: 'sentinel-2',
    instrument: 'msi',
    sensorType: 'OPTICAL',
    productType: 'S2MSI1C',
    processingLevel: 'L1C',
    processingBaseline: '04.00',
    processed: new Date('2022-01-25T19:00:36Z'),
    acquisitionType: 'NOMINAL',
    cloudCover: 23.5,
    sunElevation: 61.2,
    sunAzimuth: 118.4,
    orbitDirection: 'descending',
    absoluteOrbit: 34445,
    relativeOrbit: 125,
    instrumentMode: 'INS-NOBS',
    projCode: 'EPSG:32718',
    gridCode: 'MGRS-18LTM',
    tile: '18LTM',
    datatake: 'GS2A_20220125T151701_034445_N04.00',
    resolution: 10,
  },
  extra: { 'eopf:origin_datetime': '2022-01-25T21:00:00Z' },
  assets: {
    browse: {
      location: { key: 'browse/18LTM.tif' },
      title: 'True colour',
      mediaType: 'image/tiff; application=geotiff; profile=cloud-optimized',
      roles: ['visual', 'overview'],
      fields: {
        'proj:code': 'EPSG:32718',
        'proj:shape': [1098, 1098],
        'proj:transform': [100, 0, 199980, 0, -100, 8700040, 0, 0, 1],
      },
    },
    quicklook: { location: { key: 'quicklook/18LTM.jpg' }, mediaType: 'image/jpeg', roles: ['thumbnail'] },
    B01: {
      location: { key: 'products/18LTM.zip', offset: 4096, length: 1234 },
      mediaType: 'image/jp2',
      roles: ['data'],
      size: 1234,
    },
  },
  online: 'online',
  content: {
    key: 'products/18LTM.zip',
    fileName: 'S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM_20220125T190036.SAFE.zip',
    mediaType: 'application/zip',
    size: 768_614_400,
    digests: [
      { algorithm: 'md5', value: '9e107d9d372bb6826bd81d3542a419d6' },
      { algorithm: 'sha-256', value: 'd7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592' },
    ],
  },
  scene: { id: 'S2A_MSIL1C_20220125T151701_R125_T18LTM', version: '04.00/20220125T190036' },
  successor: 'S2A_MSIL1C_20220125T151701_N0510_R125_T18LTM_20240501T101010',
  published: new Date('2022-01-25T20:00:00Z'),
  updated: new Date('2024-05-01T12:00:00Z'),
};

/** A Sentinel-1 GRD across the antimeridian, in the long-term archive only. */
export const SENTINEL_1: Product = {
  uuid: '0d6c6f7e-2f63-5f0b-8f57-2d4d1c6f8a52',
  collection: 'sentinel-1-grd',
  id: 'S1A_IW_GRDH_1SDV_20240301T061500_20240301T061525_052789_0663AB_1F2E',
  geometry: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [178, -17],
          [180, -17],
          [180, -15],
          [178, -15],
          [178, -17],
        ],
      ],
      [
        [
          [-180, -17],
          [-179, -17],
          [-179, -15],
          [-180, -15],
          [-180, -17],
        ],
      ],
    ],
  },
  acquiredFrom: new Date('2024-03-01T06:15:00Z'),
  acquiredTo: new Date('2024-03-01T06:15:25Z'),
  properties: {
    platform: 'sentinel-1a',
    constellation: 'sentinel-1',
    instrument: 'c-sar',
    sensorType: 'RADAR',
    productType: 'IW_GRDH_1S',
    processingLevel: 'L1',
    timeliness: 'Fast-24h',
    orbitDirection: 'ascending',
    absoluteOrbit: 52789,
    relativeOrbit: 117,
    instrumentMode: 'IW',
    swath: 'IW',
    polarisations: ['VV', 'VH'],
    frequencyBand: 'C',
  },
  extra: {},
  assets: {},
  online: 'offline',
  published: new Date('2024-03-01T09:00:00Z'),
  updated: new Date('2024-03-01T09:00:00Z'),
};

/** The collection of {@link SENTINEL_2}. */
export const SENTINEL_2_L1C: Collection = {
  id: 'sentinel-2-l1c',
  shortName: 'S2_MSI_L1C',
  title: 'Sentinel-2 MSI Level-1C',
  description: 'Top-of-atmosphere reflectances in cartographic geometry.',
  keywords: ['Sentinel-2', 'MSI', 'reflectance'],
  mission: 'Sentinel-2',
  platforms: ['sentinel-2a', 'sentinel-2b', 'sentinel-2c'],
  instrument: 'msi',
  sensorType: 'OPTICAL',
  processingLevel: 'L1C',
  productTypes: ['S2MSI1C'],
  resolution: 10,
  temporalStart: '2015-07-04',
  bbox: [-180, -84, 180, 84],
  license: {
    id: 'copernicus-sentinel',
    title: 'Copernicus Sentinel data legal notice',
    url: 'https://sentinels.copernicus.eu/documents/247904/690755/Sentinel_Data_Legal_Notice',
  },
  provider: { name: 'European Union, ESA', url: 'https://www.copernicus.eu' },
  inspire: {
    topicCategory: 'imageryBaseMapsEarthCover',
    themes: ['Orthoimagery'],
    lineage: 'Processed from Level-1B.',
    accessConstraints: 'No limitations on public access.',
    useConditions: 'Free, full and open.',
    specificationTitle: 'Commission Regulation (EU) No 1089/2010',
    specificationDate: '2010-12-08',
  },
};

/** The given number of Sentinel-2 products, a day apart, each a tile further east; names and uuids follow from the number. */
export function manyProducts(count: number): readonly Product[] {
  return Array.from({ length: count }, (_, index) => {
    const acquired = new Date(Date.UTC(2024, 0, 1 + index, 10, 20, 31));
    const west = 6 + (index % 8);
    const tile = `32U${String.fromCharCode(65 + (index % 8))}C`;
    const stamp = acquired.toISOString().replace(/[-:]|\.\d+Z/g, '');
    return {
      ...SENTINEL_2,
      uuid: `00000000-0000-5000-8000-${String(index).padStart(12, '0')}`,
      id: `S2B_MSIL1C_${stamp}_N0510_R065_T${tile}_${stamp}`,
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [west, 48],
            [west + 1, 48],
            [west + 1, 49],
            [west, 49],
            [west, 48],
          ],
        ],
      },
      acquiredFrom: acquired,
      acquiredTo: acquired,
      properties: { ...SENTINEL_2.properties, platform: 'sentinel-2b', cloudCover: index % 100, tile },
      scene: { id: `S2B_MSIL1C_${stamp}_R065_T${tile}`, version: `05.10/${stamp}` },
      content: { ...SENTINEL_2.content!, fileName: `S2B_MSIL1C_${stamp}_N0510_R065_T${tile}_${stamp}.SAFE.zip` },
    };
  });
}
