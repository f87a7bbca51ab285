import type { CatalogQuery, Filter, SortKey } from '#domain/catalog/catalog-query.js';
import { queryablesOf } from '#domain/catalog/queryables.js';
import { InvalidError } from '#domain/errors.js';
import type { Kvp } from '../ows/kvp.js';
import { areaFilters } from './area-filters.js';
import { parseParentIdentifier, parseProductIdentifier } from './product-identifier.js';
import { parseSearchDate } from './search-date.js';
import { EO_PARAMETERS, SEARCH_PARAMETERS } from './search-parameters.js';
import { termFilter } from './term-filter.js';

/** Records on a page unless asked otherwise, and the most there can be; larger pages are clamped. */
export const PAGE = { default: 50, most: 500 } as const;

/** The forms a search is answered in. */
export type ResponseForm = 'atom' | 'geojson' | 'om';

/** A checked search. */
export interface OpenSearchRequest {
  readonly form: ResponseForm;
  /** Short name or id of the collection, out of `parentIdentifier`. */
  readonly collection?: string;
  readonly query: Omit<CatalogQuery, 'collections'>;
  /** Records asked for on a page, and how many come before it. */
  readonly count: number;
  readonly offset: number;
  /** The parameters as given, by our name for them; what links repeat and `os:Query` tells. */
  readonly given: ReadonlyMap<string, string>;
}

const MEDIA_TYPES: Readonly<Record<string, ResponseForm>> = {
  'application/atom+xml': 'atom',
  'application/geo+json': 'geojson',
  'application/json': 'geojson',
  'application/gml+xml': 'om',
};

/**
 * Reads a search (OpenSearch 1.1, OGC 10-032r8, OGC 13-026r9) with CODE-DE's parameter names in any case; unknown ones are
 * left out. `accept` counts where there is no `httpAccept`. Throws InvalidError naming the parameter.
 */
export function parseOpenSearch(kvp: Kvp, accept?: string): OpenSearchRequest {
  const given = new Map(
    SEARCH_PARAMETERS.flatMap(({ name }) => {
      const value = kvp.get(name.toUpperCase());
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  const page = parsePage(given);
  const parent = given.get('parentIdentifier');
  return {
    form: parseForm(kvp.get('HTTPACCEPT'), accept),
    ...(parent === undefined ? {} : { collection: parseParentIdentifier(parent) }),
    query: {
      ...identifiers(given.get('uid')),
      ...conditions(given),
      ...sorting(kvp.get('SORTBY'), kvp.get('SORTDIR')),
      page: { kind: 'number', limit: page.count, offset: page.offset },
      count: 'auto',
    },
    ...page,
    given,
  };
}

/** `httpAccept`, in which an unencoded `+` has become a blank; else the first known type of the Accept field; else Atom. */
function parseForm(httpAccept: string | undefined, accept: string | undefined): ResponseForm {
  if (httpAccept !== undefined) {
    const form = MEDIA_TYPES[mediaType(httpAccept)];
    if (form !== undefined) return form;
    throw new InvalidError(
      `httpAccept: "${httpAccept}" is not served; take application/atom+xml or application/geo+json`,
      {
        subject: 'httpAccept',
      },
    );
  }
  const known = (accept ?? '').split(',').map((type) => MEDIA_TYPES[mediaType(type)]);
  return known.find((form) => form !== undefined) ?? 'atom';
}

function mediaType(text: string): string {
  return (text.split(';', 1)[0] ?? '').trim().toLowerCase().replace(/ /g, '+');
}

function parsePage(given: ReadonlyMap<string, string>): { readonly count: number; readonly offset: number } {
  const count = Math.min(wholeNumber(given, 'maximumRecords', 0) ?? PAGE.default, PAGE.most);
  const record = wholeNumber(given, 'startRecord', 1);
  const page = wholeNumber(given, 'startPage', 1) ?? 1;
  return { count, offset: record === undefined ? (page - 1) * count : record - 1 };
}

function wholeNumber(given: ReadonlyMap<string, string>, name: string, least: number): number | undefined {
  const text = given.get(name);
  if (text === undefined) return undefined;
  const number = /^\d{1,12}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (number >= least) return number;
  throw new InvalidError(`${name}: "${text}" is not a whole number from ${least} on`, { subject: name });
}

function identifiers(uid: string | undefined): Pick<CatalogQuery, 'ids'> {
  return uid === undefined ? {} : { ids: [parseProductIdentifier(uid)] };
}

function conditions(given: ReadonlyMap<string, string>): { readonly filter?: Filter } {
  const text = given.get('query');
  const args: readonly Filter[] = [
    ...(text === undefined ? [] : [{ op: 'text', text } as const]),
    ...timeFilters(given.get('startDate'), given.get('endDate')),
    ...areaFilters(given),
    ...EO_PARAMETERS.flatMap(({ name, queryable }) => {
      const value = given.get(name);
      return value === undefined ? [] : [termFilter(queryable, value, name)];
    }),
  ];
  return args.length === 0 ? {} : { filter: { op: 'and', args } };
}

/** What was acquired within, or partly within, `startDate` to `endDate`; a date as the end is its whole day. */
function timeFilters(from: string | undefined, to: string | undefined): readonly Filter[] {
  if (from === undefined && to === undefined) return [];
  const start = from === undefined ? undefined : dateOf(from, 'startDate').start;
  const end = to === undefined ? undefined : dateOf(to, 'endDate').end;
  if (start !== undefined && end !== undefined && start > end) {
    throw new InvalidError('endDate is before startDate', { subject: 'endDate' });
  }
  const interval = { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
  return [{ op: 'temporal', relation: 'overlaps', interval }];
}

function dateOf(text: string, parameter: string): { readonly start: Date; readonly end: Date } {
  try {
    return parseSearchDate(text);
  } catch (cause) {
    if (!(cause instanceof InvalidError)) throw cause;
    throw new InvalidError(`${parameter}: ${cause.message}`, { subject: parameter, cause });
  }
}

/** `sortBy` and `sortDir` as SRU clients of CODE-DE send them. */
function sorting(by: string | undefined, direction: string | undefined): { readonly sort?: readonly SortKey[] } {
  if (by === undefined) return {};
  const name = by.replace(/^\w+:/, '');
  const property =
    { startDate: 'acquiredFrom', endDate: 'acquiredTo' }[name] ?? queryablesOf('opensearch').get(name)?.name;
  if (property === undefined) throw new InvalidError(`sortBy: "${by}" cannot be sorted by`, { subject: 'sortBy' });
  return { sort: [{ property, direction: /^desc/i.test(direction ?? '') ? 'desc' : 'asc' }] };
}
