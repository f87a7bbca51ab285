import type { CatalogQuery, Filter, SortKey } from '#domain/catalog/catalog-query.js';

/** A question every door is asked: what it is about, and the query it means. The collection is given by id, the page by numbers. */
export interface Question {
  readonly title: string;
  readonly collections?: readonly string[];
  readonly filter?: Filter;
  readonly sort: readonly SortKey[];
  readonly limit: number;
  readonly offset: number;
}

/** The query in the middle that a question means; counted exactly. */
export function queryOf({ collections, filter, sort, limit, offset }: Question): CatalogQuery {
  return {
    ...(collections === undefined ? {} : { collections }),
    ...(filter === undefined ? {} : { filter }),
    sort,
    page: { kind: 'number', limit, offset },
    count: 'exact',
  };
}

/** The conditions that must all hold. */
export function conditionsOf({ filter }: Question): readonly Filter[] {
  if (filter === undefined) return [];
  return filter.op === 'and' ? filter.args : [filter];
}
