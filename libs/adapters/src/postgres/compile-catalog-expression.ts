import { InvalidError } from '#domain/errors.js';
import { FOOTPRINT } from '#domain/catalog/complement.js';
import type { FunctionType } from '#domain/catalog/catalog-functions.js';
import type { Expression, Literal } from '#domain/catalog/catalog-query.js';
import type { QueryableType } from '#domain/catalog/queryables.js';
import { catalogColumn, extraName } from './catalog-columns.js';
import { sqlLiteral } from './catalog-literal.js';
import { arithmeticSql } from './compile-catalog-arithmetic.js';
import { castExtra, extraSql } from './compile-catalog-extra-value.js';
import { foldAccents, foldAccentsSql, foldCaseSql, foldEveryCase } from './compile-catalog-fold.js';
import { calledFunction, functionSql } from './compile-catalog-function.js';
import { compilePlace } from './compile-catalog-spatial.js';
import type { FilterContext } from './filter-context.js';
import type { ValueType } from './value-type.js';

type Scalar = Exclude<ValueType, 'list' | 'place' | 'json'>;

const COLUMN_TYPES: Readonly<Record<QueryableType, Exclude<ValueType, 'json' | 'place'>>> = {
  string: 'text',
  integer: 'number',
  number: 'number',
  date: 'instant',
  boolean: 'boolean',
  strings: 'list',
};

const LITERALS: Readonly<Record<Scalar, readonly [QueryableType, sqlType: string]>> = {
  number: ['number', 'double precision'],
  text: ['string', 'text'],
  instant: ['date', 'timestamptz'],
  boolean: ['boolean', 'boolean'],
};

/** What an expression is of itself; literals may be read as something else. Throws InvalidError naming what does not exist. */
export function typeOfExpression(expression: Expression): ValueType {
  switch (expression.kind) {
    case 'literal':
      return typeOfLiteral(expression.value);
    case 'property':
      return typeOfProperty(expression.property);
    case 'arithmetic':
      return 'number';
    case 'folded':
      return 'text';
    case 'call':
      return valueType(calledFunction(expression.name, expression.args.length).gives);
    case 'list':
    case 'place':
      return expression.kind;
  }
}

function valueType(type: FunctionType): ValueType {
  return type === 'geometry' ? 'place' : type;
}

/** SQL of an expression as a value of a type; null where a row has no such value. Throws InvalidError where it can never have one. */
export function compileExpression(expression: Expression, type: ValueType, context: FilterContext): string {
  switch (expression.kind) {
    case 'literal':
      return literalSql(expression.value, type, context);
    case 'property':
      return propertySql(expression.property, type, context);
    case 'list':
      return type === 'list' ? listSql(expression.items, context) : mismatch('a list', type);
    case 'place':
      return type === 'place' ? compilePlace(expression.geometry, context) : mismatch('a geometry', type);
    case 'arithmetic':
    case 'folded':
    case 'call':
      return computedSql(expression, type, context);
  }
}

type Computed = Extract<Expression, { readonly kind: 'arithmetic' | 'folded' | 'call' }>;

function computedSql(expression: Computed, type: ValueType, context: FilterContext): string {
  const given = typeOfExpression(expression);
  if (given !== type) mismatch(`a computed ${given}`, type);
  if (expression.kind === 'arithmetic') {
    const [left, right] = [expression.left, expression.right].map((each) => compileExpression(each, 'number', context));
    return arithmeticSql(expression.operator, left!, right!);
  }
  if (expression.kind === 'folded') return foldedSql(expression, context);
  const called = calledFunction(expression.name, expression.args.length);
  const takes = called.takes.map(([, each]) => valueType(each));
  return functionSql(
    called,
    expression.args.map((arg, at) => compileExpression(arg, takes[at]!, context)),
  );
}

function foldedSql(expression: Extract<Expression, { readonly kind: 'folded' }>, context: FilterContext): string {
  const constant = constantText(expression);
  if (constant !== undefined) return literalSql(constant, 'text', context);
  const text = compileExpression(expression.text, 'text', context);
  return expression.without === 'case' ? foldCaseSql(text) : foldAccentsSql(text);
}

/** The text of a literal, folded as it is asked to be; undefined where it depends on the row. */
export function constantText(expression: Expression): string | undefined {
  if (expression.kind === 'literal') return typeof expression.value === 'string' ? expression.value : undefined;
  const text = expression.kind === 'folded' ? constantText(expression.text) : undefined;
  if (text === undefined || expression.kind !== 'folded') return undefined;
  return expression.without === 'case' ? foldEveryCase(text) : foldAccents(text);
}

function literalSql(value: Literal, type: ValueType, { parameters }: FilterContext): string {
  if (type === 'list' || type === 'place' || type === 'json') return mismatch(JSON.stringify(value), type);
  const [readAs, sqlType] = LITERALS[type];
  return parameters.add(sqlLiteral(value, readAs, 'a value'), sqlType);
}

function propertySql(property: string, type: ValueType, { parameters }: FilterContext): string {
  const extra = extraName(property);
  if (extra !== undefined) return castExtra(extraSql(extra, parameters), type);
  const given = typeOfProperty(property);
  if (property === FOOTPRINT) return type === 'place' ? 'p.footprint' : mismatch(property, type);
  const { name, sqlType } = catalogColumn(property);
  // A single text is a list of itself: `instruments` of an item has one.
  if (given === 'text' && type === 'list')
    return `case when p.${name} is not null then jsonb_build_array(p.${name}) end`;
  if (given !== type) mismatch(property, type);
  if (given === 'list') return `to_jsonb(p.${name})`;
  return sqlType === 'bigint' || sqlType === 'uuid' ? `p.${name}::${LITERALS[given as Scalar][1]}` : `p.${name}`;
}

function typeOfProperty(property: string): ValueType {
  if (property === FOOTPRINT) return 'place';
  return extraName(property) === undefined ? COLUMN_TYPES[catalogColumn(property).queryable.type] : 'json';
}

function typeOfLiteral(value: Literal): Scalar {
  if (value instanceof Date) return 'instant';
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
}

/** Most values of a list that are not literals: what a function of PostgreSQL takes. */
const MAX_ITEMS = 100;

function listSql(items: readonly Expression[], context: FilterContext): string {
  const values = items.flatMap((item) => (item.kind === 'literal' ? [jsonOf(item.value)] : []));
  if (values.length === items.length) return context.parameters.add(JSON.stringify(values), 'jsonb');
  if (items.length > MAX_ITEMS) {
    throw new InvalidError(`A list with properties in it has at most ${MAX_ITEMS} values.`, { subject: 'filter' });
  }
  const parts = items.map((item) => {
    const type = typeOfExpression(item);
    const sql = compileExpression(item, type, context);
    return type === 'json' || type === 'list' ? sql : `to_jsonb(${sql})`;
  });
  return `jsonb_build_array(${parts.join(', ')})`;
}

function jsonOf(value: Literal): string | number | boolean {
  return sqlLiteral(value, LITERALS[typeOfLiteral(value)][0], 'a value');
}

const NAMES: Readonly<Record<ValueType, string>> = {
  number: 'a number',
  text: 'text',
  instant: 'a date and time',
  boolean: 'true or false',
  list: 'a list',
  place: 'a geometry',
  json: 'a property',
};

function mismatch(what: string, type: ValueType): never {
  throw new InvalidError(`${what} stands where ${NAMES[type]} is needed.`, { subject: what });
}
