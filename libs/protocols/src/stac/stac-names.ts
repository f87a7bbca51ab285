import { FOOTPRINT } from '#domain/catalog/complement.js';
import { queryablesOf } from '#domain/catalog/queryables.js';
import type { Cql2Name } from '../cql2/cql2-names.js';

const QUERYABLES = queryablesOf('stac');

/** Whether an item is the latest processing of its scene: what `deprecated` (Version extension) denies, also where there never was another. */
export const LATEST = 'latest';

/** Names that are no row of the vocabulary, or that items have beside it. */
const OTHERS: ReadonlyMap<string, Cql2Name> = new Map([
  ['datetime', { property: 'acquiredFrom', type: 'date', until: 'acquiredTo' }],
  ['geometry', { property: FOOTPRINT, type: 'geometry' }],
  ['created', { property: 'published', type: 'date' }],
  [LATEST, { property: LATEST, type: 'boolean' }],
  ['eopf:instrument_mode', { property: 'instrumentMode', type: 'string' }],
]);

/** What a STAC property, with or without `properties.` before it, is in the query; one the vocabulary lacks is a property kept as it came. */
export function stacName(field: string): Cql2Name {
  const name = field.replace(/^properties\./, '');
  return declaredName(name) ?? { property: `extra:${name}`, type: 'unknown' };
}

/** The same for a name of the queryables document, undefined for any other. */
export function declaredName(name: string): Cql2Name | undefined {
  const queryable = QUERYABLES.get(name);
  return queryable === undefined ? OTHERS.get(name) : { property: queryable.name, type: queryable.type };
}
