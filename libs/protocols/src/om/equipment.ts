import { propertyText, serialIdentifier, type ProductEntry } from '../opensearch/product-entry.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';

/** `eop:EarthObservationEquipment` (OGC 10-157r4 §7.2.2): platform, instrument, sensor, acquisition. `kind` is the prefix of the sensor's schema. */
export function writeEquipment({ product, collection }: ProductEntry, kind: string, id: string): XmlMarkup {
  const value = (name: string): string | undefined => propertyText(product, name);
  const resolution = value('resolution');
  return el(
    'eop:EarthObservationEquipment',
    { 'gml:id': id },
    part(
      'platform',
      'Platform',
      text('shortName', properName(value('constellation')) ?? collection.mission),
      text('serialIdentifier', serialIdentifier(value('platform'))),
      text('orbitType', 'LEO'),
    ),
    part('instrument', 'Instrument', text('shortName', value('instrument')?.toUpperCase())),
    part(
      'sensor',
      'Sensor',
      text('sensorType', value('sensorType')),
      text('operationalMode', value('instrumentMode')),
      resolution === undefined ? undefined : el('eop:resolution', { uom: 'm' }, resolution),
      text('swathIdentifier', value('swath')),
    ),
    el('eop:acquisitionParameters', {}, writeAcquisition(value, kind)),
  );
}

/** Orbit and illumination; radars add polarisation and geometry in an acquisition of their own (OGC 10-157r4 §7.4.1). */
function writeAcquisition(value: (name: string) => string | undefined, kind: string): XmlMarkup {
  const angle = (name: string, of: string | undefined, prefix = 'eop'): XmlMarkup | undefined =>
    of === undefined ? undefined : el(`${prefix}:${name}`, { uom: 'deg' }, of);
  const common = [
    text('orbitNumber', value('absoluteOrbit')),
    text('orbitDirection', value('orbitDirection')?.toUpperCase()),
    text('wrsLongitudeGrid', value('relativeOrbit')),
    angle('illuminationAzimuthAngle', value('sunAzimuth')),
    angle('illuminationElevationAngle', value('sunElevation')),
  ];
  if (kind !== 'sar') return el('eop:Acquisition', {}, common);
  const radar = (name: string, of: string | undefined): XmlMarkup | undefined =>
    of === undefined ? undefined : el(`sar:${name}`, {}, of);
  return el(
    'sar:Acquisition',
    {},
    common,
    radar('polarisationMode', value('polarisationMode')),
    radar('polarisationChannels', value('polarisations')),
    radar('antennaLookDirection', value('lookDirection')?.toUpperCase()),
    angle('minimumIncidenceAngle', value('incidenceAngleMin'), 'sar'),
    angle('maximumIncidenceAngle', value('incidenceAngleMax'), 'sar'),
  );
}

function part(property: string, type: string, ...content: readonly (XmlMarkup | undefined)[]): XmlMarkup {
  return el(`eop:${property}`, {}, el(`eop:${type}`, {}, content));
}

function text(name: string, value: string | undefined): XmlMarkup | undefined {
  return value === undefined ? undefined : el(`eop:${name}`, {}, value);
}

/** `Sentinel-2` of `sentinel-2`. */
function properName(constellation: string | undefined): string | undefined {
  return constellation === undefined ? undefined : constellation.charAt(0).toUpperCase() + constellation.slice(1);
}
