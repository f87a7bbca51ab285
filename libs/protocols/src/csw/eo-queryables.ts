import { queryable, valueOf, type CswQueryable } from './csw-queryable.js';

const eo = (name: string, properties: readonly string[], type: CswQueryable['type'] = 'text'): CswQueryable =>
  queryable(`eo:${name}`, valueOf(properties[0] ?? name), {
    group: 'eo',
    type,
    properties,
    caseInsensitive: type === 'text',
  });

/** Whether a product is the latest processing of its scene (`true`, `false`); a series or a published record always is. */
export const LATEST_QUERYABLE = queryable('eo:Latest', ({ type }) => (type === 'dataset' ? undefined : 'true'), {
  group: 'eo',
});

/** Queryables of Earth observation, by the names of OpenSearch EO (OGC 13-026r9) and of the profile of ISO AP for it. */
export const EO_QUERYABLES: readonly CswQueryable[] = [
  eo('Platform', ['constellation', 'platform']),
  eo('PlatformSerialIdentifier', ['platform']),
  eo('Instrument', ['instrument']),
  eo('SensorType', ['sensorType']),
  eo('ProductType', ['productType']),
  eo('ProcessingLevel', ['processingLevel']),
  eo('ProcessorVersion', ['processingBaseline']),
  eo('AcquisitionType', ['acquisitionType']),
  eo('CloudCover', ['cloudCover'], 'number'),
  eo('SnowCover', ['snowCover'], 'number'),
  eo('IlluminationElevationAngle', ['sunElevation'], 'number'),
  eo('IlluminationAzimuthAngle', ['sunAzimuth'], 'number'),
  eo('OrbitNumber', ['absoluteOrbit'], 'number'),
  eo('RelativeOrbitNumber', ['relativeOrbit'], 'number'),
  eo('OrbitDirection', ['orbitDirection']),
  eo('SensorOperationalMode', ['instrumentMode']),
  eo('SwathIdentifier', ['swath']),
  eo('PolarisationChannels', ['polarisations']),
  eo('PolarisationMode', ['polarisationMode']),
  eo('AntennaLookDirection', ['lookDirection']),
  eo('TileIdentifier', ['tile']),
  eo('ProductionStatus', ['online']),
  LATEST_QUERYABLE,
];
