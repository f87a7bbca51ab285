import type { Product } from '#domain/product/product.js';
import type { Mirror } from '../links/product-links.js';
import type { DhusSearch } from './search-request.js';

/** A page of results, as both forms write it. */
export interface DhusPage {
  readonly search: DhusSearch;
  readonly mirror: Mirror;
  readonly products: readonly Product[];
  readonly total: number;
  /** Whether the total is an estimate: counting took too long. */
  readonly isEstimate: boolean;
  readonly now: Date;
  /** Seconds the search took. */
  readonly seconds: number;
}

/** A link of the feed. */
export interface PageLink {
  readonly rel: 'self' | 'first' | 'previous' | 'next' | 'last' | 'search';
  readonly href: string;
}

/** Title, subtitle and id of the feed. `dhusget` takes the total from the eleventh word of the numbered subtitle, where zero stops it. */
export function pageTexts({ search, mirror, products, total, seconds }: DhusPage): {
  readonly title: string;
  readonly subtitle: string;
  readonly id: string;
} {
  const last = search.start + products.length - 1;
  const time = `Request done in ${seconds.toFixed(3)} seconds.`;
  return {
    title: `${mirror.name} search results for: ${search.terms}`,
    subtitle: `Displaying ${search.start} to ${last} of ${total} total results. ${time}`,
    id: `${mirror.address}/dhus/search?q=${encodeURIComponent(search.terms)}`,
  };
}

/** Links to this page and its neighbours; `next` only where there is one. */
export function pageLinks({ search, mirror, total }: DhusPage, format: 'json' | 'xml'): readonly PageLink[] {
  const { rows, start } = search;
  const at = (rel: PageLink['rel'], from: number): PageLink => ({ rel, href: pageHref(search, mirror, from, format) });
  const last = rows === 0 || total === 0 ? 0 : Math.floor((total - 1) / rows) * rows;
  return [
    at('self', start),
    at('first', 0),
    ...(rows > 0 && start > 0 ? [at('previous', Math.max(0, start - rows))] : []),
    ...(rows > 0 && start + rows < total ? [at('next', start + rows)] : []),
    at('last', last),
    { rel: 'search', href: `${mirror.address}/dhus/search/description` },
  ];
}

function pageHref(search: DhusSearch, mirror: Mirror, start: number, format: 'json' | 'xml'): string {
  const order = search.orderBy === undefined ? '' : `&orderby=${encodeURIComponent(search.orderBy)}`;
  const form = format === 'json' ? '&format=json' : '';
  const terms = encodeURIComponent(search.terms);
  return `${mirror.address}/dhus/search?q=${terms}&start=${start}&rows=${search.rows}${order}${form}`;
}

/** Address of a product in the OData service, with a tail such as `/$value`. */
export function odataHref(mirror: Mirror, uuid: string, tail: string): string {
  return `${mirror.address}/dhus/odata/v1/Products('${uuid}')${tail}`;
}
