import { InvalidError } from '#domain/errors.js';
import type { Literal } from '#domain/catalog/catalog-query.js';
import { FOOTPRINT } from '#domain/catalog/complement.js';
import { SUCCESSOR } from '#domain/catalog/latest.js';
import { catalogColumn, extraName, type CatalogColumn } from './catalog-columns.js';
import { sqlLiteral, type SqlLiteral } from './catalog-literal.js';
import { compileExtra } from './compile-catalog-extra.js';
import { compileLike, foldCase, SQL_OPERATORS, type Comparison, type ValueComparison } from './compile-catalog-like.js';
import type { SqlParameters } from './sql-parameters.js';

/** Columns that are no queryable: only whether they hold anything is asked. */
const COLUMNS_ALONE = new Set([FOOTPRINT, SUCCESSOR]);

/** SQL of a condition on one property; the literals are read as the property's type. Throws InvalidError naming the property. */
export function compileComparison(node: Comparison, parameters: SqlParameters): string {
  const extra = extraName(node.property);
  if (extra !== undefined) return compileExtra(node, extra, parameters);
  if (node.op === 'isNull' && COLUMNS_ALONE.has(node.property)) return `p.${node.property} is null`;
  const column = catalogColumn(node.property);
  if (node.op === 'isNull') return `p.${column.name} is null`;
  if (column.queryable.type === 'strings') return compileList(node, parameters);
  return compileScalar(node, column, parameters);
}

/** The same for a column that holds one value and is known already. */
export function compileScalar(node: ValueComparison, column: CatalogColumn, parameters: SqlParameters): string {
  if (node.op === 'like') return compileLike(textOf(column), node, parameters);
  const folds = 'caseInsensitive' in node && node.caseInsensitive === true && column.sqlType === 'text';
  const field = folds ? `lower(p.${column.name})` : `p.${column.name}`;
  const type = column.sqlType === 'uuid' ? 'uuid' : column.queryable.type;
  const read = (value: Literal) => {
    const literal = sqlLiteral(value, type, node.property);
    return folds ? foldCase(literal) : literal;
  };
  const typed = (value: Literal) => parameters.add(read(value), typeOf(read(value), column));
  if (node.op === 'in') return compileIn(field, node.values.map(read), column, parameters);
  if (node.op === 'between') return `${field} between ${typed(node.lower)} and ${typed(node.upper)}`;
  return `${field} ${SQL_OPERATORS[node.op]} ${typed(node.value)}`;
}

/** Whole numbers of a column are compared with fractions as numbers. */
function typeOf(value: SqlLiteral, column: CatalogColumn): string {
  const fraction = column.sqlType === 'bigint' && !Number.isSafeInteger(value);
  return fraction ? 'double precision' : column.sqlType;
}

function compileIn(
  field: string,
  values: readonly SqlLiteral[],
  column: CatalogColumn,
  parameters: SqlParameters,
): string {
  // Nothing is in an empty list; whether an absent value is stays unknown.
  if (values.length === 0) return `${field} is null and null`;
  const type = values.map((value) => typeOf(value, column)).find((each) => each !== column.sqlType) ?? column.sqlType;
  return `${field} = any(${parameters.add(values, `${type}[]`)})`;
}

function textOf(column: CatalogColumn): string {
  if (column.sqlType === 'text') return `p.${column.name}`;
  if (column.sqlType === 'uuid') return `p.${column.name}::text`;
  throw new InvalidError(`${column.queryable.name} is no text: it cannot be compared with a pattern.`, {
    subject: column.queryable.name,
  });
}

/** A list compared with one value holds it. */
function compileList(node: ValueComparison, parameters: SqlParameters): string {
  const field = `p.${catalogColumn(node.property).name}`;
  if (node.op === 'like') return anyElement(field, compileLike('element', node, parameters));
  const values = listed(node).map((value) => sqlLiteral(value, 'strings', node.property));
  const folds = 'caseInsensitive' in node && node.caseInsensitive === true;
  const holds = folds
    ? anyElement(field, `lower(element) = any(${parameters.add(values.map(foldCase), 'text[]')})`)
    : `${field} && ${parameters.add(values, 'text[]')}`;
  return node.op === 'ne' ? `not (${holds})` : holds;
}

function listed(node: Exclude<ValueComparison, { readonly op: 'like' }>): readonly Literal[] {
  if (node.op === 'in') return node.values;
  if (node.op === 'eq' || node.op === 'ne') return [node.value];
  throw new InvalidError(`${node.property} is a list: it has no order to compare by.`, { subject: node.property });
}

/** `exists` alone is false rather than unknown for an absent list. */
function anyElement(field: string, test: string): string {
  return `case when ${field} is not null then exists (select from unnest(${field}) as element where ${test}) end`;
}
