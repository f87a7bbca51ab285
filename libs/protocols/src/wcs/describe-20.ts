import { writeEarthObservation } from '../om/earth-observation.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { axesOf, crsUri, ordered } from './coverage-crs.js';
import type { CoverageBrief, CoverageField, CoverageGrid, WcsCoverage } from './coverage.js';
import { NAMESPACES_20, SCHEMA_LOCATION_20 } from './namespaces-20.js';

/** `wcs:CoverageDescriptions` (OGC 09-110r4 §8.3), in the words of the profile or of the core alone. */
export function coverageDescriptions(coverages: readonly WcsCoverage[], isCore: boolean): XmlMarkup {
  return el(
    'wcs:CoverageDescriptions',
    { ...NAMESPACES_20, 'xsi:schemaLocation': SCHEMA_LOCATION_20 },
    coverages.map((coverage) => coverageDescription(coverage, isCore ? 'RectifiedGridCoverage' : coverage.subtype)),
  );
}

/** `wcs:CoverageDescription` of an EO coverage: envelope, EO metadata, grid, range (OGC 10-140r2 §6). */
export function coverageDescription(coverage: WcsCoverage, subtype: string = coverage.subtype): XmlMarkup {
  const { id } = coverage;
  return el(
    'wcs:CoverageDescription',
    { 'gml:id': id },
    boundedBy(coverage, coverage),
    el('wcs:CoverageId', {}, id),
    coverageMetadata(coverage),
    domainSet(id, coverage),
    rangeType(coverage, coverage.fields),
    el('wcs:ServiceParameters', {}, el('wcs:CoverageSubtype', {}, subtype), el('wcs:nativeFormat', {}, 'image/tiff')),
  );
}

/** A coverage as the first part of a `multipart/related` answer; its range is the file of the second (GMLCOV 09-146r2 §8). */
export function eoCoverage(coverage: WcsCoverage, grid: CoverageGrid, fields: readonly CoverageField[]): XmlMarkup {
  const file = `cid:${coverage.id}.tif`;
  return el(
    `wcseo:${coverage.subtype}`,
    { ...NAMESPACES_20, 'xsi:schemaLocation': SCHEMA_LOCATION_20, 'gml:id': coverage.id },
    boundedBy(grid, coverage),
    domainSet(coverage.id, grid),
    el(
      'gml:rangeSet',
      {},
      el(
        'gml:File',
        {},
        el('gml:rangeParameters', {
          'xlink:href': file,
          'xlink:role': 'http://www.opengis.net/spec/GMLCOV_geotiff-coverages/1.0/conf/geotiff-coverage',
          'xlink:arcrole': 'fileReference',
        }),
        el('gml:fileReference', {}, file),
        el('gml:fileStructure'),
        el('gml:mimeType', {}, 'image/tiff'),
      ),
    ),
    rangeType(coverage, fields),
    coverageMetadata(coverage),
    coverage.datasets !== undefined && el('wcseo:datasets', {}, coverage.datasets.map(dataset)),
  );
}

/** What a mosaic is stitched of, by identifier. */
function dataset(id: string): XmlMarkup {
  return el('wcseo:dataset', {}, el('wcs:CoverageId', {}, id));
}

function boundedBy({ crs, bbox }: CoverageGrid, { from, to }: CoverageBrief): XmlMarkup {
  const { labels, unit } = axesOf(crs);
  const [minX, minY, maxX, maxY] = bbox;
  return el(
    'gml:boundedBy',
    {},
    el(
      'gml:EnvelopeWithTimePeriod',
      {
        srsName: crsUri(crs),
        axisLabels: labels.join(' '),
        uomLabels: `${unit} ${unit}`,
        srsDimension: 2,
      },
      el('gml:lowerCorner', {}, ordered(crs, minX, minY)),
      el('gml:upperCorner', {}, ordered(crs, maxX, maxY)),
      el('gml:beginPosition', {}, from.toISOString()),
      el('gml:endPosition', {}, to.toISOString()),
    ),
  );
}

function coverageMetadata({ entry, id }: WcsCoverage): XmlMarkup {
  // The profile wants the coverage's own identifier as the first word of the observation's (OGC 10-140r2 requirement 5).
  const observation = writeEarthObservation({ ...entry, identifier: id }, { version: '1.0', isGeneral: true });
  return el('gmlcov:metadata', {}, el('gmlcov:Extension', {}, el('wcseo:EOMetadata', {}, observation)));
}

/** Rows run down: the origin is the middle of the upper left cell, the second axis of the grid points south. */
function domainSet(id: string, { crs, bbox, width, height }: CoverageGrid): XmlMarkup {
  const srsName = crsUri(crs);
  const [cellX, cellY] = [(bbox[2] - bbox[0]) / width, (bbox[3] - bbox[1]) / height];
  return el(
    'gml:domainSet',
    {},
    el(
      'gml:RectifiedGrid',
      { 'gml:id': `${id}_grid`, dimension: 2 },
      el(
        'gml:limits',
        {},
        el('gml:GridEnvelope', {}, el('gml:low', {}, '0 0'), el('gml:high', {}, `${width - 1} ${height - 1}`)),
      ),
      el('gml:axisLabels', {}, axesOf(crs).labels.join(' ')),
      el(
        'gml:origin',
        {},
        el(
          'gml:Point',
          { 'gml:id': `${id}_origin`, srsName },
          el('gml:pos', {}, ordered(crs, bbox[0] + cellX / 2, bbox[3] - cellY / 2)),
        ),
      ),
      el('gml:offsetVector', { srsName }, ordered(crs, cellX, 0)),
      el('gml:offsetVector', { srsName }, ordered(crs, 0, -cellY)),
    ),
  );
}

const INTERVALS: Readonly<Partial<Record<WcsCoverage['sampleType'], string>>> = {
  uint8: '0 255',
  uint16: '0 65535',
  int16: '-32768 32767',
  uint32: '0 4294967295',
  int32: '-2147483648 2147483647',
};

function rangeType({ sampleType, nodata }: WcsCoverage, fields: readonly CoverageField[]): XmlMarkup {
  const interval = INTERVALS[sampleType];
  const nil =
    nodata !== undefined &&
    el(
      'swe:nilValues',
      {},
      el(
        'swe:NilValues',
        {},
        el('swe:nilValue', { reason: 'http://www.opengis.net/def/nil/OGC/0/missing' }, String(nodata)),
      ),
    );
  const quantity = ({ description }: CoverageField): XmlMarkup =>
    el(
      'swe:Quantity',
      {},
      el('swe:description', {}, description),
      nil,
      el('swe:uom', { code: '1' }),
      interval !== undefined && el('swe:constraint', {}, el('swe:AllowedValues', {}, el('swe:interval', {}, interval))),
    );
  const records = fields.map((field) => el('swe:field', { name: field.name }, quantity(field)));
  return el('gmlcov:rangeType', {}, el('swe:DataRecord', {}, records));
}
