import type { Collection } from '#domain/collection/collection.js';
import { el, type XmlAttributes, type XmlMarkup } from '../xml/xml-element.js';
import type { Mirror } from '../links/product-links.js';
import { writeParentIdentifier } from './product-identifier.js';
import type { SearchParameter } from './search-parameters.js';
import { TIME_RELATIONS } from './time-filter.js';
import { AREA_RELATIONS } from './area-filters.js';
import { PAGE } from './search-page.js';

/** What a description is for: one collection, or all of them. */
export interface DescribedSearch {
  readonly mirror: Mirror;
  readonly collections: readonly Collection[];
  /** True where the search is within the only collection given. */
  readonly isWithinOne: boolean;
}

const INTERVAL = String.raw`([\[\]]?[^,\[\]]+(,[^,\[\]]+)?[\[\]]?)|(\{.+\})`;
const DATE_TIME = String.raw`[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+\-][0-9]{2}:[0-9]{2})?)?`;

const ATTRIBUTES: Readonly<Record<string, XmlAttributes>> = {
  maximumRecords: { minInclusive: 0, maxInclusive: PAGE.most },
  startRecord: { minInclusive: 1 },
  startPage: { minInclusive: 1 },
  startDate: { pattern: DATE_TIME },
  endDate: { pattern: DATE_TIME },
  radius: { minInclusive: 0 },
  lat: { minInclusive: -90, maxInclusive: 90 },
  lon: { minInclusive: -180, maxInclusive: 180 },
};

/** What a person has to know of parameters no standard explains. */
const TITLES: Readonly<Record<string, string>> = {
  query: 'Words, all of which must occur; a trailing * takes any ending',
  relation: 'Relation of the footprint to the area asked for',
  timeRelation: 'Relation of the acquisition to the time asked for; overlaps is being partly within it',
  latestOnly: 'true leaves out products that a newer processing of the same scene has superseded',
  sortBy: 'Parameters to sort by, with sortDir ASC or DESC',
  sortKeys: 'Keys of SRU: parameter,,1 for ascending and parameter,,0 for descending order',
};

/** Values with a list of their own, whatever the collection. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  recordSchema: ['om', 'om11', 'om10'],
  relation: AREA_RELATIONS,
  timeRelation: TIME_RELATIONS,
  latestOnly: ['true', 'false'],
  sortDir: ['ASC', 'DESC'],
  orbitDirection: ['ASCENDING', 'DESCENDING'],
  polarisationChannels: ['HH', 'HV', 'VH', 'VV', 'HH, HV', 'VV, VH'],
  polarisationMode: ['S', 'D'],
  antennaLookDirection: ['LEFT', 'RIGHT'],
  productionStatus: ['online', 'staging', 'offline', 'metadata-only'],
};

/** Values the collections are known to have. */
const KNOWN: Readonly<Record<string, (collection: Collection) => readonly string[]>> = {
  platform: ({ mission }) => [mission],
  platformSerialIdentifier: ({ platforms }) => platforms,
  instrument: ({ instrument }) => [instrument],
  sensorType: ({ sensorType }) => [sensorType],
  productType: ({ productTypes }) => productTypes,
  processingLevel: ({ processingLevel }) => [processingLevel],
};

/** `param:Parameter` of a term (OpenSearch Parameter extension; options by OGC 13-026r9 §8.2): its limits, and the values it can take. */
export function parameterElement(parameter: SearchParameter, search: DescribedSearch): XmlMarkup {
  const { name, term, queryable } = parameter;
  const options = optionsOf(name, search);
  const isNumeric = queryable !== undefined && queryable.type !== 'string' && queryable.type !== 'strings';
  return el(
    'param:Parameter',
    {
      name,
      value: `{${term.replace(/^os:/, '')}}`,
      title: queryable?.title ?? TITLES[name],
      ...(isNumeric ? { pattern: INTERVAL } : limitsOf(name, search)),
    },
    options.map((value) => el('param:Option', { value, label: value })),
    name === 'geometry' ? GEOMETRY_PROFILES : undefined,
  );
}

/** A collection's times begin with its mission (CEOS-BP-002D). */
function limitsOf(name: string, { collections }: DescribedSearch): XmlAttributes {
  if (name !== 'startDate') return ATTRIBUTES[name] ?? {};
  const [first] = collections.map(({ temporalStart }) => temporalStart).toSorted();
  return { ...ATTRIBUTES[name], minInclusive: first };
}

/** The kinds of WKT `geo:geometry` takes (OGC 10-032r8 §9.3.3). */
const GEOMETRY_PROFILES: readonly XmlMarkup[] = ['Point', 'LineString', 'Polygon', 'MultiPolygon'].map((type) =>
  el('atom:link', {
    'xmlns:atom': 'http://www.w3.org/2005/Atom',
    rel: 'profile',
    href: `http://www.opengis.net/wkt/${type.toUpperCase()}`,
  }),
);

function optionsOf(name: string, { mirror, collections }: DescribedSearch): readonly string[] {
  if (name === 'parentIdentifier') {
    return collections.map(({ shortName }) => writeParentIdentifier(mirror.name, shortName));
  }
  const known = KNOWN[name];
  return known === undefined ? (FIXED[name] ?? []) : [...new Set(collections.flatMap(known))].toSorted();
}
