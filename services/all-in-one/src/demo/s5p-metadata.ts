import type { NetcdfGroupSource } from '#adapters/raster/netcdf-writer.js';
import type { S5pNaming } from './s5p-naming.js';

const VERSION = '2.8.0';

/** Seconds are enough, and no fraction is how the files have them. */
const utc = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

/** Global attributes (S5P product user manuals §8.2; ATBD names as in operational files). */
export function s5pAttributes({
  plan,
  start,
  stop,
  made,
  orbit,
  name,
  type,
  frame,
}: S5pNaming): Readonly<Record<string, string | number>> {
  const places = frame.ring();
  const [longitudes, latitudes] = [places.map(([longitude]) => longitude), places.map(([, latitude]) => latitude)];
  return {
    Conventions: 'CF-1.7',
    institution: plan.gas === 'CO' ? 'KNMI/SRON' : 'KNMI',
    source: 'Sentinel 5 precursor, TROPOMI, space-borne remote sensing, L2',
    summary: `TROPOMI/S5P ${plan.gas} 5-minute L2 Swath: demonstration data, not an acquisition`,
    title: `TROPOMI/S5P ${plan.gas} 5-minute L2 Swath`,
    id: name,
    time_reference: `${start.toISOString().slice(0, 10)}T00:00:00Z`,
    time_coverage_start: utc(start),
    time_coverage_end: utc(stop),
    time_coverage_duration: 'PT300.000S',
    orbit,
    processor_version: VERSION,
    cdm_data_type: 'Swath',
    date_created: utc(made),
    project: 'Sentinel 5 precursor/TROPOMI',
    geospatial_lat_min: Math.min(...latitudes),
    geospatial_lat_max: Math.max(...latitudes),
    geospatial_lon_min: Math.min(...longitudes),
    geospatial_lon_max: Math.max(...longitudes),
    license: 'No conditions apply',
    platform: 'S5P',
    sensor: 'TROPOMI',
    spatial_resolution: `${frame.size.across}x${frame.size.along}km2`,
    product_version: type,
  };
}

/** The METADATA group: granule description and the Earth observation metadata (OGC 10-157 as groups and attributes). */
export function s5pMetadata(naming: S5pNaming): NetcdfGroupSource {
  const { start, stop, type } = naming;
  return {
    groups: {
      GRANULE_DESCRIPTION: {
        attributes: {
          GranuleStart: utc(start),
          GranuleEnd: utc(stop),
          InstrumentName: 'TROPOMI',
          MissionName: 'Sentinel-5 precursor',
          MissionShortName: 'S5P',
          ProcessLevel: '2',
          ProcessorVersion: VERSION,
          ProcessingMode: 'Near-realtime',
          ProductShortName: type,
        },
      },
      EOP_METADATA: earthObservation(naming),
    },
  };
}

function typed(
  objectType: string,
  attributes: Readonly<Record<string, string | number>> = {},
  groups: Readonly<Record<string, NetcdfGroupSource>> = {},
): NetcdfGroupSource {
  return { attributes: { objectType, ...attributes }, groups };
}

function earthObservation(naming: S5pNaming): NetcdfGroupSource {
  const { start, stop, orbit, name, frame } = naming;
  const positions = frame
    .ring()
    .map(([longitude, latitude]) => `${latitude} ${longitude}`)
    .join(' ');
  const ring = typed('gml:LinearRing', { 'gml:posList': positions });
  const polygon = typed('gml:Polygon', {}, { 'gml:exterior': ring });
  const surface = typed('gml:MultiSurface', {}, { 'gml:surfaceMembers': polygon });
  return typed(
    'atm:EarthObservation',
    { 'gml:id': `${name}.ID` },
    {
      'om:phenomenonTime': typed('gml:TimePeriod', { 'gml:beginPosition': utc(start), 'gml:endPosition': utc(stop) }),
      'om:procedure': typed(
        'eop:EarthObservationEquipment',
        { 'gml:id': `${name}.EOE` },
        {
          'eop:platform': typed('eop:Platform', { 'eop:shortName': 'Sentinel-5p' }),
          'eop:instrument': typed('eop:Instrument', { 'eop:shortName': 'TROPOMI' }),
          'eop:sensor': typed('eop:Sensor', { 'eop:sensorType': 'ATMOSPHERIC' }),
          'eop:acquisitionParameters': typed('eop:Acquisition', { 'eop:orbitNumber': orbit }),
        },
      ),
      'om:featureOfInterest': typed('eop:FootPrint', { 'gml:id': `${name}.FP` }, { 'eop:multiExtentOf': surface }),
      'eop:metaDataProperty': metaDataProperty(naming),
    },
  );
}

function metaDataProperty({ plan, made, name, type }: S5pNaming): NetcdfGroupSource {
  return typed(
    'eop:EarthObservationMetaData',
    {
      'eop:acquisitionType': 'NOMINAL',
      'eop:identifier': name,
      'eop:parentIdentifier': `urn:ogc:def:EOP:ESA:SENTINEL.S5P_TROP_${type}`,
      'eop:productType': `S5P_NRTI_${plan.gas.padEnd(6, '_')}`,
      'eop:status': 'ACQUIRED',
      'eop:productQualityStatus': 'NOMINAL',
    },
    {
      'eop:processing': typed('eop:ProcessingInformation', {
        'eop:processingCenter': 'Frombork demo',
        'eop:processingDate': made.toISOString().slice(0, 10),
        'eop:processingLevel': 'L2',
        'eop:processorName': 'TROPNLL2DP',
        'eop:processorVersion': VERSION,
        'eop:nativeProductFormat': 'netCDF-4',
        'eop:processingMode': 'NRTI',
      }),
    },
  );
}
