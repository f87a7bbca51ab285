import type { ComparisonOperator, Filter } from '#domain/catalog/catalog-query.js';
import type { Moment } from './cql2-instant.js';

/** A day equals every instant of it, comes after the instants before it and before those after it. */
export function compareMoment(operator: ComparisonOperator, property: string, { start, end }: Moment): Filter {
  if (start.getTime() === end.getTime()) return { op: operator, property, value: start };
  const next = new Date(end.getTime() + 1);
  const within: readonly Filter[] = [
    { op: 'ge', property, value: start },
    { op: 'lt', property, value: next },
  ];
  switch (operator) {
    case 'eq':
      return { op: 'and', args: within };
    case 'ne':
      return { op: 'not', arg: { op: 'and', args: within } };
    case 'lt':
    case 'ge':
      return { op: operator, property, value: start };
    case 'le':
    case 'gt':
      return { op: operator === 'le' ? 'lt' : 'ge', property, value: next };
  }
}
