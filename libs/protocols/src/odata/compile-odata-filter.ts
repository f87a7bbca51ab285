import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { areaFilter, distanceFilter, isArea, isDistance } from './area-condition.js';
import { allOf, anyOf, FALSE, noneOf, TRUE } from './combine-filters.js';
import { compileLambda } from './compile-odata-lambda.js';
import type { ODataCall, ODataComparison, ODataExpression, ODataLiteral } from './odata-expression.js';
import { isFold, operandOf, showExpression, textOf } from './odata-operand.js';
import type { ODataScope, ODataVocabulary } from './odata-vocabulary.js';
import type { SearchableField, TextMatch } from './searchable-field.js';

const FLIPPED: Readonly<Record<ODataComparison, ODataComparison>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'lt',
  ge: 'le',
  lt: 'gt',
  le: 'ge',
};
const YES: ODataLiteral = { kind: 'literal', type: 'boolean', value: true };

/** The filter an expression stands for. Throws InvalidError naming what it does not know or cannot compare. */
export function compileODataFilter(expression: ODataExpression, vocabulary: ODataVocabulary): Filter {
  return compile(expression, { vocabulary, isNegated: false });
}

function compile(expression: ODataExpression, scope: ODataScope): Filter {
  if (expression.kind === 'path') return compare({ op: 'eq', left: expression, right: YES }, scope);
  if (expression.kind === 'literal') return literalFilter(expression);
  switch (expression.kind) {
    case 'and':
      return allOf(expression.args.map((arg) => compile(arg, scope)));
    case 'or':
      return anyOf(expression.args.map((arg) => compile(arg, scope)));
    case 'not':
      return noneOf(compile(expression.arg, { ...scope, isNegated: true }));
    case 'compare':
      return compare(expression, scope);
    case 'in':
      return anyOf(expression.values.map((right) => compare({ op: 'eq', left: expression.operand, right }, scope)));
    case 'call':
      return callFilter(expression, scope);
    case 'lambda':
      return compileLambda(expression, scope, compile);
  }
}

interface Comparison {
  readonly op: ODataComparison;
  readonly left: ODataExpression;
  readonly right: ODataExpression;
}

function compare({ op, left, right }: Comparison, scope: ODataScope): Filter {
  if (left.kind === 'literal' && right.kind !== 'literal') {
    return compare({ op: FLIPPED[op], left: right, right: left }, scope);
  }
  if (right.kind !== 'literal') {
    throw new InvalidError(`${showExpression(right)} is compared with, but is no value: texts are quoted.`);
  }
  if (isDistance(left)) return distanceFilter(left, op, right);
  if (right.type === 'boolean' && isCondition(left)) return compareCondition(op, left, right.value, scope);
  return compareField(op, left, right, scope);
}

function compareField(op: ODataComparison, left: ODataExpression, right: ODataLiteral, scope: ODataScope): Filter {
  const { field, folded } = operandOf(left, scope);
  if (right.type === 'null') return compareNull(op, field);
  if (right.type === 'geography') {
    throw new InvalidError(`${showExpression(left)} cannot be compared with a place: use OData.CSC.Intersects.`);
  }
  const isNever = folded !== undefined && folded(String(right.value)) !== String(right.value);
  if (isNever && (op === 'eq' || op === 'ne')) return op === 'ne' ? noneOf(field.isNull) : FALSE;
  return field.compare(op, right, folded !== undefined);
}

/** Conditions compared with true or false, as version 2 clients write them. */
function compareCondition(op: ODataComparison, left: ODataExpression, wanted: boolean, scope: ODataScope): Filter {
  if (op !== 'eq' && op !== 'ne') throw new InvalidError('A condition is equal to true or false, or is not.');
  return (op === 'eq') === wanted ? compile(left, scope) : noneOf(compile(left, { ...scope, isNegated: true }));
}

function compareNull(op: ODataComparison, { isNull }: SearchableField): Filter {
  if (op === 'eq') return isNull;
  if (op === 'ne') return noneOf(isNull);
  throw new InvalidError('null has no order: compare it by eq or ne.');
}

function isCondition(expression: ODataExpression): boolean {
  if (expression.kind === 'call') return !isFold(expression.name);
  return expression.kind !== 'path' && expression.kind !== 'literal';
}

function literalFilter(literal: ODataLiteral): Filter {
  if (literal.type === 'boolean') return literal.value ? TRUE : FALSE;
  throw new InvalidError(`${showExpression(literal)} alone is no condition.`);
}

function callFilter(call: ODataCall, scope: ODataScope): Filter {
  if (isArea(call)) return areaFilter(call);
  const [first, second] = call.args;
  if (first === undefined || second === undefined || call.args.length > 2) {
    throw new InvalidError(`There is no condition ${showExpression(call)} of ${call.args.length} arguments.`);
  }
  switch (call.name.toLowerCase()) {
    case 'contains':
      return textFilter('contains', [first.value, second.value], scope);
    case 'startswith':
      return textFilter('startswith', [first.value, second.value], scope);
    case 'endswith':
      return textFilter('endswith', [first.value, second.value], scope);
    case 'substringof':
      return textFilter('contains', [second.value, first.value], scope);
    default:
      throw new InvalidError(`There is no function ${showExpression(call)} to search by.`);
  }
}

function textFilter(
  how: TextMatch,
  [where, what]: readonly [ODataExpression, ODataExpression],
  scope: ODataScope,
): Filter {
  const { field, folded } = operandOf(where, scope);
  const text = textOf(what);
  if (folded !== undefined && folded(text) !== text) return FALSE;
  return field.matches(how, text, folded !== undefined);
}
