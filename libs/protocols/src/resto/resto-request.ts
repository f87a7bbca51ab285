import type { CatalogQuery, SortKey } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { parseLatestOnly } from '../opensearch/latest-only.js';
import { parseParentIdentifier } from '../opensearch/product-identifier.js';
import type { Kvp } from '../ows/kvp.js';
import { restoConditions } from './resto-conditions.js';
import { findRestoProperty } from './resto-parameters.js';

/** Features on a page unless asked otherwise (CDSE), and the most there can be (CREODIAS); larger pages are clamped. */
export const RESTO_PAGE = { default: 20, most: 2000 } as const;

/** A checked search. */
export interface RestoRequest {
  readonly query: Omit<CatalogQuery, 'collections'>;
  readonly count: number;
  readonly offset: number;
  /** By which of the two the page was asked for; links go on with it. */
  readonly paging: 'page' | 'index';
  /** Name of a collection or mission out of `parentIdentifier` or `collection`. */
  readonly collection?: string;
  /** The parameters as they came, and those of them that count. */
  readonly given: readonly (readonly [name: string, value: string])[];
  readonly isPretty: boolean;
}

/** Reads a search: resto 2.2's parameters with the extras of CREODIAS and CDSE, names in any case. Throws InvalidError naming the parameter. */
export function parseRestoSearch(kvp: Kvp, given: RestoRequest['given']): RestoRequest {
  if (kvp.has('NAME')) {
    throw new InvalidError('name: this mirror has no gazetteer; give the place as geometry, box or lat and lon', {
      subject: 'name',
    });
  }
  const conditions = restoConditions(kvp);
  const parent = kvp.get('PARENTIDENTIFIER') ?? kvp.get('COLLECTION');
  const page = parsePage(kvp);
  return {
    query: {
      ...(conditions.length === 0 ? {} : { filter: { op: 'and', args: conditions } }),
      ...parseSort(kvp.get('SORTPARAM'), kvp.get('SORTORDER')),
      ...parseLatestOnly(kvp.get('LATESTONLY')),
      page: { kind: 'number', limit: page.count, offset: page.offset },
      count: 'auto',
    },
    ...page,
    ...(parent === undefined ? {} : { collection: parseParentIdentifier(parent) }),
    given,
    isPretty: /^(1|true)$/i.test(kvp.get('_PRETTY') ?? ''),
  };
}

function parsePage(kvp: Kvp): Pick<RestoRequest, 'count' | 'offset' | 'paging'> {
  const count = Math.min(wholeNumber(kvp, 'maxRecords', 0) ?? RESTO_PAGE.default, RESTO_PAGE.most);
  const page = wholeNumber(kvp, 'page', 1);
  const index = wholeNumber(kvp, 'index', 1);
  if (page === undefined && index !== undefined) return { count, offset: index - 1, paging: 'index' };
  return { count, offset: ((page ?? 1) - 1) * count, paging: 'page' };
}

function wholeNumber(kvp: Kvp, name: string, least: number): number | undefined {
  const text = kvp.get(name.toUpperCase())?.trim();
  if (text === undefined) return undefined;
  const number = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least) return number;
  throw new InvalidError(`${name}: "${text}" is not a whole number from ${least} on`, { subject: name });
}

const SORTS: Readonly<Record<string, string>> = {
  startdate: 'acquiredFrom',
  completiondate: 'acquiredTo',
  published: 'published',
  updated: 'updated',
  productidentifier: 'id',
  title: 'id',
};

/** Descending unless it says otherwise, as resto. */
function parseSort(param: string | undefined, order: string | undefined): { readonly sort?: readonly SortKey[] } {
  if (param === undefined) return {};
  const name = param.trim().toLowerCase();
  const own = Object.hasOwn(SORTS, name) ? SORTS[name] : undefined;
  const property = own ?? findRestoProperty(name.toUpperCase())?.name;
  if (property === undefined)
    throw new InvalidError(`sortParam: "${param}" cannot be sorted by`, { subject: 'sortParam' });
  const direction = (order ?? 'descending').trim().toLowerCase();
  if (!/^(asc|desc)(ending)?$/.test(direction)) {
    throw new InvalidError(`sortOrder: "${order}" is neither ascending nor descending`, { subject: 'sortOrder' });
  }
  return { sort: [{ property, direction: direction.startsWith('asc') ? 'asc' : 'desc' }] };
}
