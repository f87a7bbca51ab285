import type { Filter } from './catalog-query.js';

/** A condition of a filter: everything but and, or, not. */
export type Condition = Exclude<Filter, { readonly op: 'and' | 'or' | 'not' }>;

/** A filter with each of its conditions replaced; and, or and not stay. */
export function mapConditions(filter: Filter, replace: (condition: Condition) => Filter): Filter {
  if ('args' in filter) {
    return { op: filter.op, args: filter.args.map((arg) => mapConditions(arg, replace)) };
  }
  return filter.op === 'not' ? { op: 'not', arg: mapConditions(filter.arg, replace) } : replace(filter);
}
