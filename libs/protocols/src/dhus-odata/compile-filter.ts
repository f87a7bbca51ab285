import type { ComparisonOperator, Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { compileCall, compileYear } from './compile-call.js';
import { searchedProperty, type PropertyTable, type SearchedProperty } from './entity-properties.js';
import type { ComparisonName, ODataExpression, ODataLiteral } from './filter-expression.js';

/** The filter a parsed `$filter` stands for over the properties of an entity type. Throws InvalidError for what cannot be searched by. */
export function compileODataFilter(expression: ODataExpression, table: PropertyTable): Filter {
  switch (expression.kind) {
    case 'and':
      return { op: 'and', args: expression.args.map((arg) => compileODataFilter(arg, table)) };
    case 'or':
      return disjunction(expression.args.map((arg) => compileODataFilter(arg, table)));
    case 'not':
      return { op: 'not', arg: compileODataFilter(expression.arg, table) };
    case 'compare':
      return comparison(expression, table);
    case 'call':
      return compileCall(expression, table);
    case 'literal':
      return typeof expression.value === 'boolean' ? { op: 'constant', value: expression.value } : notBoolean();
    case 'property': {
      const property = searchedProperty(table, expression.path);
      return property.kind === 'queryable' ? notBoolean() : propertyFilter(property, 'eq', true);
    }
  }
}

function notBoolean(): never {
  throw new InvalidError('A condition of $filter is neither true nor false.', { subject: '$filter' });
}

/** `A or A or A` of one property, as retries of synchronisers ask by hundreds of ids, is one list. */
function disjunction(args: readonly Filter[]): Filter {
  const [first] = args;
  if (first?.op !== 'eq') return { op: 'or', args };
  const { property } = first;
  const values = args.flatMap((arg) => (arg.op === 'eq' && arg.property === property ? [arg.value] : []));
  return values.length === args.length ? { op: 'in', property, values } : { op: 'or', args };
}

const MIRRORED: Readonly<Record<ComparisonName, ComparisonName>> = {
  eq: 'eq',
  ne: 'ne',
  lt: 'gt',
  le: 'ge',
  gt: 'lt',
  ge: 'le',
};

type Comparison = Extract<ODataExpression, { kind: 'compare' }>;

function comparison({ operator, left, right }: Comparison, table: PropertyTable): Filter {
  if (left.kind === 'literal' && right.kind !== 'literal') {
    return comparison({ kind: 'compare', operator: MIRRORED[operator], left: right, right: left }, table);
  }
  if (right.kind !== 'literal') {
    throw new InvalidError('$filter compares a property with a literal, not with another property.', {
      subject: '$filter',
    });
  }
  const { value } = right;
  if (left.kind === 'property') return propertyFilter(searchedProperty(table, left.path), operator, value);
  if (left.kind === 'call' && left.name === 'year') return compileYear(left, operator, value, table);
  if (left.kind === 'call' && (left.name === 'tolower' || left.name === 'toupper')) {
    return foldedComparison(left, operator, value, table);
  }
  if (typeof value === 'boolean' && (operator === 'eq' || operator === 'ne')) {
    const condition = compileODataFilter(left, table);
    return value === (operator === 'eq') ? condition : { op: 'not', arg: condition };
  }
  return notBoolean();
}

function foldedComparison(
  { args, name }: Extract<ODataExpression, { kind: 'call' }>,
  operator: ComparisonName,
  value: ODataLiteral,
  table: PropertyTable,
): Filter {
  const [argument] = args;
  const found = argument?.kind === 'property' ? searchedProperty(table, argument.path) : undefined;
  if (found?.kind !== 'queryable' || typeof value !== 'string' || (operator !== 'eq' && operator !== 'ne')) {
    throw new InvalidError(`${name}() is compared with a text by eq or ne.`, { subject: '$filter' });
  }
  const equal: Filter = { op: 'eq', property: found.property, value, caseInsensitive: true };
  return operator === 'eq' ? equal : { op: 'not', arg: equal };
}

function propertyFilter(found: SearchedProperty, operator: ComparisonName, value: ODataLiteral): Filter {
  switch (found.kind) {
    case 'queryable':
      return queryableFilter(found, operator, value);
    case 'flag': {
      const equal: Filter = { op: 'eq', property: found.property, value: found.whenTrue };
      return (value === true) === (operator === 'eq') ? equal : { op: 'not', arg: equal };
    }
    case 'constant':
      return { op: 'constant', value: (operator === 'eq') === (value === found.value) && isEquality(operator) };
  }
}

function isEquality(operator: ComparisonName): boolean {
  return operator === 'eq' || operator === 'ne';
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function queryableFilter(
  { property, type }: Extract<SearchedProperty, { kind: 'queryable' }>,
  operator: ComparisonName,
  value: ODataLiteral,
): Filter {
  if (value === null) {
    const absent: Filter = { op: 'isNull', property };
    return operator === 'eq' ? absent : { op: 'not', arg: absent };
  }
  const fits = type === 'date' ? value instanceof Date : typeof value === (type === 'number' ? 'number' : 'string');
  if (!fits) {
    throw new InvalidError(`Incompatible types in $filter: ${property} is compared with ${JSON.stringify(value)}.`, {
      subject: '$filter',
    });
  }
  // Ids are texts for the protocol and never fail to be ones.
  if (property === 'uuid' && !UUID.test(String(value))) return { op: 'constant', value: operator === 'ne' };
  return { op: operator satisfies ComparisonOperator, property, value };
}
