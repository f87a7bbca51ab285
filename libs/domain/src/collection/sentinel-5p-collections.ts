import type { Collection } from './collection.js';
import { ESA, SENTINEL_LICENSE, sentinelInspire, WORLD } from './copernicus-terms.js';

type Row = readonly [productType: string, resolution: number, title: string];

const ROWS: readonly Row[] = [
  ['L1B_RA_BD1', 5500, 'Radiance, band 1 (UV 270-300 nm)'],
  ['L1B_RA_BD2', 5500, 'Radiance, band 2 (UV 300-320 nm)'],
  ['L1B_RA_BD3', 3500, 'Radiance, band 3 (UVIS 320-405 nm)'],
  ['L1B_RA_BD4', 3500, 'Radiance, band 4 (UVIS 405-500 nm)'],
  ['L1B_RA_BD5', 3500, 'Radiance, band 5 (NIR 675-725 nm)'],
  ['L1B_RA_BD6', 3500, 'Radiance, band 6 (NIR 725-775 nm)'],
  ['L1B_RA_BD7', 5500, 'Radiance, band 7 (SWIR 2305-2345 nm)'],
  ['L1B_RA_BD8', 5500, 'Radiance, band 8 (SWIR 2345-2385 nm)'],
  ['L1B_IR_UVN', 3500, 'Solar irradiance, UV to NIR'],
  ['L1B_IR_SIR', 5500, 'Solar irradiance, SWIR'],
  ['L2__NO2___', 3500, 'Nitrogen dioxide (NO2), total and tropospheric column'],
  ['L2__O3____', 3500, 'Ozone (O3) total column'],
  ['L2__O3__PR', 28000, 'Ozone (O3) profile'],
  ['L2__O3_TCL', 28000, 'Ozone (O3) tropospheric column'],
  ['L2__CO____', 5500, 'Carbon monoxide (CO) total column'],
  ['L2__CH4___', 5500, 'Methane (CH4) total column'],
  ['L2__HCHO__', 3500, 'Formaldehyde (HCHO) total column'],
  ['L2__SO2___', 3500, 'Sulphur dioxide (SO2) total column'],
  ['L2__AER_AI', 3500, 'UV aerosol index'],
  ['L2__AER_LH', 3500, 'Aerosol layer height'],
  ['L2__CLOUD_', 3500, 'Cloud fraction, albedo and top pressure'],
  ['L2__NP_BD3', 3500, 'Suomi-NPP VIIRS clouds in band 3'],
  ['L2__NP_BD6', 3500, 'Suomi-NPP VIIRS clouds in band 6'],
  ['L2__NP_BD7', 5500, 'Suomi-NPP VIIRS clouds in band 7'],
];

/** Sentinel-5P TROPOMI: Levels 1b and 2. */
export const SENTINEL_5P_COLLECTIONS: readonly Collection[] = ROWS.map(collection);

function collection([productType, resolution, title]: Row): Collection {
  const level = productType.startsWith('L1B') ? 'L1B' : 'L2';
  const words = productType.slice(4).split('_').filter(Boolean);
  return {
    id: ['sentinel-5p', level, ...words].join('-').toLowerCase(),
    shortName: ['S5P', 'TROPOMI', level, ...words].join('_'),
    title: `Sentinel-5P TROPOMI ${level} ${title}`,
    description: `${title}, from the TROPOMI spectrometer of the Sentinel-5 Precursor satellite; one product per orbit, or per five minutes in near real time.`,
    keywords: ['Copernicus', 'ESA', 'Sentinel', 'Sentinel-5P', 'TROPOMI', 'atmosphere', 'air quality', level, ...words],
    mission: 'Sentinel-5P',
    platforms: ['sentinel-5p'],
    instrument: 'tropomi',
    sensorType: 'ATMOSPHERIC',
    processingLevel: level,
    productTypes: [productType],
    resolution,
    temporalStart: '2018-04-30',
    bbox: WORLD,
    license: SENTINEL_LICENSE,
    provider: ESA,
    inspire: sentinelInspire(
      'climatologyMeteorologyAtmosphere',
      ['Atmospheric conditions'],
      `Measured by the TROPOspheric Monitoring Instrument of Sentinel-5P and processed to ${level} (${productType}) by the payload data ground segment at DLR.`,
    ),
  };
}
