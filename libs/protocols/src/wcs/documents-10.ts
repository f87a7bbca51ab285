import { el, type XmlMarkup } from '../xml/xml-element.js';
import type { WcsContext } from './capabilities-context.js';
import { OFFERED_CRS } from './coverage-crs.js';
import type { Box, CoverageBrief, WcsCoverage } from './coverage.js';
import type { Sections } from './wcs-request.js';

const NAMESPACES = {
  xmlns: 'http://www.opengis.net/wcs',
  'xmlns:gml': 'http://www.opengis.net/gml',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  version: '1.0.0',
} as const;
const SCHEMA = (name: string): string => `http://www.opengis.net/wcs http://schemas.opengis.net/wcs/1.0.0/${name}.xsd`;

/** `WCS_Capabilities` (OGC 03-065r6 §7.3). */
export function writeCapabilities10(context: WcsContext, sections: Sections): XmlMarkup {
  const has = (name: string): boolean => sections === undefined || sections.has(name);
  return el(
    'WCS_Capabilities',
    { ...NAMESPACES, 'xsi:schemaLocation': SCHEMA('wcsCapabilities'), updateSequence: context.updateSequence },
    has('Service') && service(context),
    has('Capability') && capability(context.address),
    has('ContentMetadata') && el('ContentMetadata', {}, context.coverages.map(brief)),
  );
}

function service({ title, abstract, keywords, organisation, email }: WcsContext): XmlMarkup {
  return el(
    'Service',
    {},
    el('description', {}, abstract),
    el('name', {}, 'WCS'),
    el('label', {}, title),
    el(
      'keywords',
      {},
      keywords.map((keyword) => el('keyword', {}, keyword)),
    ),
    el(
      'responsibleParty',
      {},
      el('organisationName', {}, organisation),
      email !== undefined && el('contactInfo', {}, el('address', {}, el('electronicMailAddress', {}, email))),
    ),
    el('fees', {}, 'NONE'),
    el('accessConstraints', {}, 'NONE'),
  );
}

function capability(address: string): XmlMarkup {
  const get = el('DCPType', {}, el('HTTP', {}, el('Get', {}, el('OnlineResource', { 'xlink:type': 'simple', 'xlink:href': address })))); // prettier-ignore
  return el(
    'Capability',
    {},
    el(
      'Request',
      {},
      ['GetCapabilities', 'DescribeCoverage', 'GetCoverage'].map((name) => el(name, {}, get)),
    ),
    el('Exception', {}, el('Format', {}, 'application/vnd.ogc.se_xml')),
  );
}

function brief({ id, title, bounds }: CoverageBrief): XmlMarkup {
  return el('CoverageOfferingBrief', {}, el('name', {}, id), el('label', {}, title), geographicEnvelope(bounds));
}

function geographicEnvelope([west, south, east, north]: Box): XmlMarkup {
  return el(
    'lonLatEnvelope',
    { srsName: 'urn:ogc:def:crs:OGC:1.3:CRS84' },
    el('gml:pos', {}, `${west} ${south}`),
    el('gml:pos', {}, `${east} ${north}`),
  );
}

/** `CoverageDescription` (OGC 03-065r6 §8.3). */
export function writeDescription10(coverages: readonly WcsCoverage[]): XmlMarkup {
  return el(
    'CoverageDescription',
    { ...NAMESPACES, 'xsi:schemaLocation': SCHEMA('describeCoverage') },
    coverages.map(offering),
  );
}

function offering(coverage: WcsCoverage): XmlMarkup {
  const { id, title, bounds, from, crs } = coverage;
  const systems = [crs, ...OFFERED_CRS.filter((one) => one !== crs)];
  return el(
    'CoverageOffering',
    {},
    el('name', {}, id),
    el('label', {}, title),
    geographicEnvelope(bounds),
    el(
      'domainSet',
      {},
      spatialDomain(coverage),
      el('temporalDomain', {}, el('gml:timePosition', {}, `${from.toISOString().slice(0, 19)}Z`)),
    ),
    rangeSet(coverage),
    el(
      'supportedCRSs',
      {},
      systems.map((one) => el('requestResponseCRSs', {}, one)),
      el('nativeCRSs', {}, crs),
    ),
    el('supportedFormats', { nativeFormat: 'GeoTIFF' }, el('formats', {}, 'GeoTIFF')),
    el(
      'supportedInterpolations',
      { default: 'nearest neighbor' },
      ['nearest neighbor', 'bilinear', 'bicubic'].map((name) => el('interpolationMethod', {}, name)),
    ),
  );
}

/** x before y whatever the authority's order, as 1.0 has it. */
function spatialDomain({ crs, bbox, width, height }: WcsCoverage): XmlMarkup {
  const [minX, minY, maxX, maxY] = bbox;
  const [cellX, cellY] = [(maxX - minX) / width, (maxY - minY) / height];
  return el(
    'spatialDomain',
    {},
    el('gml:Envelope', { srsName: crs }, el('gml:pos', {}, `${minX} ${minY}`), el('gml:pos', {}, `${maxX} ${maxY}`)),
    el(
      'gml:RectifiedGrid',
      { dimension: 2 },
      el(
        'gml:limits',
        {},
        el('gml:GridEnvelope', {}, el('gml:low', {}, '0 0'), el('gml:high', {}, `${width - 1} ${height - 1}`)),
      ),
      el('gml:axisName', {}, 'x'),
      el('gml:axisName', {}, 'y'),
      el('gml:origin', {}, el('gml:pos', {}, `${minX + cellX / 2} ${maxY - cellY / 2}`)),
      el('gml:offsetVector', {}, `${cellX} 0`),
      el('gml:offsetVector', {}, `0 ${-cellY}`),
    ),
  );
}

function rangeSet({ fields, nodata }: WcsCoverage): XmlMarkup {
  const values = fields.map((field) => el('singleValue', {}, field.name));
  const axis = el(
    'axisDescription',
    {},
    el(
      'AxisDescription',
      {},
      el('name', {}, 'bands'),
      el('label', {}, 'Bands'),
      el('values', {}, values, el('default', {}, fields[0]?.name)),
    ),
  );
  return el(
    'rangeSet',
    {},
    el(
      'RangeSet',
      {},
      el('name', {}, 'range'),
      el('label', {}, 'Samples'),
      axis,
      nodata !== undefined && el('nullValues', {}, el('singleValue', {}, String(nodata))),
    ),
  );
}
