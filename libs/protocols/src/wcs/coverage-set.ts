import { el, type XmlMarkup } from '../xml/xml-element.js';
import { timePeriod } from './capabilities-20.js';
import type { DatasetSeries } from './capabilities-context.js';
import type { WcsCoverage } from './coverage.js';
import { coverageDescription } from './describe-20.js';
import { NAMESPACES_20, SCHEMA_LOCATION_20 } from './namespaces-20.js';
import type { Sections } from './wcs-request.js';

/** What DescribeEOCoverageSet found: descriptions up to the count, and how many there are. */
export interface CoverageSet {
  readonly coverages: readonly WcsCoverage[];
  readonly matched: number;
  readonly series: readonly DatasetSeries[];
}

/** `wcseo:EOCoverageSetDescription` (OGC 10-140r2 §8.3.3). */
export function writeCoverageSet({ coverages, matched, series }: CoverageSet, sections: Sections): XmlMarkup {
  const has = (name: string): boolean => sections === undefined || sections.has(name);
  return el(
    'wcseo:EOCoverageSetDescription',
    {
      ...NAMESPACES_20,
      'xsi:schemaLocation': SCHEMA_LOCATION_20,
      numberMatched: matched,
      numberReturned: coverages.length,
    },
    has('CoverageDescriptions') &&
      coverages.length > 0 &&
      el(
        'wcs:CoverageDescriptions',
        {},
        coverages.map((coverage) => coverageDescription(coverage)),
      ),
    has('DatasetSeriesDescriptions') &&
      series.length > 0 &&
      el('wcseo:DatasetSeriesDescriptions', {}, series.map(seriesDescription)),
  );
}

function seriesDescription({ id, bounds, from, to }: DatasetSeries): XmlMarkup {
  const [west, south, east, north] = bounds;
  return el(
    'wcseo:DatasetSeriesDescription',
    { 'gml:id': id },
    el(
      'gml:boundedBy',
      {},
      el(
        'gml:Envelope',
        {
          srsName: 'http://www.opengis.net/def/crs/EPSG/0/4326',
          axisLabels: 'Lat Long',
          uomLabels: 'deg deg',
          srsDimension: 2,
        },
        el('gml:lowerCorner', {}, `${south} ${west}`),
        el('gml:upperCorner', {}, `${north} ${east}`),
      ),
    ),
    el('wcseo:DatasetSeriesId', {}, id),
    timePeriod(`${id}_period`, from, to),
  );
}
