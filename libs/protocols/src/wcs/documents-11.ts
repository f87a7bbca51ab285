import { el, type XmlMarkup } from '../xml/xml-element.js';
import { geographicBox } from './capabilities-20.js';
import type { WcsContext } from './capabilities-context.js';
import { crsUrn, OFFERED_CRS, ordered } from './coverage-crs.js';
import type { CoverageBrief, WcsCoverage } from './coverage.js';
import { serviceIdentification, serviceProvider } from './ows-service.js';
import { RANGE_AXIS, RANGE_FIELD } from './parse-coverage-11.js';
import type { Sections } from './wcs-request.js';
import type { WcsVersion } from './wcs-version.js';

/** Namespaces of 1.1.0 (OGC 06-083r8, still with OWS Common 1.0) and of its corrigenda. */
const NAMESPACES = {
  '1.1.0': { wcs: 'http://www.opengis.net/wcs/1.1', ows: 'http://www.opengis.net/ows', schema: '1.1.0' },
  '1.1.1': { wcs: 'http://www.opengis.net/wcs/1.1.1', ows: 'http://www.opengis.net/ows/1.1', schema: '1.1.1' },
  '1.1.2': { wcs: 'http://www.opengis.net/wcs/1.1', ows: 'http://www.opengis.net/ows/1.1', schema: '1.1' },
} as const;

function root(version: WcsVersion): Readonly<Record<string, string>> {
  const { wcs, ows, schema } = NAMESPACES[version === '1.1.0' || version === '1.1.1' ? version : '1.1.2'];
  return {
    xmlns: wcs,
    'xmlns:ows': ows,
    'xmlns:gml': 'http://www.opengis.net/gml',
    'xmlns:xlink': 'http://www.w3.org/1999/xlink',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation': `${wcs} http://schemas.opengis.net/wcs/${schema}/wcsAll.xsd`,
  };
}

/** GetCapabilities of 1.1 (OGC 07-067r5 §8). */
export function writeCapabilities11(context: WcsContext, version: WcsVersion, sections: Sections): XmlMarkup {
  const has = (name: string): boolean => sections === undefined || sections.has(name);
  return el(
    'Capabilities',
    { ...root(version), version, updateSequence: context.updateSequence },
    has('ServiceIdentification') && serviceIdentification(context, ['1.1.2', '1.1.1', '1.1.0']),
    has('ServiceProvider') && serviceProvider(context),
    has('OperationsMetadata') && operations(context.address, version),
    has('Contents') && el('Contents', {}, context.coverages.map(summary)),
  );
}

function operations(address: string, version: WcsVersion): XmlMarkup {
  const http = el('ows:DCP', {}, el('ows:HTTP', {}, el('ows:Get', { 'xlink:href': address }), el('ows:Post', { 'xlink:href': address.slice(0, -1) }))); // prettier-ignore
  const parameter = (name: string, ...values: readonly string[]): XmlMarkup =>
    el(
      'ows:Parameter',
      { name },
      el(
        'ows:AllowedValues',
        {},
        values.map((value) => el('ows:Value', {}, value)),
      ),
    );
  return el(
    'ows:OperationsMetadata',
    {},
    el('ows:Operation', { name: 'GetCapabilities' }, http, parameter('service', 'WCS'), parameter('AcceptVersions', '1.1.2', '1.1.1', '1.1.0', '1.0.0')),
    el('ows:Operation', { name: 'DescribeCoverage' }, http, parameter('service', 'WCS'), parameter('version', version)),
    el('ows:Operation', { name: 'GetCoverage' }, http, parameter('service', 'WCS'), parameter('version', version), parameter('store', 'False')),
  ); // prettier-ignore
}

function summary({ id, title, bounds }: CoverageBrief): XmlMarkup {
  return el(
    'CoverageSummary',
    {},
    el('ows:Title', {}, title),
    geographicBox(bounds),
    el('SupportedCRS', {}, 'urn:ogc:def:crs:EPSG::4326'),
    el('SupportedFormat', {}, 'image/tiff'),
    el('Identifier', {}, id),
  );
}

