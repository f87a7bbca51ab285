import type { ComputedTest, Expression, IntervalRelation, Span } from '#domain/catalog/catalog-query.js';
import { compileExpression } from './compile-catalog-expression.js';
import type { FilterContext } from './filter-context.js';

/** OGC 21-065r2 §7.9: `a` and `b` with their ends; `0` is a start, `1` an end. */
const RELATIONS: Readonly<Record<IntervalRelation, string>> = {
  after: 'a0 > b1',
  before: 'a1 < b0',
  contains: 'a0 < b0 and a1 > b1',
  disjoint: 'a1 < b0 or a0 > b1',
  during: 'a0 > b0 and a1 < b1',
  equals: 'a0 = b0 and a1 = b1',
  finishedBy: 'a0 < b0 and a1 = b1',
  finishes: 'a0 > b0 and a1 = b1',
  intersects: 'a0 <= b1 and a1 >= b0',
  meets: 'a1 = b0',
  metBy: 'a0 = b1',
  overlappedBy: 'a0 > b0 and a0 < b1 and a1 > b1',
  overlaps: 'a0 < b0 and a1 > b0 and a1 < b1',
  startedBy: 'a0 = b0 and a1 > b1',
  starts: 'a0 = b0 and a1 < b1',
};

/** Relation of two intervals whose ends are computed; an open one is infinitely far. */
export function compileSpans(test: Extract<ComputedTest, { readonly kind: 'spans' }>, context: FilterContext): string {
  const ends: Readonly<Record<string, () => string>> = {
    a0: () => startSql(test.left, context),
    a1: () => endSql(test.left, context),
    b0: () => startSql(test.right, context),
    b1: () => endSql(test.right, context),
  };
  const compiled = new Map<string, string>();
  // Only the ends a relation speaks of: PostgreSQL refuses a parameter no condition has.
  return RELATIONS[test.relation].replaceAll(/[ab][01]/g, (name) => {
    const sql = compiled.get(name) ?? ends[name]!();
    compiled.set(name, sql);
    return sql;
  });
}

function startSql({ start }: Span, context: FilterContext): string {
  return start === undefined ? `'-infinity'::timestamptz` : instantSql(start, context);
}

function endSql({ end }: Span, context: FilterContext): string {
  return end === undefined ? `'infinity'::timestamptz` : instantSql(end, context);
}

function instantSql(at: Expression, context: FilterContext): string {
  return `(${compileExpression(at, 'instant', context)})`;
}
