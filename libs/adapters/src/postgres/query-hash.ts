import { createHash } from 'node:crypto';
import type { CatalogQuery, Filter } from '#domain/catalog/catalog-query.js';
import { canonicalJson } from './canonical-json.js';
import { geometryBytes } from './geometry-bytes.js';

const HASHES = new WeakMap<CatalogQuery, Buffer>();

/** SHA-256 of what the order of a result depends on; page size and counting may change on the way. */
export function queryHash(query: CatalogQuery): Buffer {
  const known = HASHES.get(query);
  if (known !== undefined) return known;
  const { collections, ids, filter, sort, latestOnly } = query;
  const text = canonicalJson({
    collections,
    ids,
    filter: withoutPositions(filter),
    sort,
    latestOnly: latestOnly === true,
  });
  const hash = createHash('sha256').update(text).digest();
  HASHES.set(query, hash);
  return hash;
}

/** Thousands of positions are sooner hashed as bytes than written as numbers. */
function withoutPositions(filter: Filter | undefined): object | undefined {
  if (filter === undefined) return undefined;
  if ('args' in filter) return { ...filter, args: filter.args.map(withoutPositions) };
  if ('arg' in filter) return { ...filter, arg: withoutPositions(filter.arg) };
  if (!('geometry' in filter)) return filter;
  return { ...filter, geometry: createHash('sha256').update(geometryBytes(filter.geometry)).digest('base64') };
}
