import type { SortKey } from '#domain/catalog/catalog-query.js';
import { queryablesOf } from '#domain/catalog/queryables.js';
import { InvalidError } from '#domain/errors.js';

/** What a search says of order: `sortBy` with `sortDir` as CODE-DE's clients send it, or the `sortKeys` of SRU. */
export interface SortTerms {
  readonly by: string | undefined;
  readonly direction: string | undefined;
  readonly keys: string | undefined;
}

/**
 * The order asked for. `sortBy` may list several names by comma; `sortKeys` is SRU's (1.1 §sort): keys by blank, each `path,schema,ascending`, of which
 * the first and third count. Throws InvalidError naming the parameter.
 */
export function parseSort({ by, direction, keys }: SortTerms): { readonly sort?: readonly SortKey[] } {
  if (by !== undefined) {
    const order = isDescending(direction) ? 'desc' : 'asc';
    return { sort: by.split(',').map((name) => sortKey(name, order, 'sortBy')) };
  }
  if (keys === undefined) return {};
  const listed = keys.split(/\s+/).filter((key) => key !== '');
  const sort = listed.map((key) => {
    const [path = '', , ascending = '1'] = key.split(',');
    return sortKey(path, /^(0|false|desc)/i.test(ascending) ? 'desc' : 'asc', 'sortKeys');
  });
  return sort.length === 0 ? {} : { sort };
}

function isDescending(direction: string | undefined): boolean {
  return /^(desc|dsc)/i.test((direction ?? '').trim());
}

const CORE: ReadonlyMap<string, string> = new Map([
  ['startdate', 'acquiredFrom'],
  ['start', 'acquiredFrom'],
  ['enddate', 'acquiredTo'],
  ['end', 'acquiredTo'],
  ['availabilitytime', 'published'],
  ['uid', 'id'],
]);

const NAMES: ReadonlyMap<string, string> = new Map([
  ...[...queryablesOf('opensearch')].map(([name, queryable]) => [name.toLowerCase(), queryable.name] as const),
  ...CORE,
]);

function sortKey(text: string, direction: SortKey['direction'], parameter: string): SortKey {
  const property = NAMES.get(text.trim().toLowerCase().replace(/^\w+:/, ''));
  if (property !== undefined) return { property, direction };
  throw new InvalidError(`${parameter}: "${text}" cannot be sorted by`, { subject: parameter });
}
