import { queryablesOf, type Queryable } from '#domain/catalog/queryables.js';

/** A search parameter: our name for it and the term it is (OpenSearch 1.1 template parameter). */
export interface SearchParameter {
  readonly name: string;
  /** Qualified as in {@link NAMESPACES}, e.g. `time:start`; those of OpenSearch itself have no prefix in templates. */
  readonly term: string;
  readonly queryable?: Queryable;
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
  { name: 'query', term: 'os:searchTerms' },
  { name: 'maximumRecords', term: 'os:count' },
  { name: 'startRecord', term: 'os:startIndex' },
  { name: 'startPage', term: 'os:startPage' },
  { name: 'startDate', term: 'time:start' },
  { name: 'endDate', term: 'time:end' },
  { name: 'bbox', term: 'geo:box' },
  { name: 'geometry', term: 'geo:geometry' },
  { name: 'lat', term: 'geo:lat' },
  { name: 'lon', term: 'geo:lon' },
  { name: 'radius', term: 'geo:radius' },
  { name: 'uid', term: 'geo:uid' },
  { name: 'parentIdentifier', term: 'eo:parentIdentifier' },
  { name: 'recordSchema', term: 'sru:recordSchema' },
];

/** EO parameters (OGC 13-026r9 §7.2): those the vocabulary of queryables has a name for. */
export const EO_PARAMETERS: readonly (SearchParameter & { readonly queryable: Queryable })[] = [
  ...queryablesOf('opensearch'),
]
  .filter(([, queryable]) => queryable.name !== 'id')
  .map(([name, queryable]) => ({ name, term: `${OWN.has(name) ? 'frombork' : 'eo'}:${name}`, queryable }));

/** Every parameter a search takes. */
export const SEARCH_PARAMETERS: readonly SearchParameter[] = [...CORE, ...EO_PARAMETERS];
