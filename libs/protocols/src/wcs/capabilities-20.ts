import { el, type XmlContent, type XmlMarkup } from '../xml/xml-element.js';
import type { DatasetSeries, WcsContext } from './capabilities-context.js';
import { crsUri, OFFERED_CRS } from './coverage-crs.js';
import type { Box, CoverageBrief } from './coverage.js';
import { NAMESPACES_20, SCHEMA_LOCATION_20 } from './namespaces-20.js';
import { serviceIdentification, serviceProvider } from './ows-service.js';
import { INTERPOLATIONS } from './parse-coverage-20.js';
import type { Sections } from './wcs-request.js';

/** Conformance classes, exactly those served. */
const PROFILES: readonly string[] = [
  'WCS/2.0/conf/core',
  'WCS_protocol-binding_get-kvp/1.0/conf/get-kvp',
  'WCS_protocol-binding_post-xml/1.0/conf/post-xml',
  'WCS_protocol-binding_soap/1.0/conf/soap',
  'GMLCOV_geotiff-coverages/1.0/conf/geotiff-coverage',
  'WCS_service-extension_crs/1.0/conf/crs',
  'WCS_service-extension_scaling/1.0/conf/scaling',
  'WCS_service-extension_range-subsetting/1.0/conf/record-subsetting',
  'WCS_service-extension_interpolation/1.0/conf/interpolation',
  'WCS_application-profile_earth-observation/1.0/conf/eowcs',
  'WCS_application-profile_earth-observation/1.0/conf/eowcs_get-kvp',
].map((path) => `http://www.opengis.net/spec/${path}`);

/** GetCapabilities of 2.0.1 with the Earth observation profile (OGC 09-110r4 §8.2, 10-140r2 §8.2). */
export function writeCapabilities20(context: WcsContext, sections: Sections): XmlMarkup {
  const has = (...names: readonly string[]): boolean =>
    sections === undefined || names.some((name) => sections.has(name));
  return el(
    'wcs:Capabilities',
    {
      ...NAMESPACES_20,
      'xmlns:crs': 'http://www.opengis.net/wcs/service-extension/crs/1.0',
      'xmlns:int': 'http://www.opengis.net/wcs/interpolation/1.0',
      'xsi:schemaLocation': SCHEMA_LOCATION_20,
      version: '2.0.1',
      updateSequence: context.updateSequence,
    },
    has('ServiceIdentification') &&
      serviceIdentification(context, ['2.0.1', '1.1.2', '1.1.1', '1.1.0', '1.0.0'], PROFILES),
    has('ServiceProvider') && serviceProvider(context),
    has('OperationsMetadata') && operations(context),
    has('ServiceMetadata') && serviceMetadata(),
    has('Contents', 'CoverageSummary', 'DatasetSeriesSummary') &&
      el(
        'wcs:Contents',
        {},
        has('Contents', 'CoverageSummary') && context.coverages.map(coverageSummary),
        has('Contents', 'DatasetSeriesSummary') && el('wcs:Extension', {}, context.series.map(seriesSummary)),
      ),
  );
}

function operations({ address, countDefault, maxSamples }: WcsContext): XmlMarkup {
  const post = (encoding: string): XmlMarkup =>
    el('ows:Post', { 'xlink:type': 'simple', 'xlink:href': address.slice(0, -1) }, postEncoding(encoding));
  const http: XmlContent = [
    el('ows:Get', { 'xlink:type': 'simple', 'xlink:href': address }),
    post('XML'),
    post('SOAP'),
  ];
  const names = ['GetCapabilities', 'DescribeCoverage', 'DescribeEOCoverageSet', 'GetCoverage'];
  const constraint = (name: string, value: number): XmlMarkup =>
    el('ows:Constraint', { name }, el('ows:NoValues'), el('ows:DefaultValue', {}, value));
  return el(
    'ows:OperationsMetadata',
    {},
    names.map((name) => el('ows:Operation', { name }, el('ows:DCP', {}, el('ows:HTTP', {}, http)))),
    postEncoding('XML', 'SOAP'),
    constraint('CountDefault', countDefault),
    constraint('MaximumSamples', maxSamples),
  );
}

/** Where one address takes every encoding, it is said of the service too (OGC 09-148r1 requirement 2). */
function postEncoding(...encodings: readonly string[]): XmlMarkup {
  const values = encodings.map((encoding) => el('ows:Value', {}, encoding));
  return el('ows:Constraint', { name: 'PostEncoding' }, el('ows:AllowedValues', {}, values));
}

function serviceMetadata(): XmlMarkup {
  return el(
    'wcs:ServiceMetadata',
    {},
    el('wcs:formatSupported', {}, 'image/tiff'),
    el(
      'wcs:Extension',
      {},
      el(
        'int:InterpolationMetadata',
        {},
        INTERPOLATIONS.map((uri) => el('int:InterpolationSupported', {}, uri)),
      ),
      el(
        'crs:CrsMetadata',
        {},
        OFFERED_CRS.map((crs) => el('crs:crsSupported', {}, crsUri(crs))),
      ),
    ),
  );
}

function coverageSummary({ id, bounds, subtype }: CoverageBrief): XmlMarkup {
  return el(
    'wcs:CoverageSummary',
    {},
    geographicBox(bounds),
    el('wcs:CoverageId', {}, id),
    el('wcs:CoverageSubtype', {}, subtype),
  );
}

/** `ows:WGS84BoundingBox`, longitude first. */
export function geographicBox([west, south, east, north]: Box): XmlMarkup {
  return el(
    'ows:WGS84BoundingBox',
    {},
    el('ows:LowerCorner', {}, `${west} ${south}`),
    el('ows:UpperCorner', {}, `${east} ${north}`),
  );
}

function seriesSummary({ id, bounds, from, to }: DatasetSeries): XmlMarkup {
  return el(
    'wcseo:DatasetSeriesSummary',
    {},
    geographicBox(bounds),
    el('wcseo:DatasetSeriesId', {}, id),
    timePeriod(`${id}_period`, from, to),
  );
}

/** `gml:TimePeriod`. */
export function timePeriod(id: string, from: Date, to: Date): XmlMarkup {
  return el(
    'gml:TimePeriod',
    { 'gml:id': id },
    el('gml:beginPosition', {}, from.toISOString()),
    el('gml:endPosition', {}, to.toISOString()),
  );
}
