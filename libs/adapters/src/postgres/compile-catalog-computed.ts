import { InvalidError } from '#domain/errors.js';
import type { ComputedTest, Expression } from '#domain/catalog/catalog-query.js';
import { compileExpression, constantText, typeOfExpression } from './compile-catalog-expression.js';
import { SQL_OPERATORS } from './compile-catalog-like.js';
import { compileLists } from './compile-catalog-lists.js';
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
