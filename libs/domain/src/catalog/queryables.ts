/** Type of a queryable's value. `strings` is a list; comparing it with a single value asks whether it holds it. */
export type QueryableType = 'string' | 'integer' | 'number' | 'date' | 'boolean' | 'strings';

/** The name each protocol gives a queryable; a protocol without one does not know it. */
export interface ProtocolNames {
  /** STAC property, e.g. `eo:cloud_cover`. */
  readonly stac?: string;
  /** OpenSearch EO (OGC 13-026r9) parameter. */
  readonly opensearch?: string;
  /** resto 2.x parameter. */
  readonly resto?: string;
  /** CDSE OData v4 attribute (or property path). */
  readonly odata?: string;
  /** DHuS OpenSearch field, lower case. */
  readonly dhus?: string;
  /** DHuS OData v1 attribute as shown to people. */
  readonly dhusAttribute?: string;
  /** CSW ISO AP / EO queryable, without prefix. */
  readonly csw?: string;
}

/** One thing products can be searched, sorted and counted by. `core` ones are parts of every product row; the others live in `Product.properties`. */
export interface Queryable {
  readonly name: string;
  readonly type: QueryableType;
  readonly core: boolean;
  readonly title: string;
  /** UCUM-like unit of numbers. */
  readonly unit?: string;
  readonly names: ProtocolNames;
}

type Row = readonly [name: string, type: QueryableType, title: string, names: ProtocolNames, unit?: string];

const CORE: readonly Row[] = [
  ['uuid', 'string', 'Universal identifier', { odata: 'Id', dhus: 'uuid' }],
  [
    'id',
    'string',
    'Product name',
    { stac: 'id', opensearch: 'uid', resto: 'productIdentifier', odata: 'Name', dhus: 'identifier', csw: 'Identifier' },
  ],
  ['collection', 'string', 'Collection', { stac: 'collection', odata: 'Collection/Name', csw: 'ParentIdentifier' }],
  [
    'acquiredFrom',
    'date',
    'Acquisition begin',
    {
      stac: 'start_datetime',
      resto: 'startDate',
      odata: 'ContentDate/Start',
      dhus: 'beginposition',
      csw: 'TempExtent_begin',
    },
  ],
  [
    'acquiredTo',
    'date',
    'Acquisition end',
    {
      stac: 'end_datetime',
      resto: 'completionDate',
      odata: 'ContentDate/End',
      dhus: 'endposition',
      csw: 'TempExtent_end',
    },
  ],
  [
    'published',
    'date',
    'First published here',
    {
      stac: 'published',
      opensearch: 'creationDate',
      resto: 'published',
      odata: 'PublicationDate',
      dhus: 'ingestiondate',
      csw: 'PublicationDate',
    },
  ],
  [
    'updated',
    'date',
    'Last changed here',
    { stac: 'updated', opensearch: 'modificationDate', resto: 'updated', odata: 'ModificationDate', csw: 'Modified' },
  ],
  [
    'online',
    'string',
    'Online state',
    { opensearch: 'productionStatus', resto: 'status', odata: 'Online', dhus: 'ondemand' },
  ],
  ['size', 'integer', 'Size of the download', { odata: 'ContentLength', dhus: 'size', resto: 'resourceSize' }, 'byte'],
];

