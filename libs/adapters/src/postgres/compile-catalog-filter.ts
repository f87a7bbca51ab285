import type { Filter } from '#domain/catalog/catalog-query.js';
import { compileComparison } from './compile-catalog-comparison.js';
import { compileComputed } from './compile-catalog-computed.js';
import { compileDistance, compileSpatial } from './compile-catalog-spatial.js';
import { compileTemporal } from './compile-catalog-temporal.js';
import { compileText } from './compile-catalog-text.js';
import type { FilterContext } from './filter-context.js';

/** A boolean SQL expression with the three-valued logic of the filter. Throws InvalidError naming the property, geometry or interval that is wrong. */
export function compileFilter(filter: Filter, context: FilterContext): string {
  if ('property' in filter) return compileComparison(filter, context.parameters);
  if ('args' in filter) return joined(filter.op, filter.args, context);
  switch (filter.op) {
    case 'not':
      return `not (${compileFilter(filter.arg, context)})`;
    case 'constant':
      return String(filter.value);
    case 'spatial':
      return compileSpatial(filter.relation, filter.geometry, context);
    case 'distance':
      return compileDistance(filter.geometry, filter.distance, context);
    case 'temporal':
      return compileTemporal(filter.relation, filter.interval, context);
    case 'text':
      return compileText(filter.text, context.parameters);
    case 'computed':
      return compileComputed(filter.test, context);
  }
}

function joined(op: 'and' | 'or', args: readonly Filter[], context: FilterContext): string {
  if (args.length === 0) return op === 'and' ? 'true' : 'false';
  return args.map((arg) => `(${compileFilter(arg, context)})`).join(` ${op} `);
}