/** `CoverageDescriptions` of 1.1 (OGC 07-067r5 §9). */
export function writeDescriptions11(coverages: readonly WcsCoverage[], version: WcsVersion): XmlMarkup {
  return el('CoverageDescriptions', root(version), coverages.map(description));
}

function description(coverage: WcsCoverage): XmlMarkup {
  const { id, title, crs } = coverage;
  const systems = [crs, ...OFFERED_CRS.filter((one) => one !== crs)];
  return el(
    'CoverageDescription',
    {},
    el('ows:Title', {}, title),
    el('Identifier', {}, id),
    el('Domain', {}, spatialDomain(coverage), temporalDomain(coverage)),
    range(coverage),
    systems.map((one) => el('SupportedCRS', {}, crsUrn(one))),
    el('SupportedFormat', {}, 'image/tiff'),
  );
}

function temporalDomain({ from, to }: WcsCoverage): XmlMarkup {
  const [begin, end] = [from, to].map((moment) => `${moment.toISOString().slice(0, 19)}Z`);
  const period = el('TimePeriod', {}, el('BeginPosition', {}, begin), el('EndPosition', {}, end));
  return el('TemporalDomain', {}, el('gml:timePosition', {}, begin), period);
}

function spatialDomain({ crs, bbox, bounds, width, height }: WcsCoverage): XmlMarkup {
  const [minX, minY, maxX, maxY] = bbox;
  const [cellX, cellY] = [(maxX - minX) / width, (maxY - minY) / height];
  const corners = (lower: string, upper: string): readonly XmlMarkup[] => [
    el('ows:LowerCorner', {}, lower),
    el('ows:UpperCorner', {}, upper),
  ];
  return el(
    'SpatialDomain',
    {},
    el('ows:BoundingBox', { crs: crsUrn(crs), dimensions: 2 }, corners(ordered(crs, minX, minY), ordered(crs, maxX, maxY))),
    // GDAL takes the upper corner of the first of any such system for the size, QGIS counts the points between those of the second.
    el('ows:BoundingBox', { crs: 'urn:ogc:def:crs:OGC:0.0:imageCRS', dimensions: 2 }, corners('0 0', `${width} ${height}`)),
    el('ows:BoundingBox', { crs: 'urn:ogc:def:crs:OGC::imageCRS', dimensions: 2 }, corners('0 0', `${width - 1} ${height - 1}`)),
    geographicBox(bounds),
    el(
      'GridCRS',
      {},
      el('GridBaseCRS', {}, crsUrn(crs)),
      el('GridType', {}, 'urn:ogc:def:method:WCS:1.1:2dSimpleGrid'),
      el('GridOrigin', {}, ordered(crs, minX + cellX / 2, maxY - cellY / 2)),
      el('GridOffsets', {}, ordered(crs, cellX, -cellY)),
      el('GridCS', {}, 'urn:ogc:def:cs:OGC:0.0:Grid2dSquareCS'),
    ),
  ); // prettier-ignore
}

function range({ fields, nodata }: WcsCoverage): XmlMarkup {
  const keys = el('AvailableKeys', {}, fields.map((field) => el('Key', {}, field.name))); // prettier-ignore
  return el(
    'Range',
    {},
    el(
      'Field',
      {},
      el('Identifier', {}, RANGE_FIELD),
      el('Definition', {}, el('ows:AnyValue')),
      nodata !== undefined && el('NullValue', {}, String(nodata)),
      el(
        'InterpolationMethods',
        {},
        ['nearest', 'linear', 'cubic'].map((name) => el('InterpolationMethod', {}, name)),
        el('Default', {}, 'nearest'),
      ),
      el('Axis', { identifier: RANGE_AXIS }, keys),
    ),
  );
}

/** `Coverages`, the first part of a 1.1 answer, which refers to the second (OGC 07-067r5 §10.3). */
export function writeCoverages11({ id, title }: WcsCoverage, version: WcsVersion): XmlMarkup {
  return el(
    'Coverages',
    root(version),
    el(
      'Coverage',
      {},
      el('ows:Title', {}, title),
      el('ows:Identifier', {}, id),
      el('ows:Reference', { 'xlink:href': `cid:${id}.tif`, 'xlink:role': 'urn:ogc:def:role:WCS:1.1:coverage' }),
    ),
  );
}
