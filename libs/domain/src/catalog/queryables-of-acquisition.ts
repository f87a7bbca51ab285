import type { QueryableRow } from './queryable.js';

/** Orbits. */
export const SATELLITE_QUERYABLES: readonly QueryableRow[] = [
  [
    'orbitDirection',
    'string',
    'Orbit direction',
    {
      stac: 'sat:orbit_state',
      opensearch: 'orbitDirection',
      resto: 'orbitDirection',
      odata: 'orbitDirection',
      dhus: 'orbitdirection',
      dhusAttribute: 'Pass direction',
      csw: 'OrbitDirection',
    },
  ],
  [
    'absoluteOrbit',
    'integer',
    'Absolute orbit number',
    {
      stac: 'sat:absolute_orbit',
      opensearch: 'orbitNumber',
      resto: 'orbitNumber',
      odata: 'orbitNumber',
      dhus: 'orbitnumber',
      dhusAttribute: 'Orbit number (start)',
      csw: 'OrbitNumber',
    },
  ],
  [
    'relativeOrbit',
    'integer',
    'Relative orbit number',
    {
      stac: 'sat:relative_orbit',
      opensearch: 'track',
      resto: 'relativeOrbitNumber',
      odata: 'relativeOrbitNumber',
      dhus: 'relativeorbitnumber',
      dhusAttribute: 'Relative orbit (start)',
      csw: 'RelativeOrbitNumber',
    },
  ],
  ['cycle', 'integer', 'Cycle number', { odata: 'cycleNumber', resto: 'cycleNumber', dhus: 'cyclenumber' }],
];

/** Radar modes and channels. */
export const RADAR_QUERYABLES: readonly QueryableRow[] = [
  [
    'instrumentMode',
    'string',
    'Sensor mode',
    {
      stac: 'sar:instrument_mode',
      opensearch: 'sensorMode',
      resto: 'sensorMode',
      odata: 'operationalMode',
      dhus: 'sensoroperationalmode',
      dhusAttribute: 'Mode',
      csw: 'SensorOperationalMode',
    },
  ],
  [
    'swath',
    'string',
    'Swath',
    {
      opensearch: 'swathIdentifier',
      resto: 'swath',
      odata: 'swathIdentifier',
      dhus: 'swathidentifier',
      dhusAttribute: 'Instrument swath',
      csw: 'SwathIdentifier',
    },
  ],
  [
    'polarisations',
    'strings',
    'Polarisation channels',
    {
      stac: 'sar:polarizations',
      opensearch: 'polarisationChannels',
      resto: 'polarisation',
      odata: 'polarisationChannels',
      dhus: 'polarisationmode',
      dhusAttribute: 'Polarisation',
      csw: 'PolarisationChannels',
    },
  ],
  ['polarisationMode', 'string', 'Polarisation mode', { opensearch: 'polarisationMode', csw: 'PolarisationMode' }],
  [
    'lookDirection',
    'string',
    'Antenna look direction',
    { stac: 'sar:observation_direction', opensearch: 'antennaLookDirection', csw: 'AntennaLookDirection' },
  ],
  ['frequencyBand', 'string', 'Frequency band', { stac: 'sar:frequency_band' }],
  ['centerFrequency', 'number', 'Centre frequency', { stac: 'sar:center_frequency' }, 'GHz'],
  ['sliceNumber', 'integer', 'Slice number', { stac: 's1:slice_number', odata: 'sliceNumber', dhus: 'slicenumber' }],
];

/** Grids and tiles. */
export const GRID_QUERYABLES: readonly QueryableRow[] = [
  ['projCode', 'string', 'Native CRS', { stac: 'proj:code' }],
  ['gridCode', 'string', 'Grid code', { stac: 'grid:code' }],
  [
    'tile',
    'string',
    'MGRS tile',
    {
      stac: 's2:mgrs_tile',
      opensearch: 'tileId',
      resto: 'tileId',
      odata: 'tileId',
      dhus: 'tileid',
      dhusAttribute: 'Tile Identifier',
      csw: 'TileIdentifier',
    },
  ],
  [
    'datatake',
    'string',
    'Datatake',
    { stac: 'eopf:datatake_id', odata: 'datatakeID', resto: 'datatakeID', dhus: 's2datatakeid' },
  ],
];
