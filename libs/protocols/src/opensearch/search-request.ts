import type { CatalogQuery, Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import type { OmVersion } from '../om/om-version.js';
import type { Kvp } from '../ows/kvp.js';
import { areaFilters } from './area-filters.js';
import { parseParentIdentifier, parseProductIdentifier } from './product-identifier.js';
import { parseLatestOnly } from './latest-only.js';
import { parseOmVersion, parseResponseForm, type ResponseForm } from './response-form.js';
import { parsePage } from './search-page.js';
import { EO_PARAMETERS, givenParameters } from './search-parameters.js';
import { parseSort } from './search-sort.js';
import { termFilter } from './term-filter.js';
import { timeFilters } from './time-filter.js';

/** A checked search. */
export interface OpenSearchRequest {
  readonly form: ResponseForm;
  /** Which EO metadata an embedded or single record is in. */
  readonly omVersion: OmVersion;
  /** Short name or id of the collection, out of `parentIdentifier`. */
  readonly collection?: string;
  readonly query: Omit<CatalogQuery, 'collections'>;
  /** Records asked for on a page, and how many come before it. */
  readonly count: number;
  readonly offset: number;
  /** The parameters as given, by our name for them; what links repeat and `os:Query` tells. */
  readonly given: ReadonlyMap<string, string>;
}

/**
 * Reads a search (OpenSearch 1.1, OGC 10-032r8, OGC 13-026r9) with CODE-DE's parameter names in any case; unknown ones are
 * left out. `accept` counts where there is no `httpAccept`. Throws InvalidError naming the parameter.
 */
export function parseOpenSearch(kvp: Kvp, accept?: string): OpenSearchRequest {
  refusePlaceNames(kvp);
  const given = givenParameters(kvp);
  const page = parsePage(given);
  const form = parseResponseForm(kvp.get('HTTPACCEPT'), accept);
  const parent = given.get('parentIdentifier');
  return {
    form,
    omVersion: parseOmVersion(given.get('recordSchema')),
    ...(parent === undefined ? {} : { collection: parseParentIdentifier(parent) }),
    query: {
      ...identifiers(given.get('uid')),
      ...conditions(given),
      ...parseSort({ by: given.get('sortBy'), direction: given.get('sortDir'), keys: given.get('sortKeys') }),
      ...parseLatestOnly(given.get('latestOnly')),
      page: { kind: 'number', limit: page.count, offset: page.offset },
      // An estimate would be no numberOfRecords (SRU 1.2).
      count: form === 'sru' ? 'exact' : 'auto',
    },
    ...page,
    given,
  };
}

/** A place by its name would need a gazetteer; leaving it out would search the whole Earth. */
function refusePlaceNames(kvp: Kvp): void {
  if (!kvp.has('NAME')) return;
  throw new InvalidError('name: this mirror has no gazetteer; give the place as bbox, geometry or lat and lon', {
    subject: 'name',
  });
}

function identifiers(uid: string | undefined): Pick<CatalogQuery, 'ids'> {
  return uid === undefined ? {} : { ids: [parseProductIdentifier(uid)] };
}

function conditions(given: ReadonlyMap<string, string>): { readonly filter?: Filter } {
  const text = given.get('query');
  const args: readonly Filter[] = [
    ...(text === undefined ? [] : [{ op: 'text', text } as const]),
    ...timeFilters({ from: given.get('startDate'), to: given.get('endDate'), relation: given.get('timeRelation') }),
    ...areaFilters(given),
    ...EO_PARAMETERS.flatMap(({ name, queryable }) => {
      const value = given.get(name);
      return value === undefined ? [] : [termFilter(queryable, value, name)];
    }),
  ];
  return args.length === 0 ? {} : { filter: { op: 'and', args } };
}
