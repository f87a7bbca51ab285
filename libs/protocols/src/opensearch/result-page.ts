import type { MatchCount } from '#domain/catalog/catalog-query.js';
import type { Mirror } from '../links/product-links.js';
import { searchHref, type ProductEntry, type SearchStep } from './product-entry.js';
import { FORM_TYPES } from './response-form.js';
import { SEARCH_PARAMETERS } from './search-parameters.js';
import type { OpenSearchRequest } from './search-request.js';

/** A page of whatever was searched for. */
export interface PagedResult {
  readonly request: Pick<OpenSearchRequest, 'form' | 'count' | 'offset' | 'given'>;
  readonly hasNext: boolean;
  readonly matched?: MatchCount;
  readonly mirror: Mirror;
  readonly now: Date;
  /** Products unless it says otherwise. */
  readonly step?: SearchStep;
}

/** A page of a search's result, to be written in any form. */
export interface ResultPage extends PagedResult {
  readonly request: OpenSearchRequest;
  readonly entries: readonly ProductEntry[];
}

/** The addresses of this page and the ones around it. */
export interface PageLinks {
  readonly self: string;
  readonly first: string;
  readonly previous?: string;
  readonly next?: string;
  readonly last?: string;
}

/** Where this and the other pages are: by `startRecord` where it was asked by it, else by `startPage` (CEOS-BP-006 has the page first). */
export function pageLinks({ request, hasNext, matched, mirror, step }: PagedResult): PageLinks {
  const { count, offset, given, form } = request;
  const kept = [...given].filter(([name]) => !['startPage', 'startRecord', 'maximumRecords'].includes(name));
  const byRecord = given.has('startRecord') || count === 0;
  const at = (start: number): string =>
    searchHref(
      mirror,
      [
        ['httpAccept', FORM_TYPES[form]],
        ...kept,
        ['maximumRecords', String(count)],
        byRecord ? ['startRecord', String(start + 1)] : ['startPage', String(start / count + 1)],
      ],
      step,
    );
  const total = matched?.exact === true ? matched.value : undefined;
  const lastStart = total === undefined || count === 0 ? undefined : lastPageStart(total, count, offset);
  return {
    self: at(offset),
    first: at(0),
    ...(offset > 0 ? { previous: at(Math.max(0, offset - count)) } : {}),
    ...(hasNext && count > 0 ? { next: at(offset + count) } : {}),
    ...(lastStart === undefined ? {} : { last: at(lastStart) }),
  };
}

/** Start of the last page that is a whole number of pages away from this one. */
function lastPageStart(total: number, count: number, offset: number): number {
  const phase = offset % count;
  return total <= phase ? 0 : phase + Math.floor((total - 1 - phase) / count) * count;
}

/** The number of products that match, where it is known exactly; an estimate is left out (OpenSearch 1.1 §totalResults is optional). */
export function totalOf({ matched }: Pick<PagedResult, 'matched'>): number | undefined {
  return matched?.exact === true ? matched.value : undefined;
}

/** What was asked, by the terms' qualified names: only what was taken into account (CEOS-BP-009B). */
export function askedTerms({ request }: PagedResult): Readonly<Record<string, string>> {
  const asked = SEARCH_PARAMETERS.flatMap(({ name, term }) => {
    const value = request.given.get(name);
    return value === undefined ? [] : [[term, value] as const];
  });
  return Object.fromEntries(asked);
}