const EARTH_OBSERVATION: readonly Row[] = [
  [
    'platform',
    'string',
    'Platform',
    {
      stac: 'platform',
      opensearch: 'platformSerialIdentifier',
      resto: 'platform',
      odata: 'platformSerialIdentifier',
      dhus: 'platformserialidentifier',
      dhusAttribute: 'Satellite number',
      csw: 'PlatformSerialIdentifier',
    },
  ],
  [
    'constellation',
    'string',
    'Mission',
    {
      stac: 'constellation',
      opensearch: 'platform',
      odata: 'platformShortName',
      dhus: 'platformname',
      dhusAttribute: 'Satellite name',
      csw: 'Platform',
    },
  ],
  [
    'instrument',
    'string',
    'Instrument',
    {
      stac: 'instruments',
      opensearch: 'instrument',
      resto: 'instrument',
      odata: 'instrumentShortName',
      dhus: 'instrumentshortname',
      dhusAttribute: 'Instrument',
      csw: 'Instrument',
    },
  ],
  ['sensorType', 'string', 'Sensor type', { opensearch: 'sensorType', csw: 'SensorType' }],
  [
    'productType',
    'string',
    'Product type',
    {
      stac: 'product:type',
      opensearch: 'productType',
      resto: 'productType',
      odata: 'productType',
      dhus: 'producttype',
      dhusAttribute: 'Product type',
      csw: 'ProductType',
    },
  ],
  [
    'processingLevel',
    'string',
    'Processing level',
    {
      stac: 'processing:level',
      opensearch: 'processingLevel',
      resto: 'processingLevel',
      odata: 'processingLevel',
      dhus: 'processinglevel',
      dhusAttribute: 'Processing level',
      csw: 'ProcessingLevel',
    },
  ],
  [
    'processingBaseline',
    'string',
    'Processing baseline',
    {
      stac: 'processing:version',
      opensearch: 'processorVersion',
      resto: 'processingBaseline',
      odata: 'processorVersion',
      dhus: 'processingbaseline',
      dhusAttribute: 'Processing baseline',
    },
  ],
  [
    'processed',
    'date',
    'Processed',
    { stac: 'processing:datetime', opensearch: 'processingDate', odata: 'processingDate', dhus: 'processingdate' },
  ],
  [
    'timeliness',
    'string',
    'Timeliness',
    {
      stac: 'product:timeliness_category',
      opensearch: 'timeliness',
      resto: 'timeliness',
      odata: 'timeliness',
      dhus: 'timeliness',
      dhusAttribute: 'Timeliness Category',
    },
  ],
  ['acquisitionType', 'string', 'Acquisition type', { opensearch: 'acquisitionType', csw: 'AcquisitionType' }],
  [
    'cloudCover',
    'number',
    'Cloud cover',
    {
      stac: 'eo:cloud_cover',
      opensearch: 'cloudCover',
      resto: 'cloudCover',
      odata: 'cloudCover',
      dhus: 'cloudcoverpercentage',
      dhusAttribute: 'Cloud cover percentage',
      csw: 'CloudCover',
    },
    '%',
  ],
  [
    'snowCover',
    'number',
    'Snow cover',
    { stac: 'eo:snow_cover', opensearch: 'snowCover', resto: 'snowCover', odata: 'snowCover', csw: 'SnowCover' },
    '%',
  ],
  [
    'resolution',
    'number',
    'Ground resolution',
    { stac: 'gsd', opensearch: 'resolution', resto: 'resolution', odata: 'spatialResolution', csw: 'DistanceValue' },
    'm',
  ],
  [
    'sunElevation',
    'number',
    'Sun elevation',
    { stac: 'view:sun_elevation', opensearch: 'illuminationElevationAngle', csw: 'IlluminationElevationAngle' },
    'deg',
  ],
  ['sunAzimuth', 'number', 'Sun azimuth', { stac: 'view:sun_azimuth', opensearch: 'illuminationAzimuthAngle' }, 'deg'],
  ['offNadir', 'number', 'Off-nadir angle', { stac: 'view:off_nadir' }, 'deg'],
  ['incidenceAngle', 'number', 'Incidence angle', { stac: 'view:incidence_angle' }, 'deg'],
  ['incidenceAngleMin', 'number', 'Smallest incidence angle', { opensearch: 'minimumIncidenceAngle' }, 'deg'],
  ['incidenceAngleMax', 'number', 'Largest incidence angle', { opensearch: 'maximumIncidenceAngle' }, 'deg'],
];

const SATELLITE: readonly Row[] = [
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

const RADAR: readonly Row[] = [
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

const GRID: readonly Row[] = [
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

const make =
  (core: boolean) =>
  (row: Row): Queryable => {
    const [name, type, title, names, unit] = row;
    return unit === undefined ? { name, type, core, title, names } : { name, type, core, title, names, unit };
  };

/** The vocabulary: every queryable of every door, as data. */
export const QUERYABLES: readonly Queryable[] = [
  ...CORE.map(make(true)),
  ...[...EARTH_OBSERVATION, ...SATELLITE, ...RADAR, ...GRID].map(make(false)),
];

const BY_NAME = new Map(QUERYABLES.map((queryable) => [queryable.name, queryable]));

/** The queryable of that name in the vocabulary, or undefined. */
export function findQueryable(name: string): Queryable | undefined {
  return BY_NAME.get(name);
}

/** A protocol's table from its own name (exact case) to the queryable. */
export function queryablesOf(protocol: keyof ProtocolNames): ReadonlyMap<string, Queryable> {
  const entries = QUERYABLES.flatMap((queryable) => {
    const name = queryable.names[protocol];
    return name === undefined ? [] : [[name, queryable] as const];
  });
  return new Map(entries);
}
