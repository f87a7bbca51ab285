import type { Collection } from './collection.js';
import { ESA, SENTINEL_LICENSE, sentinelInspire, WORLD } from './copernicus-terms.js';

type Row = readonly [type: string, level: string, title: string, resolution: number, description: string];

const ROWS: readonly Row[] = [
  [
    'RAW',
    'L0',
    'Raw SAR data',
    5,
    'Compressed, unfocused SAR source packets with annotation: the start of every further processing.',
  ],
  [
    'SLC',
    'L1',
    'Single Look Complex',
    5,
    'Focused SAR data in slant range with phase and amplitude per sample, geo-referenced by orbit and attitude; for interferometry and polarimetry.',
  ],
  [
    'GRD',
    'L1',
    'Ground Range Detected',
    10,
    'Focused, multi-looked SAR amplitude projected to ground range on an Earth ellipsoid; phase is lost, speckle is reduced.',
  ],
  [
    'OCN',
    'L2',
    'Ocean products',
    1000,
    'Ocean wind field, swell wave spectra and radial surface velocity derived from Level-1 SAR data.',
  ],
];

const MODES: Readonly<Record<string, readonly string[]>> = {
  RAW: ['S3_RAW__0S', 'IW_RAW__0S', 'EW_RAW__0S', 'WV_RAW__0S'],
  SLC: ['S3_SLC__1S', 'IW_SLC__1S', 'EW_SLC__1S', 'WV_SLC__1S'],
  GRD: ['S3_GRDF_1S', 'S3_GRDH_1S', 'S3_GRDM_1S', 'IW_GRDH_1S', 'IW_GRDM_1S', 'EW_GRDH_1S', 'EW_GRDM_1S'],
  OCN: ['S3_OCN__2S', 'IW_OCN__2S', 'EW_OCN__2S', 'WV_OCN__2S'],
};

/** Sentinel-1 C-band SAR: Levels 0 to 2. Product types are the common ones; any beam of the type belongs too. */
export const SENTINEL_1_COLLECTIONS: readonly Collection[] = ROWS.map(
  ([type, level, title, resolution, description]) => ({
    id: `sentinel-1-${type.toLowerCase()}`,
    shortName: `S1_SAR_${level}_${type}`,
    title: `Sentinel-1 C-SAR ${level} ${title} (${type})`,
    description,
    keywords: ['Copernicus', 'ESA', 'Sentinel', 'Sentinel-1', 'C-SAR', 'SAR', 'radar', 'backscatter', level, type],
    mission: 'Sentinel-1',
    platforms: ['sentinel-1a', 'sentinel-1b', 'sentinel-1c', 'sentinel-1d'],
    instrument: 'c-sar',
    sensorType: 'RADAR',
    processingLevel: level,
    productTypes: MODES[type] ?? [],
    resolution,
    temporalStart: '2014-10-03',
    bbox: WORLD,
    license: SENTINEL_LICENSE,
    provider: ESA,
    inspire: sentinelInspire(
      type === 'OCN' ? 'oceans' : 'imageryBaseMapsEarthCover',
      [type === 'OCN' ? 'Oceanographic geographical features' : 'Orthoimagery'],
      `Acquired by the C-band synthetic aperture radar of the Sentinel-1 satellites and processed to ${level} by the Sentinel-1 Instrument Processing Facility (IPF) of the Copernicus ground segment.`,
    ),
  }),
);
