import { InvalidError } from '#domain/errors.js';
import type { ComputedTest, Expression, ListRelation } from '#domain/catalog/catalog-query.js';
import { catalogColumn, extraName } from './catalog-columns.js';
import { sqlLiteral } from './catalog-literal.js';
import { compileExpression, constantText, typeOfExpression } from './compile-catalog-expression.js';
import { SQL_OPERATORS } from './compile-catalog-like.js';
import { compilePlaces } from './compile-catalog-places.js';
import { compileSpans } from './compile-catalog-spans.js';
import type { FilterContext } from './filter-context.js';
import type { ValueType } from './value-type.js';

type Test<K extends ComputedTest['kind']> = Extract<ComputedTest, { readonly kind: K }>;

/** SQL of a condition on computed values: what a row lacks, or has in another type, makes it unknown and never stops the statement. Throws InvalidError for operands that cannot fit. */
export function compileComputed(test: ComputedTest, context: FilterContext): string {
  switch (test.kind) {
    case 'compare':
      return compileCompare(test, context);
    case 'like':
      return compilePattern(test, context);
    case 'absent':
      return `(${compileExpression(test.value, typeOfExpression(test.value), context)}) is null`;
    case 'lists':
      return compileLists(test, context);
    case 'spans':
      return compileSpans(test, context);
    case 'places':
      return compilePlaces(test, context);
  }
}

function compileCompare({ operator, left, right }: Test<'compare'>, context: FilterContext): string {
  const type = sharedType(left, right);
  const [one, two] = [left, right].map((each) => `(${compileExpression(each, type, context)})`);
  const sql = SQL_OPERATORS[operator];
  if (type === 'text') return `${one} collate "C" ${sql} ${two}`;
  return type === 'json' && operator !== 'eq' && operator !== 'ne'
    ? orderOfJson(one!, sql, two!)
    : `${one} ${sql} ${two}`;
}

/** Numbers among numbers, text among text; others have no order. */
function orderOfJson(left: string, operator: string, right: string): string {
  const both = (kind: string) => `jsonb_typeof(${left}) = '${kind}' and jsonb_typeof(${right}) = '${kind}'`;
  const numbers = `${left}::numeric ${operator} ${right}::numeric`;
  const texts = `(${left} #>> '{}') collate "C" ${operator} (${right} #>> '{}')`;
  return `case when ${both('number')} then ${numbers} when ${both('string')} then ${texts} end`;
}

/** Literals and properties outside the vocabulary are what the other side is. */
function sharedType(left: Expression, right: Expression): ValueType {
  const [one, two] = [typeOfExpression(left), typeOfExpression(right)];
  const yields = (side: Expression, type: ValueType) => type === 'json' || side.kind === 'literal';
  const shared = one === two || yields(right, two) ? one : two;
  const type = shared === 'json' ? two : shared;
  const fits = one === two || yields(left, one) || yields(right, two);
  if (fits && type !== 'list' && type !== 'place') return type;
  throw new InvalidError(`A ${one} and a ${two} cannot be compared.`, { subject: 'filter' });
}

function compilePattern({ text, pattern }: Test<'like'>, context: FilterContext): string {
  const constant = constantText(pattern);
  if (constant === undefined) throw new InvalidError('A pattern is a text.', { subject: 'filter' });
  if (/(^|[^\\])(\\\\)*\\$/.test(constant)) {
    throw new InvalidError('The pattern ends in a lone backslash.', { subject: 'filter' });
  }
  return `(${compileExpression(text, 'text', context)}) like (${compileExpression(pattern, 'text', context)})`;
}

const REVERSED: Readonly<Record<ListRelation, ListRelation>> = {
  equals: 'equals',
  contains: 'containedBy',
  containedBy: 'contains',
  overlaps: 'overlaps',
};

const LIST_OPERATORS = { contains: '@>', containedBy: '<@', overlaps: '&&' } as const;

/** A list of the vocabulary against texts is served by its index. */
function compileLists({ relation, left, right }: Test<'lists'>, context: FilterContext): string {
  const column = listColumn(left);
  const texts = column === undefined ? undefined : textsOf(right);
  if (column !== undefined && texts !== undefined) {
    const list = context.parameters.add(texts, 'text[]');
    return listTest(relation, (operator) => `${column} ${LIST_OPERATORS[operator]} ${list}`);
  }
  if (left.kind === 'list' && listColumn(right) !== undefined) {
    return compileLists({ kind: 'lists', relation: REVERSED[relation], left: right, right: left }, context);
  }
  const [a, b] = [left, right].map((each) => `(${compileExpression(each, 'list', context)})`);
  return listTest(relation, (operator) => {
    if (operator !== 'overlaps') return `${a} ${LIST_OPERATORS[operator]} ${b}`;
    const shared = `select from jsonb_array_elements(${a}) as each(item) where ${b} @> jsonb_build_array(item)`;
    return `case when ${a} is not null and ${b} is not null then exists (${shared}) end`;
  });
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
