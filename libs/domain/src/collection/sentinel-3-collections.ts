import type { Collection } from './collection.js';
import { ESA, EUMETSAT, SENTINEL_LICENSE, sentinelInspire, WORLD } from './copernicus-terms.js';

interface Source {
  readonly instrument: string;
  readonly shortName: string;
  readonly sensorType: Collection['sensorType'];
  readonly keywords: readonly string[];
  readonly temporalStart: string;
}

const SOURCES: Readonly<Record<string, Source>> = {
  OL: {
    instrument: 'olci',
    shortName: 'OLCI',
    sensorType: 'OPTICAL',
    keywords: ['ocean colour', 'vegetation'],
    temporalStart: '2016-02-29',
  },
  SL: {
    instrument: 'slstr',
    shortName: 'SLSTR',
    sensorType: 'OPTICAL',
    keywords: ['surface temperature', 'thermal infrared'],
    temporalStart: '2016-03-03',
  },
  SR: {
    instrument: 'sral',
    shortName: 'SRAL',
    sensorType: 'ALTIMETRIC',
    keywords: ['altimetry', 'sea surface height'],
    temporalStart: '2016-03-01',
  },
  SY: {
    instrument: 'synergy',
    shortName: 'SYN',
    sensorType: 'OPTICAL',
    keywords: ['OLCI', 'SLSTR', 'vegetation', 'aerosol'],
    temporalStart: '2016-02-29',
  },
};

type Domain = 'base' | 'land' | 'marine' | 'atmosphere';
type Row = readonly [productType: string, domain: Domain, resolution: number, title: string];

const ROWS: readonly Row[] = [
  ['OL_1_EFR___', 'base', 300, 'Top-of-atmosphere radiances, full resolution'],
  ['OL_1_ERR___', 'base', 1200, 'Top-of-atmosphere radiances, reduced resolution'],
  ['OL_2_LFR___', 'land', 300, 'Land and atmosphere geophysical parameters, full resolution'],
  ['OL_2_LRR___', 'land', 1200, 'Land and atmosphere geophysical parameters, reduced resolution'],
  ['OL_2_WFR___', 'marine', 300, 'Water and atmosphere geophysical parameters, full resolution'],
  ['OL_2_WRR___', 'marine', 1200, 'Water and atmosphere geophysical parameters, reduced resolution'],
  ['SL_1_RBT___', 'base', 500, 'Top-of-atmosphere radiances and brightness temperatures'],
  ['SL_2_LST___', 'land', 1000, 'Land surface temperature'],
  ['SL_2_WST___', 'marine', 1000, 'Sea surface temperature (GHRSST L2P)'],
  ['SL_2_FRP___', 'atmosphere', 1000, 'Fire radiative power'],
  ['SL_2_AOD___', 'atmosphere', 9500, 'Aerosol optical depth'],
  ['SR_1_SRA___', 'base', 300, 'Altimeter echoes, LRM and SAR'],
  ['SR_1_SRA_A_', 'base', 300, 'Altimeter bursts, geo-located and uncalibrated (L1A)'],
  ['SR_1_SRA_BS', 'base', 300, 'Altimeter echoes with stack data (L1BS)'],
  ['SR_2_LAN___', 'land', 300, 'Surface height over land'],
  ['SR_2_LAN_HY', 'land', 300, 'Surface height over inland waters (hydrology)'],
  ['SR_2_LAN_SI', 'land', 300, 'Surface height over sea ice'],
  ['SR_2_LAN_LI', 'land', 300, 'Surface height over land ice'],
  ['SR_2_WAT___', 'marine', 300, 'Sea surface height, wave height and wind speed'],
  ['SY_2_SYN___', 'land', 300, 'Surface reflectance and aerosol over land from OLCI and SLSTR'],
  ['SY_2_VGP___', 'land', 1000, 'Top-of-atmosphere reflectance, continuing SPOT VEGETATION P'],
  ['SY_2_VG1___', 'land', 1000, 'Surface reflectance and NDVI of one day, continuing SPOT VEGETATION S1'],
  ['SY_2_V10___', 'land', 1000, 'Surface reflectance and NDVI of ten days, continuing SPOT VEGETATION S10'],
  ['SY_2_AOD___', 'atmosphere', 4500, 'Aerosol optical depth and surface reflectance from OLCI and SLSTR'],
];

const TOPICS: Readonly<Record<Domain, readonly [topicCategory: string, theme: string]>> = {
  base: ['imageryBaseMapsEarthCover', 'Orthoimagery'],
  land: ['imageryBaseMapsEarthCover', 'Land cover'],
  marine: ['oceans', 'Oceanographic geographical features'],
  atmosphere: ['climatologyMeteorologyAtmosphere', 'Atmospheric conditions'],
};

/** Sentinel-3 OLCI, SLSTR, SRAL and SYNERGY: Levels 1 and 2 (PDGS File Naming Convention GMES-S3GS-EUM-SW-SPC-0002 §4). */
export const SENTINEL_3_COLLECTIONS: readonly Collection[] = ROWS.map(collection);

function collection([productType, domain, resolution, title]: Row): Collection {
  const source = SOURCES[productType.slice(0, 2)] as Source;
  const level = `L${productType[3]}`;
  const words = productType.slice(5).split('_').filter(Boolean);
  const [topicCategory, theme] = TOPICS[domain];
  return {
    id: ['sentinel-3', source.instrument, productType[3], ...words].join('-').toLowerCase(),
    shortName: ['S3', source.shortName, level, ...words].join('_'),
    title: `Sentinel-3 ${source.shortName} ${level} ${words.join('_')} ${title}`,
    description: `${title}, from the ${source.instrument.toUpperCase()} measurements of the Sentinel-3 satellites.`,
    keywords: ['Copernicus', 'Sentinel', 'Sentinel-3', source.shortName, level, ...words, ...source.keywords],
    mission: 'Sentinel-3',
    platforms: ['sentinel-3a', 'sentinel-3b'],
    instrument: source.instrument,
    sensorType: source.sensorType,
    processingLevel: level,
    productTypes: [productType],
    resolution,
    temporalStart: source.temporalStart,
    bbox: WORLD,
    license: SENTINEL_LICENSE,
    provider: domain === 'land' ? ESA : EUMETSAT,
    inspire: sentinelInspire(
      topicCategory,
      [theme],
      `Measured by ${source.shortName} on Sentinel-3 and processed to ${level} (${productType}) by the instrument processing facilities of the Sentinel-3 payload data ground segment.`,
    ),
  };
}
