import type { Collection } from './collection.js';
import { ESA, SENTINEL_LICENSE, sentinelInspire } from './copernicus-terms.js';

type Row = readonly [level: string, types: readonly string[], start: string, title: string, description: string];

const ROWS: readonly Row[] = [
  [
    'L1C',
    ['S2MSI1C'],
    '2015-06-27',
    'Top-of-atmosphere reflectance',
    'Ortho-rectified top-of-atmosphere reflectance in 13 bands (10, 20 and 60 m) in UTM/WGS 84 tiles of 110 km by 110 km, with cloud and quality masks.',
  ],
  [
    'L2A',
    ['S2MSI2A', 'S2MSI2Ap'],
    '2015-07-04',
    'Surface reflectance',
    'Ortho-rectified, atmospherically corrected surface reflectance in 12 bands (10, 20 and 60 m) with scene classification, aerosol optical thickness and water vapour maps.',
  ],
];

/** Sentinel-2 Multi-Spectral Instrument: Levels 1C and 2A. */
export const SENTINEL_2_COLLECTIONS: readonly Collection[] = ROWS.map(
  ([level, productTypes, temporalStart, title, description]) => ({
    id: `sentinel-2-${level.toLowerCase()}`,
    shortName: `S2_MSI_${level}`,
    title: `Sentinel-2 MSI ${level} ${title}`,
    description,
    keywords: ['Copernicus', 'ESA', 'Sentinel', 'Sentinel-2', 'MSI', 'multispectral', 'reflectance', 'land', level],
    mission: 'Sentinel-2',
    platforms: ['sentinel-2a', 'sentinel-2b', 'sentinel-2c'],
    instrument: 'msi',
    sensorType: 'OPTICAL',
    processingLevel: level,
    productTypes,
    resolution: 10,
    temporalStart,
    bbox: [-180, -83, 180, 84],
    license: SENTINEL_LICENSE,
    provider: ESA,
    inspire: sentinelInspire(
      'imageryBaseMapsEarthCover',
      ['Orthoimagery', 'Land cover'],
      level === 'L1C'
        ? 'Acquired by the Multi-Spectral Instrument of the Sentinel-2 satellites; radiometrically corrected and ortho-rectified with the Copernicus DEM by the Sentinel-2 Level-1C processor.'
        : 'Made from Sentinel-2 Level-1C products by the Sen2Cor atmospheric correction processor with the Copernicus DEM and CAMS auxiliary data.',
    ),
  }),
);
