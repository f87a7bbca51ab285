import { queryablesOf, type Queryable } from '#domain/catalog/queryables.js';

/** A search parameter: our name for it and the term it is (OpenSearch 1.1 template parameter). */
export interface SearchParameter {
  readonly name: string;
  /** Qualified as in {@link NAMESPACES}, e.g. `time:start`; those of OpenSearch itself have no prefix in templates. */
  readonly term: string;
  readonly queryable?: Queryable;
  /** Other names clients send it by. */
  readonly aliases?: readonly string[];
}

/** Namespaces of OpenSearch documents and of the terms in their templates. */
export const NAMESPACES = {
  os: 'http://a9.com/-/spec/opensearch/1.1/',
  geo: 'http://a9.com/-/opensearch/extensions/geo/1.0/',
  time: 'http://a9.com/-/opensearch/extensions/time/1.0/',
  eo: 'http://a9.com/-/opensearch/extensions/eo/1.0/',
  sru: 'http://a9.com/-/opensearch/extensions/sru/2.0/',
  param: 'http://a9.com/-/spec/opensearch/extensions/parameters/1.0/',
  frombork: 'urn:frombork:opensearch:1.0',
} as const;

/** EO terms that OGC 13-026r9 does not define. */
const OWN = new Set(['processorVersion', 'timeliness', 'tileId']);

const CORE: readonly SearchParameter[] = [
  { name: 'query', term: 'os:searchTerms', aliases: ['q', 'searchTerms', 'keyword', 'subject'] },
  { name: 'maximumRecords', term: 'os:count', aliases: ['count', 'maxRecords', 'limit'] },
  { name: 'startRecord', term: 'os:startIndex', aliases: ['startIndex', 'index'] },
  { name: 'startPage', term: 'os:startPage', aliases: ['page'] },
  { name: 'startDate', term: 'time:start', aliases: ['start', 'dtstart'] },
  { name: 'endDate', term: 'time:end', aliases: ['end', 'dtend', 'completionDate'] },
  { name: 'timeRelation', term: 'time:relation', aliases: ['trelation', 'trel'] },
  { name: 'bbox', term: 'geo:box', aliases: ['box'] },
  { name: 'geometry', term: 'geo:geometry', aliases: ['geom', 'g'] },
  { name: 'relation', term: 'geo:relation', aliases: ['rel', 'grelation'] },
  { name: 'lat', term: 'geo:lat' },
  { name: 'lon', term: 'geo:lon' },
  { name: 'radius', term: 'geo:radius' },
  { name: 'uid', term: 'geo:uid', aliases: ['identifier', 'title'] },
  { name: 'parentIdentifier', term: 'eo:parentIdentifier', aliases: ['collection'] },
  { name: 'recordSchema', term: 'sru:recordSchema' },
  { name: 'sortKeys', term: 'sru:sortKeys' },
  { name: 'sortBy', term: 'frombork:sortBy' },
  { name: 'sortDir', term: 'frombork:sortDir', aliases: ['sortOrder'] },
  { name: 'latestOnly', term: 'frombork:latestOnly' },
];

/** OGC 13-026r9 and its users have further names for what the vocabulary holds. */
const EO_ALIASES: Readonly<Record<string, readonly string[]>> = {
  platform: ['platformShortName', 'mission'],
  instrument: ['instrumentShortName'],
  sensorMode: ['operationalMode', 'sensorOperationalMode'],
  productionStatus: ['statusSubType', 'availability', 'status'],
  track: ['wrsLongitudeGrid', 'relativeOrbitNumber'],
  creationDate: ['availabilityTime', 'published'],
  modificationDate: ['updated'],
  timeliness: ['processingMode'],
  processorVersion: ['productVersion', 'processingBaseline'],
  polarisationChannels: ['polarizationChannels', 'polarisation'],
  polarisationMode: ['polarizationMode'],
};

/** EO parameters (OGC 13-026r9 §7.2): those the vocabulary of queryables has a name for. */
export const EO_PARAMETERS: readonly (SearchParameter & { readonly queryable: Queryable })[] = [
  ...queryablesOf('opensearch'),
]
  .filter(([, queryable]) => queryable.name !== 'id')
  .map(([name, queryable]) => ({
    name,
    term: `${OWN.has(name) ? 'frombork' : 'eo'}:${name}`,
    queryable,
    aliases: EO_ALIASES[name] ?? [],
  }));

/** Every parameter a search takes. */
export const SEARCH_PARAMETERS: readonly SearchParameter[] = [...CORE, ...EO_PARAMETERS];

/** What was given, by our name for it; other names count where ours is not there. */
export function givenParameters(kvp: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    SEARCH_PARAMETERS.flatMap(({ name, aliases = [] }) => {
      const used = [name, ...aliases].map((candidate) => kvp.get(candidate.toUpperCase()));
      const value = used.find((candidate) => candidate !== undefined);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
