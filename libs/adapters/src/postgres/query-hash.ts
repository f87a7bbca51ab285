import { createHash } from 'node:crypto';
import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import { canonicalJson } from './canonical-json.js';

const HASHES = new WeakMap<CatalogQuery, Buffer>();

/** SHA-256 of what the order of a result depends on; page size and counting may change on the way. */
export function queryHash(query: CatalogQuery): Buffer {
  const known = HASHES.get(query);
  if (known !== undefined) return known;
  const { collections, ids, filter, sort, latestOnly } = query;
  const text = canonicalJson({ collections, ids, filter, sort, latestOnly: latestOnly === true });
  const hash = createHash('sha256').update(text).digest();
  HASHES.set(query, hash);
  return hash;
}
