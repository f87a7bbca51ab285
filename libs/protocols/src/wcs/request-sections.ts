import type { RequestParameters } from './request-parameters.js';
import { invalidParameter } from './wcs-error.js';
import type { WcsFamily } from './wcs-version.js';

const OF_OWS = ['ServiceIdentification', 'ServiceProvider', 'OperationsMetadata', 'Contents'] as const;
const KNOWN: Readonly<Record<WcsFamily | 'set', readonly string[]>> = {
  '1.0': ['Service', 'Capability', 'ContentMetadata'],
  '1.1': OF_OWS,
  '2.0': [...OF_OWS, 'ServiceMetadata', 'Languages', 'CoverageSummary', 'DatasetSeriesSummary'],
  set: ['CoverageDescriptions', 'DatasetSeriesDescriptions'],
};

/**
 * Sections of a GetCapabilities of a version, or of a DescribeEOCoverageSet (OGC 06-121r9 table 5, 10-140r2 requirements 24 and 48); `All` and none at
 * all are everything, undefined. Throws InvalidParameterValue.
 */
export function sectionsOf(given: RequestParameters, of: WcsFamily | 'set'): ReadonlySet<string> | undefined {
  // 1.0 writes paths: /WCS_Capabilities/Service, and / for all.
  const names = given.list('SECTIONS', 'SECTION').map((name) => name.replace(/^.*\//, ''));
  if (names.length === 0 || names.some((name) => name === '' || /^all$/i.test(name))) return undefined;
  const unknown = names.find((name) => !KNOWN[of].includes(name));
  if (unknown === undefined) return new Set(names);
  throw invalidParameter(
    'sections',
    `There is no section ${unknown.slice(0, 100)}; there are ${KNOWN[of].join(', ')}.`,
  );
}
