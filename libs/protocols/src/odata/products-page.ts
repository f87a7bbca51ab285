import type { MatchCount } from '#domain/catalog/catalog-query.js';
import type { ODataOptions } from './odata-options.js';

/** A page of entities and how it goes on. */
export interface ODataPage {
  readonly context: string;
  readonly entities: readonly unknown[];
  readonly options: ODataOptions;
  readonly hasNext: boolean;
  readonly matched?: MatchCount;
  /** Address of the set, without query. */
  readonly address: string;
}

/** A collection of entities (OData JSON 4.01 §13). A count may be inexact (Protocol 4.01 §11.2.6.5): one that is estimated has an annotation beside it. */
export function writeODataPage(page: ODataPage): Record<string, unknown> {
  return {
    '@odata.context': page.context,
    ...countOf(page),
    value: page.entities,
    ...(page.hasNext && page.entities.length > 0 ? { '@odata.nextLink': nextLink(page) } : {}),
  };
}

/** The same as text, piece by piece, so that of a page of a thousand only one entity at a time is made. */
export function* writePageText<T>(
  page: Omit<ODataPage, 'entities'> & { readonly entities: readonly T[] },
  write: (entity: T) => unknown,
): Generator<string> {
  const { value: _made, '@odata.nextLink': next, ...head } = writeODataPage(page);
  yield `${JSON.stringify(head).slice(0, -1)},"value":[`;
  for (const [index, entity] of page.entities.entries()) {
    yield `${index === 0 ? '' : ','}${JSON.stringify(write(entity))}`;
  }
  yield next === undefined ? ']}' : `],"@odata.nextLink":${JSON.stringify(next)}}`;
}

function countOf({ options, matched }: ODataPage): Record<string, number | boolean> {
  if (!options.count || matched === undefined) return {};
  return { '@odata.count': matched.value, ...(matched.exact ? {} : { '@frombork.countIsEstimate': true }) };
}

/** Encoded as CDSE does, `%24skip` a number: eodag takes the link apart and stops at any other form. */
function nextLink({ address, options, entities }: ODataPage): string {
  const kept = options.sent.filter(([name]) => !/^\s*\$?skip\s*$/i.test(name));
  const pairs = [...kept, ['$skip', String(options.skip + entities.length)] as const];
  return `${address}?${pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')}`;
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
