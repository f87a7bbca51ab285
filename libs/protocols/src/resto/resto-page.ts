import type { MatchCount } from '#domain/catalog/catalog-query.js';
import { uuidV5 } from '#domain/product/product-uuid.js';
import type { Mirror } from '../links/product-links.js';
import type { ProductEntry } from '../opensearch/product-entry.js';
import { writeRestoFeature } from './resto-feature.js';
import type { RestoRequest } from './resto-request.js';

/** A page of a search's result. */
export interface RestoPage {
  readonly request: RestoRequest;
  /** Name in the path, absent where all collections are searched. */
  readonly collection?: string;
  readonly entries: readonly ProductEntry[];
  readonly hasNext: boolean;
  readonly matched?: MatchCount;
  readonly mirror: Mirror;
  /** Seconds the search took. */
  readonly processingTime: number;
}

/** A link of a page. */
export interface RestoLink {
  readonly rel: string;
  readonly type: string;
  readonly title: string;
  readonly href: string;
}

/** URL namespace of RFC 9562: ids of searches are made of their addresses. */
const URLS = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

/** A page of results as resto 2.3 answers them; `exactCount` says whether `totalResults` was counted or estimated. */
export function writeRestoPage(page: RestoPage): object {
  const { request, matched, entries, processingTime } = page;
  const links = restoLinks(page, 'json');
  const filters = Object.fromEntries(request.given);
  return {
    type: 'FeatureCollection',
    properties: {
      id: uuidV5(URLS, links[0]?.href ?? ''),
      totalResults: matched?.value ?? request.offset + entries.length,
      exactCount: matched?.exact ?? false,
      startIndex: request.offset + 1,
      itemsPerPage: entries.length,
      query: {
        originalFilters: filters,
        appliedFilters: page.collection === undefined ? filters : { ...filters, collection: page.collection },
        analysis: { query: filters['q'] ?? '' },
        processingTime,
      },
      links,
    },
    features: entries.map(writeRestoFeature),
  };
}

const TYPES = { json: 'application/json', atom: 'application/atom+xml' } as const;

/** Address of a collection's search, or of the search of all. */
export function restoSearchHref(mirror: Mirror, collection: string | undefined, document: string): string {
  const within = collection === undefined ? '' : `/${encodeURIComponent(collection)}`;
  return `${mirror.address}/resto/api/collections${within}/${document}`;
}

/** Links to this page, the description and the pages around, this one first. `last` only where the total is exact. */
export function restoLinks(page: RestoPage, form: keyof typeof TYPES): readonly RestoLink[] {
  const { request, hasNext, matched, mirror, collection } = page;
  const { count, offset, paging } = request;
  const kept = request.given.filter(([name]) => !/^(page|index|maxRecords)$/i.test(name));
  const at = (rel: string, start: number): RestoLink => {
    const query = new URLSearchParams();
    for (const [name, value] of kept) query.append(name, value);
    query.append('maxRecords', String(count));
    if (paging === 'index' || count === 0) query.append('index', String(start + 1));
    else query.append('page', String(Math.floor(start / count) + 1));
    const href = `${restoSearchHref(mirror, collection, `search.${form}`)}?${query.toString()}`;
    return { rel, type: TYPES[form], title: rel, href };
  };
  const last =
    matched?.exact === true && matched.value > 0 && count > 0
      ? Math.floor((matched.value - 1) / count) * count
      : undefined;
  return [
    at('self', offset),
    {
      rel: 'search',
      type: 'application/opensearchdescription+xml',
      title: 'OpenSearch Description Document',
      href: restoSearchHref(mirror, collection, 'describe.xml'),
    },
    ...(offset > 0 ? [at('previous', Math.max(0, offset - count))] : []),
    at('first', 0),
    ...(hasNext && count > 0 ? [at('next', offset + count)] : []),
    ...(last === undefined ? [] : [at('last', last)]),
  ];
}
