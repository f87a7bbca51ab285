import type { Filter } from './catalog-query.js';

/** A condition of a filter: everything but and, or, not. */
export type Condition = Exclude<Filter, { readonly op: 'and' | 'or' | 'not' }>;

/** A filter with each of its conditions replaced; and, or and not stay. */
export function mapConditions(filter: Filter, replace: (condition: Condition) => Filter): Filter {
  switch (filter.op) {
    case 'and':
    case 'or':
      return { op: filter.op, args: filter.args.map((arg) => mapConditions(arg, replace)) };
    case 'not':
      return { op: 'not', arg: mapConditions(filter.arg, replace) };
    default:
      return replace(filter);
  }
}
