import type { ArithmeticOperator, ComparisonOperator } from '#domain/catalog/catalog-query.js';

/** Temporal, spatial and array predicates and the folding functions, whose names the JSON encoding has in its own case. */
const NAMES = new Map(
  [
    's_intersects s_equals s_disjoint s_touches s_within s_overlaps s_crosses s_contains',
    't_after t_before t_contains t_disjoint t_during t_equals t_finishedBy t_finishes',
    't_intersects t_meets t_metBy t_overlappedBy t_overlaps t_startedBy t_starts',
    'a_equals a_contains a_containedBy a_overlaps casei accenti',
  ]
    .join(' ')
    .split(' ')
    .map((name) => [name.toUpperCase(), name] as const),
);

/** A function's name as the standard has it where it is one of the standard's, else as given. */
export function standardName(name: string): string {
  return NAMES.get(name.toUpperCase()) ?? name;
}

/** Comparison operators and what they are in a query. */
export const COMPARISONS: ReadonlyMap<string, ComparisonOperator> = new Map([
  ['=', 'eq'],
  ['<>', 'ne'],
  ['<', 'lt'],
  ['<=', 'le'],
  ['>', 'gt'],
  ['>=', 'ge'],
]);

/** Operators between numbers. */
export const ARITHMETIC: ReadonlySet<string> = new Set<ArithmeticOperator>(['+', '-', '*', '/', '%', 'div', '^']);

/** `s` for the spatial predicates of the standard, `t` for the temporal ones, `a` for those of arrays; undefined for any other name. */
export function predicateFamily(op: string): 's' | 't' | 'a' | undefined {
  const name = NAMES.get(op.toUpperCase());
  return name?.charAt(1) === '_' ? (name.charAt(0) as 's' | 't' | 'a') : undefined;
}

/** Whether an operation is a condition rather than a value. */
export function isCondition(op: string): boolean {
  return COMPARISONS.has(op) || OTHERS.has(op) || predicateFamily(op) !== undefined;
}

const OTHERS = new Set(['and', 'or', 'not', 'like', 'between', 'in', 'isNull']);

/** Whether an operation gives one value, where functions may give a list. */
export function isScalar(op: string): boolean {
  return ARITHMETIC.has(op) || ['casei', 'accenti'].includes(standardName(op)) || isCondition(op);
}
