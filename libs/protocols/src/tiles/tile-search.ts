import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { searchParameters, toCatalogQuery } from '../stac/search-request.js';

/** Which products tiles of a search are drawn from. */
export interface TileSearch {
  readonly collections: readonly string[];
  readonly only: { readonly filter?: Filter; readonly ids?: readonly string[] };
}

/** Most collections drawn into one tile. */
const MOST_COLLECTIONS = 10;
const LONGEST = 8000;

/**
 * Reads a search from an address, as STAC API Item Search names its parameters: `collections` (without it `all`; at least one), `bbox`, `datetime`, `ids`,
 * `filter` (CQL2).
 * Throws InvalidError with the parameter as subject.
 */
export function parseTileSearch(query: string, all: readonly string[] = []): TileSearch {
  if (query.length > LONGEST) throw new InvalidError(`The search is longer than ${LONGEST} characters.`);
  const read = searchParameters.safeParse(Object.fromEntries(new URLSearchParams(query)));
  if (!read.success) throw refusal(read.error.issues[0]);
  const { collections = all, filter, ids } = toCatalogQuery({ ...read.data, parameters: read.data });
  if (collections.length === 0 || collections.length > MOST_COLLECTIONS) {
    throw new InvalidError(`Name one to ${MOST_COLLECTIONS} collections, the upper one last.`, {
      subject: 'collections',
    });
  }
  return { collections, only: { ...(filter && { filter }), ...(ids && { ids }) } };
}

function refusal(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): InvalidError {
  const subject = String(issue?.path[0] ?? 'search');
  return new InvalidError(`${subject}: ${issue?.message ?? 'is wrong'}`, { subject });
}
