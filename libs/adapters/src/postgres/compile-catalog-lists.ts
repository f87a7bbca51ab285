import type { ComputedTest, Expression, ListRelation } from '#domain/catalog/catalog-query.js';
import { catalogColumn, extraName } from './catalog-columns.js';
import { sqlLiteral } from './catalog-literal.js';
import { compileExpression, typeOfExpression } from './compile-catalog-expression.js';
import type { FilterContext } from './filter-context.js';

type ListTest = Extract<ComputedTest, { readonly kind: 'lists' }>;

const REVERSED: Readonly<Record<ListRelation, ListRelation>> = {
  equals: 'equals',
  contains: 'containedBy',
  containedBy: 'contains',
  overlaps: 'overlaps',
};

const LIST_OPERATORS = { contains: '@>', containedBy: '<@', overlaps: '&&' } as const;

/** Relation of two lists as sets (OGC 21-065r2 §7.10); a list or a single text of the vocabulary against texts is served by its index. Throws InvalidError. */
export function compileLists({ relation, left, right }: ListTest, context: FilterContext): string {
  const single = textColumn(left);
  const column = listColumn(left);
  const texts = single === undefined && column === undefined ? undefined : textsOf(right);
  if (single !== undefined && texts !== undefined) return singleTest(relation, single, { texts, context });
  if (column !== undefined && texts !== undefined) {
    const list = context.parameters.add(texts, 'text[]');
    return listTest(relation, (operator) => `${column} ${LIST_OPERATORS[operator]} ${list}`);
  }
  if (left.kind === 'list' && (listColumn(right) ?? textColumn(right)) !== undefined) {
    return compileLists({ kind: 'lists', relation: REVERSED[relation], left: right, right: left }, context);
  }
  const [a, b] = [left, right].map((each) => `(${compileExpression(each, 'list', context)})`);
  return listTest(relation, (operator) => {
    if (operator !== 'overlaps') return `${a} ${LIST_OPERATORS[operator]} ${b}`;
    const shared = `select from jsonb_array_elements(${a}) as each(item) where ${b} @> jsonb_build_array(item)`;
    return `case when ${a} is not null and ${b} is not null then exists (${shared}) end`;
  });
}

interface Texts {
  readonly texts: readonly string[];
  readonly context: FilterContext;
}

/** A single text is a list of itself: `instruments` of an item has one. */
function singleTest(relation: ListRelation, column: string, { texts, context }: Texts): string {
  const values = [...new Set(texts)];
  if (relation === 'containedBy' || relation === 'overlaps') {
    return `${column} = any(${context.parameters.add(values, 'text[]')})`;
  }
  if (values.length === 1) return `${column} = ${context.parameters.add(values[0], 'text')}`;
  return `${column} ${relation === 'contains' && values.length === 0 ? '=' : '<>'} ${column}`;
}

function textColumn(expression: Expression): string | undefined {
  if (expression.kind !== 'property' || extraName(expression.property) !== undefined) return undefined;
  const isText = typeOfExpression(expression) === 'text' && catalogColumn(expression.property).sqlType === 'text';
  return isText ? `p.${catalogColumn(expression.property).name}` : undefined;
}

function listTest(relation: ListRelation, test: (operator: keyof typeof LIST_OPERATORS) => string): string {
  return relation === 'equals' ? `${test('contains')} and ${test('containedBy')}` : test(relation);
}

function listColumn(expression: Expression): string | undefined {
  if (expression.kind !== 'property' || extraName(expression.property) !== undefined) return undefined;
  return typeOfExpression(expression) === 'list' ? `p.${catalogColumn(expression.property).name}` : undefined;
}

function textsOf(expression: Expression): readonly string[] | undefined {
  if (expression.kind !== 'list') return undefined;
  const texts = expression.items.flatMap((item) =>
    item.kind === 'literal' && typeof item.value === 'string'
      ? [String(sqlLiteral(item.value, 'string', 'a value'))]
      : [],
  );
  return texts.length === expression.items.length ? texts : undefined;
}
