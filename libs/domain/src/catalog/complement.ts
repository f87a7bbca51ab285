import { InvalidError } from '../errors.js';
import type { Filter } from './catalog-query.js';

/** Names the footprint in an `isNull` condition: products without one. */
export const FOOTPRINT = 'footprint';

/**
 * What a filter does not match, an absent property counting as no match: two-valued logic for the languages whose Not means that (Filter Encoding 1.1 as
 * OGC's own suite reads it, CQL), over the three-valued one of the query. Negations are pushed down to the conditions. Throws InvalidError for computed
 * ones, which those languages do not have.
 */
export function complement(filter: Filter): Filter {
  if (filter.op === 'and' || filter.op === 'or') {
    return { op: filter.op === 'and' ? 'or' : 'and', args: filter.args.map(complement) };
  }
  if (filter.op === 'not') return filter.arg;
  if (filter.op === 'constant') return { op: 'constant', value: !filter.value };
  const not: Filter = { op: 'not', arg: filter };
  const property = askedProperty(filter);
  return property === undefined ? not : orAbsent(not, property);
}

/** What a condition is false and not true without. */
function askedProperty(filter: Filter): string | undefined {
  if (filter.op === 'computed') {
    throw new InvalidError('What does not match a computed condition is not known here.', { subject: 'filter' });
  }
  if (filter.op === 'spatial' || filter.op === 'distance') return FOOTPRINT;
  return 'property' in filter && filter.op !== 'isNull' ? filter.property : undefined;
}

function orAbsent(not: Filter, property: string): Filter {
  return { op: 'or', args: [not, { op: 'isNull', property }] };
}
